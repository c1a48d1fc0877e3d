// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall sysctl: control of the whole machine, for a privileged domain
 * alone. Takes the guest's structure, lets the one handler of its command work
 * on a copy and gives the copy back. One sysctl runs at a time.
 */
#include <xen/compiler.h>
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/keyhandler.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/smp.h>
#include <xen/spinlock.h>
#include <xen/string.h>
#include <xen/time.h>
#include <public/livepatch_ext.h>
#include <public/sysctl.h>

static DEFINE_SPINLOCK(sysctl_lock);

/*
 * Gives ring bytes from op->index (incremental) or the oldest on. index
 * becomes the first one not given; with clear, what lies before it is
 * forgotten.
 */
static long readconsole(struct xen_sysctl *sysctl)
{
    struct xen_sysctl_readconsole *op = &sysctl->u.readconsole;
    uint32_t index = op->incremental ? op->index : console_ring_start();
    uint32_t given = 0;
    uint32_t nr;
    char part[256];

    do {
        nr = console_ring_read(&index, part,
                               min(op->count - given, (uint32_t)sizeof(part)));
        if (copy_to_guest_offset(op->buffer, given, part, nr)) {
            return -EFAULT;
        }
        given += nr;
    } while (nr);
    if (op->clear) {
        console_ring_clear(index);
    }
    op->index = index;
    op->count = given;
    return 0;
}

/* What this machine has no words for stays 0. */
static noinline long physinfo(struct xen_sysctl *sysctl)
{
    struct xen_sysctl_physinfo info;

    memset(&info, 0, sizeof(info));
    info.threads_per_core = 1;
    info.cores_per_socket = num_online_cpus();
    info.nr_cpus = num_online_cpus();
    info.max_cpu_id = NR_CPUS - 1;
    info.nr_nodes = 1;
    info.max_node_id = 0;
    info.cpu_khz = cpu_khz;
    info.capabilities = 0;
    info.total_pages = dom0->total_pages + xenheap_total_pages();
    info.free_pages = xenheap_free_pages();
    info.max_mfn = max_page - 1;
    memcpy(&sysctl->u.physinfo, &info, sizeof(info));
    return 0;
}

static long livepatch(struct xen_sysctl *sysctl)
{
    return livepatch_op(&sysctl->u.livepatch, sysctl->interface_version);
}

/* What `xl debug-keys` sends; only 7-bit keys exist. */
static long debug_keys(struct xen_sysctl *sysctl)
{
    const struct xen_sysctl_debug_keys *op = &sysctl->u.debug_keys;
    char key;

    for (uint32_t i = 0; i < op->nr_keys; i++) {
        if (copy_from_guest_offset(&key, op->keys, i, 1)) {
            return -EFAULT;
        }
        handle_keypress(key);
    }
    return 0;
}

typedef long sysctl_fn(struct xen_sysctl *sysctl);

static sysctl_fn *const sysctls[] = {
    [XEN_SYSCTL_readconsole] = readconsole,
    [XEN_SYSCTL_debug_keys] = debug_keys,
    [XEN_SYSCTL_physinfo] = physinfo,
    [XEN_SYSCTL_livepatch_op] = livepatch,
};

static long run_sysctl(struct xen_sysctl *sysctl)
{
    const uint32_t cmd = sysctl->cmd;

    if (cmd >= ARRAY_SIZE(sysctls) || !sysctls[cmd]) {
        return -ENOSYS;
    }
    return sysctls[cmd](sysctl);
}

/*
 * 0x15 is Xen 4.17 to 4.20, 0x16 is Xen 4.21 and 4.22; what is served here
 * differs between them in nothing but live patching.
 */
static bool is_served(uint32_t interface_version)
{
    return interface_version == 0x15 || interface_version == 0x16;
}

/*
 * What is not served leaves the caller's structure alone, as in Xen. But an
 * operation of public/livepatch_ext.h says there who was the reason, whatever
 * the errno is.
 */
static bool is_written_back(const struct xen_sysctl *sysctl, long result)
{
    if (result == -EOPNOTSUPP) {
        return sysctl->cmd == XEN_SYSCTL_livepatch_op &&
               sysctl->u.livepatch.cmd >= LIVEPATCH_EXT_ACTION_SET;
    }
    return result != -ENOSYS;
}

/* A pCPU that finds the lock taken does not wait for it here: whoever has it
 * may be waiting for this pCPU to come by a safe point. */
long do_sysctl(void *arg)
{
    struct xen_sysctl sysctl;
    long result;

    if (raw_copy_from_guest(&sysctl, arg, sizeof(sysctl))) {
        return -EFAULT;
    }
    if (!is_served(sysctl.interface_version)) {
        return -EACCES;
    }
    if (!current_domain()->is_privileged) {
        return -EPERM;
    }
    if (!spin_trylock(&sysctl_lock)) {
        return HYPERCALL_RETRY;
    }
    result = run_sysctl(&sysctl);
    spin_unlock(&sysctl_lock);

    if (is_written_back(&sysctl, result) &&
        raw_copy_to_guest(arg, &sysctl, sizeof(sysctl))) {
        result = -EFAULT;
    }
    return result;
}
