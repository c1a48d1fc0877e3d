// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall console_io: a privileged guest's text goes to the console as
 * it is. There is no input.
 */
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <xen/sched.h>
#include <public/xen.h>

/* Bytes of one hypercall; the guest waits here with its interrupts. */
#define MOST_BYTES 4096u

static long write_text(const char *buffer, unsigned int count)
{
    char part[128];

    if (count > MOST_BYTES) {
        return -E2BIG;
    }
    while (count) {
        const unsigned int nr = min(count, (unsigned int)sizeof(part));

        if (raw_copy_from_guest(part, buffer, nr)) {
            return -EFAULT;
        }
        console_write(part, nr);
        buffer += nr;
        count -= nr;
    }
    return 0;
}

long do_console_io(unsigned int cmd, unsigned int count, char *buffer)
{
    if (!current_domain()->is_privileged) {
        return -EPERM;
    }
    switch (cmd) {
    case CONSOLEIO_write:
        return write_text(buffer, count);
    case CONSOLEIO_read:
        return 0;
    default:
        return -ENOSYS;
    }
}
