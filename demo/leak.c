/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an attacker in dom0 would run: asks the hypervisor for
 * XEN_SYSCTL_physinfo and shows those bytes of the answer that no field of it
 * accounts for. Exit status 0: they are all zero. 1: they hold something.
 */
#include <stdio.h>
#include <string.h>

#include "dom0/hypervisor.h"

/* The parts of the answer that this hypervisor has nothing to put in. */
static const struct {
    const char *name;
    size_t offset;
    size_t bytes;
} unaccounted[] = {
#define FIELD(name)                                                            \
    {                                                                          \
#name, offsetof(struct xen_sysctl_physinfo, name),                     \
            sizeof(((struct xen_sysctl_physinfo *)0)->name)                    \
    }
    FIELD(arch_capabilities), FIELD(pad),    FIELD(scrub_pages),
    FIELD(outstanding_pages), FIELD(hw_cap),
};

static unsigned int count_nonzero(const unsigned char *bytes, size_t nr)
{
    unsigned int nonzero = 0;

    for (size_t i = 0; i < nr; i++) {
        nonzero += bytes[i] != 0;
    }
    return nonzero;
}

/* As 64-bit words, as they lay on the hypervisor's stack. */
static void print_words(const unsigned char *bytes, size_t nr)
{
    for (size_t i = 0; i < nr; i += 8) {
        unsigned long word = 0;

        memcpy(&word, bytes + i, nr - i < 8 ? nr - i : 8);
        printf(" %0*lx", nr - i < 8 ? 8 : 16, word);
    }
}

static unsigned int show_unaccounted(const unsigned char *answer)
{
    unsigned int nonzero = 0;

    for (size_t i = 0; i < sizeof(unaccounted) / sizeof(*unaccounted); i++) {
        const unsigned char *bytes = answer + unaccounted[i].offset;
        const unsigned int found = count_nonzero(bytes, unaccounted[i].bytes);

        if (found) {
            printf("%17s:", unaccounted[i].name);
            print_words(bytes, unaccounted[i].bytes);
            printf("\n");
        }
        nonzero += found;
    }
    return nonzero;
}

int main(void)
{
    struct xen_sysctl *request = sysctl_open();
    unsigned int nonzero;
    int rc;

    request->cmd = XEN_SYSCTL_physinfo;
    rc = sysctl_send(request);
    if (rc < 0) {
        fprintf(stderr, "leak: physinfo: %s\n", strerror(-rc));
        return 2;
    }
    nonzero = show_unaccounted((unsigned char *)&request->u.physinfo);
    if (nonzero) {
        printf("%u bytes of the hypervisor's stack\n", nonzero);
        return 1;
    }
    printf("nothing: every byte is zero\n");
    return 0;
}
