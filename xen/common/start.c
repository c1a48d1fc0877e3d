/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of boot that are the same everywhere.
 */
#include <xen/console.h>
#include <xen/image_bounds.h>
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/smp.h>
#include <xen/start.h>
#include <xen/time.h>
#include <xen/version.h>
#include <xen/vmap.h>
#include <asm/vcpu.h>

void __init start_announce(void)
{
    printk("xSplice, a Xen-style hypervisor, version %u.%u%s\n",
           xen_major_version(), xen_minor_version(), xen_extra_version());
}

void __init start_vmap(void)
{
    unsigned long after_image = ROUNDUP((unsigned long)_end, LARGE_PAGE_BYTES);

    vm_init_type(VMAP_XEN, (void *)after_image, (void *)XEN_VIRT_END);
    vm_init_type(VMAP_DEFAULT, (void *)VMAP_DEFAULT_START,
                 (void *)VMAP_DEFAULT_END);
}

/* Not init code: it frees that. */
void noreturn start_dom0(void)
{
    bootmap_drop();
    paging_seal_ro_after_init();
    paging_free_init();
    system_state = SYS_STATE_active;
    printk(XENLOG_INFO "Entering dom0 %u ms after start\n",
           (unsigned int)(NOW() / MILLISECS(1)));
    console_give_to_dom0();
    vcpu_run(this_pcpu()->vcpu);
}
