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
#include <xen/paging.h>
#include <xen/shared_page.h>
#include <xen/smp.h>
#include <xen/start.h>
#include <asm/acpi.h>
#include <asm/alternative.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/dom0.h>
#include <asm/multiboot.h>
#include <asm/npt.h>
#include <asm/serial.h>
#include <asm/shutdown.h>
#include <asm/smp.h>
#include <asm/start.h>
#include <asm/time.h>
#include <asm/vcpu.h>

static const struct boot_loader_facts *facts __initdata;

static void __init init_boot_vcpu(void)
{
    if (vcpu_create(0, this_pcpu()->apic_id)) {
        panic("no memory for vCPU 0\n");
    }
    this_pcpu()->vcpu = vcpu_of(0);
}

static void noreturn __init start_on_final_stack(void)
{
    acpi_init();
    shutdown_set_reset(acpi_find_reset());
    time_init(acpi_find_pm_timer());
    apic_init();
    svm_init();
    cpufeature_init();
    alternatives_apply();
    init_boot_vcpu();

    system_state = SYS_STATE_smp_boot;
    smp_start_all();
    do_initcalls();

    domain_init();
    npt_init();
    dom0_load(facts);
    switch_stack(this_pcpu()->stack_top, start_dom0);
}

void noreturn __init start_xen(paddr_t multiboot)
{
    pcpu_init_boot();
    serial_init();
    paging_leave_boot_tables();
    start_announce();

    facts = multiboot_read(multiboot);
    cmdline_parse(facts->cmdline);
    memory_init(facts);
    start_vmap();
    pcpu_map_boot_stacks();
    switch_stack(this_pcpu()->stack_top, start_on_final_stack);
}
