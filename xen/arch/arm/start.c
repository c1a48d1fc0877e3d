/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The order of boot on the boot CPU, from the first instruction of C to dom0.
 * Each step is another file's; what one step needs of an earlier one is said
 * here, by the order.
 */
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/shared_page.h>
#include <xen/smp.h>
#include <xen/start.h>
#include <asm/devicetree.h>
#include <asm/dom0.h>
#include <asm/gic.h>
#include <asm/guest_state.h>
#include <asm/pl011.h>
#include <asm/smp.h>
#include <asm/stage2.h>
#include <asm/start.h>
#include <asm/time.h>
#include <asm/vcpu.h>

static const struct machine_facts *facts __initdata;

static void __init init_boot_vcpu(void)
{
    if (vcpu_create(0, this_pcpu()->mpidr)) {
        panic("no memory for vCPU 0\n");
    }
    this_pcpu()->vcpu = vcpu_of(0);
}

static void noreturn __init start_on_final_stack(void)
{
    const struct gic_facts *gic = &facts->gic;

    time_init();
    gic_init(gic);
    pcpu_init_here();
    init_boot_vcpu();
    stage2_init(gic->distributor, gic->distributor_bytes, gic->redistributors,
                gic->redistributors_bytes);
    guest_state_init_pcpu();

    system_state = SYS_STATE_smp_boot;
    smp_start_all(facts->mpidr, facts->nr_cpus);
    do_initcalls();

    domain_init();
    dom0_load(facts);
    switch_stack(this_pcpu()->stack_top, start_dom0);
}

void noreturn __init start_xen(paddr_t load, paddr_t device_tree)
{
    boot_tables_keep(load);
    pcpu_init_boot();
    facts = devicetree_read(device_tree);
    if (facts->uart) {
        pl011_init(facts->uart);
    }
    start_announce();

    devicetree_read_modules();
    cmdline_parse(facts->loader.cmdline);
    memory_init(&facts->loader);
    start_vmap();
    pcpu_map_boot_stack();
    switch_stack(this_pcpu()->stack_top, start_on_final_stack);
}
