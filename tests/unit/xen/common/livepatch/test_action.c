// SPDX-License-Identifier: GPL-2.0
/*
 * APPLY, REVERT and UNLOAD from start to end: the functions really do
 * something else afterwards, on every pCPU, and an action that fails changes
 * nothing.
 */
#include "steps.h"

#include <stdio.h>

#include <xen/cpu.h>
#include <xen/smp.h>
#include <xen/time.h>
#include <asm/system.h>

#include "host/clock.h"
#include "host/pcpu.h"
#include "host/window.h"

/* mov $43, %eax; ret */
static const uint8_t return_43[] = {HOST_RETURN(43)};

#define REPLACE(function, bytes_of_code)                                       \
    {                                                                          \
        .old_name = (function), .old_size = 16, .code = (bytes_of_code),       \
        .code_bytes = HOST_RETURN_BYTES                                        \
    }

static struct lp_payload *
load_functions(const char *name, uint8_t id,
               const struct payload_function *functions, unsigned int nr)
{
    const struct payload_description what = {
        .functions = functions, .nr_functions = nr, .id = id};

    return must_load_described(&what, name);
}

static void function_is_replaced_and_put_back(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    assert_int_equal(host_call("answer"), 1);
    must_apply(fix);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(host_call("question"), 2);
    assert_logged("livepatch: fix: applied: 1 functions; 1 pCPUs stopped for");
    must_revert(fix);
    assert_int_equal(host_call("answer"), 1);
    assert_true(host_text_is_pristine());
    assert_logged("livepatch: fix: reverted: 1 functions; 1 pCPUs stopped for");
    assert_int_equal(host_log_errors(), 0);
    must_unload(fix);
}

struct landing_row {
    const char *name;
    const char *function;
    uint8_t pad[4]; /* that is there then */
};

static const struct landing_row landings[] = {
    {"function_with_a_pad_is_replaced_behind_it", "answer_endbr", {HOST_PAD}},
    {"function_with_another_pad_has_one", "answer_poison", {HOST_NEW_PAD}},
};

static void landing_pad_stays(void **state)
{
    const struct landing_row *row = *state;
    const struct payload_function functions[] = {
        REPLACE(row->function, payload_return_42)};
    const uint8_t *text = host_symbol(row->function);
    struct lp_payload *fix = load_functions("fix", 1, functions, 1);

    must_apply(fix);
    assert_memory_equal(text, row->pad, sizeof(row->pad));
    assert_int_equal(host_call(row->function), 42);
    must_revert(fix);
    must_unload(fix);
}

static void smallest_function_is_replaced(void **state)
{
    struct payload_function functions[] = {
        REPLACE(HOST_SMALLEST, payload_return_42)};
    struct lp_payload *fix;

    (void)state;
    functions[0].old_size = ARCH_PATCH_INSN_SIZE;
    fix = load_functions("fix", 1, functions, 1);
    must_apply(fix);
    assert_int_equal(host_call(HOST_SMALLEST), 42);
    must_revert(fix);
    must_unload(fix);
}

static void function_is_filled_with_nops(void **state)
{
    const struct payload_function functions[] = {
        {.old_name = "answer", .old_size = 16, .new_size = HOST_NOPS_BYTES}};
    struct lp_payload *fix = load_functions("fix", 1, functions, 1);
    static const uint8_t nops[] = {HOST_NOPS};

    (void)state;
    must_apply(fix);
    assert_memory_equal(host_symbol("answer"), nops, sizeof(nops));
    must_revert(fix);
    assert_int_equal(host_call("answer"), 1);
    must_unload(fix);
}

static void all_functions_of_a_payload_change_together(void **state)
{
    const struct payload_function functions[] = {
        REPLACE("answer", payload_return_42),
        REPLACE("question", return_43),
        REPLACE("common/file.c#local", return_43),
    };
    struct lp_payload *fix = load_functions("fix", 1, functions, 3);

    (void)state;
    must_apply(fix);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(host_call("question"), 43);
    assert_int_equal(host_call("common/file.c#local"), 43);
    must_revert(fix);
    must_unload(fix);
}

/* Two entries for one function: the later one wins, and the revert ends with
 * the original bytes. */
static void one_function_is_patched_by_two_payloads(void **state)
{
    const struct payload_function first[] = {
        REPLACE("answer", payload_return_42)};
    const struct payload_function second[] = {REPLACE("answer", return_43)};
    struct lp_payload *one = load_functions("one", 1, first, 1);
    struct lp_payload *two = load_functions("two", 2, second, 1);

    (void)state;
    must_apply(one);
    assert_int_equal(try_apply(two, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(host_call("answer"), 43);
    must_revert(two);
    assert_int_equal(host_call("answer"), 42);
    must_revert(one);
    assert_int_equal(host_call("answer"), 1);
    /* Now the other way round: each lies on another text than before. */
    must_apply(two);
    assert_int_equal(try_apply(one, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    must_revert(one);
    assert_int_equal(host_call("answer"), 43);
    must_revert(two);
    assert_int_equal(host_call("answer"), 1);
    must_unload(one);
    must_unload(two);
}

static void window_lasts_as_long_as_its_payload(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    assert_int_equal(host_windows(), 1);
    must_apply(fix);
    must_revert(fix);
    assert_int_equal(host_windows(), 1);
    must_unload(fix);
    assert_int_equal(host_windows(), 0);
}

static void rendezvous_stops_all_pcpus(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(4);
    must_apply(fix);
    assert_logged("4 pCPUs stopped for");
    host_cpus_await_idle();
    for (unsigned int cpu = 0; cpu < 4; cpu++) {
        assert_int_equal(host_cpu_syncs(cpu), 1);
    }
    must_revert(fix);
    must_unload(fix);
}

/* ---- a late pCPU --------------------------------------------------------- */

static bool is_late(unsigned int cpu)
{
    return host_cpu_is_held(cpu, HOST_AT_KICK) ||
           host_cpu_is_held(cpu, HOST_AT_GUEST);
}

static void expire_when_2_is_late(void)
{
    if (host_cpus_waiting() == 2 && is_late(2)) {
        host_clock_advance(MILLISECS(31));
        host_on_relax(NULL);
    }
}

/* Runs the action on four pCPUs of which number 2 does not come. */
static void run_with_pcpu_late_at(enum host_place place,
                                  struct lp_payload *payload,
                                  int (*action)(struct lp_payload *payload))
{
    host_cpus_await_idle();
    host_cpu_hold(2, place);
    host_cpu_set_doing(2, 2, host_symbol("answer"));
    host_clock_fake(SECONDS(1));
    host_on_relax(expire_when_2_is_late);
    assert_int_equal(action(payload), 0);
    assert_int_equal(payload->rc, -EBUSY);
    host_cpu_let_go(2, place);
    host_clock_real();
}

static void run_with_late_pcpu(struct lp_payload *payload,
                               int (*action)(struct lp_payload *payload))
{
    run_with_pcpu_late_at(HOST_AT_KICK, payload, action);
}

static int apply_it(struct lp_payload *payload)
{
    return try_apply(payload, 0);
}

static void late_pcpu_leaves_the_payload_unapplied(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(4);
    run_with_late_pcpu(fix, apply_it);
    assert_int_equal(fix->state, LP_CHECKED);
    assert_true(host_text_is_pristine());
    assert_logged("livepatch: fix: not applied: after 31000000 ns 1 of 4 pCPUs "
                  "had not arrived: 2 (d0v2, in the hypervisor at answer");
    must_apply(fix);
    assert_int_equal(host_call("answer"), 42);
    must_revert(fix);
    must_unload(fix);
}

/* An address of a guest is a number: it is no name's. */
static void late_pcpu_is_told_where_it_is_in_its_guest(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");
    char wanted[80];

    (void)state;
    host_cpus_start(4);
    run_with_pcpu_late_at(HOST_AT_GUEST, fix, apply_it);
    snprintf(wanted, sizeof(wanted), ": 2 (d0v2, in the guest at %016lx)",
             (unsigned long)host_symbol("answer"));
    assert_logged(wanted);
    must_unload(fix);
}

static void pcpu_that_comes_or_goes_leaves_the_payload_unapplied(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    assert_true(cpu_hotplug_begin());
    assert_int_equal(try_apply(fix, 0), 0);
    cpu_hotplug_done();
    assert_int_equal(fix->rc, -EBUSY);
    assert_int_equal(fix->state, LP_CHECKED);
    assert_true(host_text_is_pristine());
    assert_logged("livepatch: fix: not applied: a pCPU is coming online or "
                  "going offline");
    must_apply(fix);
    must_revert(fix);
    must_unload(fix);
}

static void late_pcpu_leaves_the_payload_applied(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(4);
    must_apply(fix);
    run_with_late_pcpu(fix, try_revert);
    assert_int_equal(fix->state, LP_APPLIED);
    assert_int_equal(host_call("answer"), 42);
    assert_logged("livepatch: fix: not reverted: after 31000000 ns 1 of 4");
    must_revert(fix);
    must_unload(fix);
}

static void payload_that_failed_to_apply_may_be_unloaded(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(4);
    run_with_late_pcpu(fix, apply_it);
    must_unload(fix);
}

static void expire_when_all_are_late(void)
{
    for (unsigned int cpu = 1; cpu < NR_CPUS; cpu++) {
        if (!is_late(cpu)) {
            return;
        }
    }
    host_clock_advance(MILLISECS(31));
    host_on_relax(NULL);
}

/* All 63 others of the largest machine are late: the log names some and stays
 * in one line. */
static void many_late_pcpus_fit_the_message(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(NR_CPUS);
    for (unsigned int cpu = 1; cpu < NR_CPUS; cpu++) {
        host_cpu_hold(cpu, HOST_AT_KICK);
    }
    host_cpu_set_doing(2, UINT32_MAX, NULL);
    host_clock_fake(SECONDS(1));
    host_on_relax(expire_when_all_are_late);
    assert_int_equal(try_apply(fix, 0), 0);
    assert_int_equal(fix->rc, -EBUSY);
    assert_logged("8 (d0v8, in the hypervisor), 9, 10, 11, ");
    assert_logged("63 of 64 pCPUs had not arrived: 1 (d0v1, in the "
                  "hypervisor), 2 (in the hypervisor), 3 (");
    assert_int_equal(host_log_errors(), 1);
    host_cpus_stop();
    host_clock_real();
    must_unload(fix);
}

static void caller_s_timeout_is_the_deadline(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, 5000);
    assert_int_equal(try_action(lp_action_apply, fix, 0, 5000), 0);
    assert_int_equal(fix->rc, -EBUSY);
    assert_logged("after 5000 ns");
    host_cpus_stop();
    host_clock_real();
    must_unload(fix);
}

/* ---- services that fail -------------------------------------------------- */

static void apply_and_revert_need_no_memory(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    host_fail_nth(1);
    must_apply(fix);
    must_revert(fix);
    assert_false(host_has_failed());
    host_fail_nth(0);
    must_unload(fix);
}

/* ---- busy pCPUs ---------------------------------------------------------- */

static const void *called_function;
static unsigned long wrong_results;
static unsigned long calls;

static void call_function(unsigned int cpu)
{
    (void)cpu;
    for (unsigned int i = 0; i < 50; i++) {
        const int result = host_run_code(called_function);

        if (result != 1 && result != 42) {
            __atomic_fetch_add(&wrong_results, 1, __ATOMIC_SEQ_CST);
        }
    }
    __atomic_fetch_add(&calls, 50, __ATOMIC_SEQ_CST);
}

static void busy_pcpus_see_the_old_or_the_new_function(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    called_function = host_symbol("answer");
    host_cpus_start(4);
    host_cpus_work(call_function);
    while (__atomic_load_n(&calls, __ATOMIC_SEQ_CST) == 0) {
        host_relax();
    }
    for (unsigned int i = 0; i < 200; i++) {
        assert_int_equal(try_action(lp_action_apply, fix, 0, UINT32_MAX), 0);
        assert_int_equal(fix->rc, 0);
        assert_int_equal(try_action(lp_action_revert, fix, 0, UINT32_MAX), 0);
        assert_int_equal(fix->rc, 0);
    }
    host_cpus_stop();
    assert_int_equal(wrong_results, 0);
    must_unload(fix);
}

static void payload_of_4000_functions_is_applied(void **state)
{
    enum {
        NR = 4000
    };
    static struct payload_function functions[NR];
    static char names[NR][16];
    struct lp_payload *fix;

    (void)state;
    for (unsigned int i = 0; i < NR; i++) {
        snprintf(names[i], sizeof(names[i]), "many_%u", i);
        host_function_add(names[i], host_functions[0].bytes, 16);
        functions[i] = (struct payload_function)REPLACE(names[i], return_43);
    }
    fix = load_functions("fix", 1, functions, NR);
    must_apply(fix);
    assert_int_equal(host_call("many_0"), 43);
    assert_int_equal(host_call("many_3999"), 43);
    must_revert(fix);
    must_unload(fix);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, function_is_replaced_and_put_back);
    host_add_rows(&tests, landings, landing_pad_stays);
    host_add(&tests, smallest_function_is_replaced);
    host_add(&tests, function_is_filled_with_nops);
    host_add(&tests, all_functions_of_a_payload_change_together);
    host_add(&tests, one_function_is_patched_by_two_payloads);
    host_add(&tests, window_lasts_as_long_as_its_payload);
    host_add(&tests, rendezvous_stops_all_pcpus);
    host_add(&tests, late_pcpu_leaves_the_payload_unapplied);
    host_add(&tests, late_pcpu_is_told_where_it_is_in_its_guest);
    host_add(&tests, pcpu_that_comes_or_goes_leaves_the_payload_unapplied);
    host_add(&tests, late_pcpu_leaves_the_payload_applied);
    host_add(&tests, payload_that_failed_to_apply_may_be_unloaded);
    host_add(&tests, many_late_pcpus_fit_the_message);
    host_add(&tests, caller_s_timeout_is_the_deadline);
    host_add(&tests, apply_and_revert_need_no_memory);
    host_add(&tests, busy_pcpus_see_the_old_or_the_new_function);
    host_add(&tests, payload_of_4000_functions_is_applied);
    return host_run(&tests);
}
