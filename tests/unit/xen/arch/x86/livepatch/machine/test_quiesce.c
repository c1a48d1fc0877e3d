// SPDX-License-Identifier: GPL-2.0
/*
 * x86's bringing pCPUs to a stop: whom it kicks, that who sleeps holds up no
 * flush, and what it tells of a pCPU from what that pCPU says of itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <xen/livepatch_arch.h>
#include <xen/sched.h>
#include <asm/current.h>
#include <asm/smp.h>
#include <asm/tlb.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>

#include "machine.h"

#define EXIT_SERVER 0x1234UL

static struct domain first_domain = {.domain_id = 7};
struct domain *dom0 = &first_domain;

static struct vcpu vcpu = {.id = 5};
static struct pcpu pcpu = {.vcpu = &vcpu};
struct pcpu *pcpu_table[NR_CPUS] = {[2] = &pcpu};

static cpumask_t kicked;

/* Deeds of this file: K kick, Q quiet, S sleep, B busy, C catch up. */
void smp_kick(const cpumask_t *cpus)
{
    machine_note('K');
    cpumask_copy(&kicked, cpus);
}

void tlb_quiet(void)
{
    machine_note('Q');
}

void tlb_busy(void)
{
    machine_note('B');
}

void tlb_catch_up(void)
{
    machine_note('C');
}

void sleep_until_nmi(void)
{
    machine_note('S');
}

void vcpu_run(struct vcpu *v)
{
    (void)v;
    __builtin_trap();
}

unsigned long svm_exit_server(const struct vcpu *v)
{
    return v == &vcpu ? EXIT_SERVER : 0;
}

static void assert_kicks(void (*kick)(const cpumask_t *cpus))
{
    cpumask_t cpus;

    machine_forget_deeds();
    cpumask_clear(&cpus);
    cpumask_set_cpu(1, &cpus);
    cpumask_set_cpu(3, &cpus);
    cpumask_clear(&kicked);
    kick(&cpus);
    assert_string_equal(machine_deeds(), "K");
    assert_int_equal(cpumask_weight(&kicked), 2);
    assert_true(cpumask_test_cpu(1, &kicked));
    assert_true(cpumask_test_cpu(3, &kicked));
}

static void kick_is_an_nmi_to_each(void **state)
{
    (void)state;
    assert_kicks(arch_livepatch_kick);
}

static void release_wakes_each(void **state)
{
    (void)state;
    assert_kicks(arch_livepatch_release);
}

static void nobody_waits_for_a_flush_of_one_that_sleeps(void **state)
{
    (void)state;
    machine_forget_deeds();
    arch_livepatch_wait();
    assert_string_equal(machine_deeds(), "QSB");
}

static void sync_drops_translations_and_serialises(void **state)
{
    (void)state;
    machine_forget_deeds();
    arch_livepatch_sync();
    assert_string_equal(machine_deeds(), "CI");
}

struct doing_row {
    const char *name;
    bool is_quiet, is_running, in_exit;
    uint32_t where;
    uint64_t address;
};

#define SLEEP ((uint64_t)sleep_until_nmi)
#define RUN ((uint64_t)vcpu_run)
#define GUEST LIVEPATCH_EXT_IN_GUEST
#define HYPERVISOR LIVEPATCH_EXT_IN_HYPERVISOR

static struct doing_row rows[] = {
    {"quiet_one_that_runs_is_in_its_guest", true, true, false, GUEST, 0},
    {"quiet_one_in_an_exit_sleeps", true, true, true, HYPERVISOR, 1},
    {"quiet_one_that_is_parked_sleeps", true, false, false, HYPERVISOR, 1},
    {"parked_one_in_an_exit_sleeps", true, false, true, HYPERVISOR, 1},
    {"one_in_an_exit_serves_it", false, true, true, HYPERVISOR, EXIT_SERVER},
    {"parked_one_serves_its_last_exit", false, false, true, HYPERVISOR,
     EXIT_SERVER},
    {"one_before_its_guest_runs_the_vcpu", false, true, false, HYPERVISOR, 2},
    {"parked_one_that_is_awake_runs_the_vcpu", false, false, false, HYPERVISOR,
     2},
};

static uint64_t address_of(const struct doing_row *row)
{
    return row->address == 1 ? SLEEP : row->address == 2 ? RUN : row->address;
}

static void doing_is_told(void **state)
{
    const struct doing_row *row = *state;
    struct livepatch_ext_late late = {.domain = 0xffff};

    pcpu.tlb_quiet = row->is_quiet;
    pcpu.in_exit = row->in_exit;
    vcpu.is_running = row->is_running;
    arch_livepatch_locate(2, &late);
    assert_int_equal(late.cpu, 2);
    assert_int_equal(late.where, row->where);
    assert_int_equal(late.domain, 7);
    assert_int_equal(late.vcpu, row->is_running ? 5 : UINT32_MAX);
    assert_int_equal(late.address, address_of(row));
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(kick_is_an_nmi_to_each),
    cmocka_unit_test(release_wakes_each),
    cmocka_unit_test(nobody_waits_for_a_flush_of_one_that_sleeps),
    cmocka_unit_test(sync_drops_translations_and_serialises),
};

#define NR(of) (sizeof(of) / sizeof((of)[0]))

int main(void)
{
    struct CMUnitTest tests[NR(rows)] = {{.name = NULL}};
    int failed;

    for (size_t i = 0; i < NR(rows); i++) {
        tests[i].name = rows[i].name;
        tests[i].test_func = doing_is_told;
        tests[i].initial_state = &rows[i];
    }
    failed = cmocka_run_group_tests_name("doing", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("others", others, NULL, NULL);
}
