// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the hypercall sysctl: who may call it, what comes back, reading the
 * console, and that physinfo gives away nothing that it did not fill in.
 */
#include "unit.h"
#include <string.h>
#include <asm/current.h>
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <xen/keyhandler.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/smp.h>
#include <xen/time.h>
#include <public/livepatch_ext.h>
#include <public/sysctl.h>

#include "fake_guest.h"

unsigned int fake_cpu;
cpumask_t cpu_online_map = {.bits = {0xf}};
unsigned int cpu_khz = 2600000;
unsigned long max_page = 0x80000;

void arch_console_write(const char *text, size_t bytes)
{
    (void)text;
    (void)bytes;
}

unsigned long xenheap_total_pages(void)
{
    return 100;
}

unsigned long xenheap_free_pages(void)
{
    return 60;
}

/* What livepatch_op() does: gives a result, after a call back. */
static int livepatch_result;
static void (*livepatch_body)(void);

static uint32_t livepatch_version;

int livepatch_op(struct xen_sysctl_livepatch_op *op, uint32_t interface_version)
{
    op->pad = 7;
    livepatch_version = interface_version;
    if (livepatch_body) {
        livepatch_body();
    }
    return livepatch_result;
}

static struct xen_sysctl sysctl;

static int setup(void **state)
{
    uint32_t index = console_ring_start();
    char part[4096];

    while (console_ring_read(&index, part, sizeof(part))) {
    }
    console_ring_clear(index);
    livepatch_result = 0;
    livepatch_body = NULL;
    memset(&sysctl, 0, sizeof(sysctl));
    return fake_guest_setup(state);
}

static long run(uint32_t cmd)
{
    sysctl.cmd = cmd;
    sysctl.interface_version = XEN_SYSCTL_INTERFACE_VERSION;
    return do_sysctl(&sysctl);
}

static void unprivileged_caller_is_eperm(void **state)
{
    (void)state;
    fake_domain.is_privileged = false;
    assert_int_equal(run(XEN_SYSCTL_physinfo), -EPERM);
    assert_int_equal(sysctl.u.physinfo.nr_cpus, 0);
}

static void newer_version_of_xen_4_21_is_served(void **state)
{
    (void)state;
    sysctl.cmd = XEN_SYSCTL_livepatch_op;
    sysctl.interface_version = 0x16;
    assert_int_equal(do_sysctl(&sysctl), livepatch_result);
    assert_int_equal(livepatch_version, 0x16);
}

static char seen_keys[8];

static void note_key(unsigned char key)
{
    seen_keys[strlen(seen_keys)] = key;
}

static void debug_keys_reach_their_handlers(void **state)
{
    static char keys[] = "qzq";

    (void)state;
    register_keyhandler('q', note_key, "note", true);
    sysctl.u.debug_keys.keys.p = keys;
    sysctl.u.debug_keys.nr_keys = 3;
    assert_int_equal(run(XEN_SYSCTL_debug_keys), 0);
    assert_string_equal(seen_keys, "qq");
}

static void other_interface_version_is_eacces(void **state)
{
    (void)state;
    sysctl.cmd = XEN_SYSCTL_physinfo;
    sysctl.interface_version = 0x17;
    assert_int_equal(do_sysctl(&sysctl), -EACCES);
    assert_int_equal(sysctl.u.physinfo.nr_cpus, 0);
}

static void structure_that_faults_is_efault(void **state)
{
    (void)state;
    fake_guest_fault(&sysctl, sizeof(sysctl));
    assert_int_equal(run(XEN_SYSCTL_physinfo), -EFAULT);
}

static void unknown_commands_are_enosys(void **state)
{
    (void)state;
    assert_int_equal(run(0), -ENOSYS);
    assert_int_equal(run(XEN_SYSCTL_sched_id), -ENOSYS);
    assert_int_equal(run(XEN_SYSCTL_livepatch_op + 1), -ENOSYS);
    assert_int_equal(run(~0u), -ENOSYS);
}

static void fault_structure_from_now_on(void)
{
    fake_guest_fault(&sysctl, sizeof(sysctl));
}

static void copy_back_that_faults_is_efault(void **state)
{
    (void)state;
    livepatch_body = fault_structure_from_now_on;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -EFAULT);
}

static void structure_comes_back_on_errors_too(void **state)
{
    (void)state;
    livepatch_result = -EINVAL;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -EINVAL);
    assert_int_equal(sysctl.u.livepatch.pad, 7);
}

static void structure_of_an_unsupported_operation_stays(void **state)
{
    (void)state;
    livepatch_result = -EOPNOTSUPP;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -EOPNOTSUPP);
    assert_int_equal(sysctl.u.livepatch.pad, 0);
    livepatch_result = -ENOSYS;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -ENOSYS);
    assert_int_equal(sysctl.u.livepatch.pad, 0);
}

/* It says there which of its payloads, or steps, was not supported. */
static void structure_of_an_extension_s_operation_comes_back(void **state)
{
    (void)state;
    livepatch_result = -EOPNOTSUPP;
    sysctl.u.livepatch.cmd = LIVEPATCH_EXT_DRY_RUN_UPLOAD;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -EOPNOTSUPP);
    assert_int_equal(sysctl.u.livepatch.pad, 7);
    sysctl.u.livepatch.pad = 0;
    sysctl.u.livepatch.cmd = LIVEPATCH_EXT_ACTION_SET;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), -EOPNOTSUPP);
    assert_int_equal(sysctl.u.livepatch.pad, 7);
}

static void positive_results_reach_the_guest(void **state)
{
    (void)state;
    livepatch_result = 3;
    assert_int_equal(run(XEN_SYSCTL_livepatch_op), 3);
}

static long inner_result;

static void call_from_another_cpu(void)
{
    inner_result = run(XEN_SYSCTL_physinfo);
}

static void second_caller_at_a_time_tries_again(void **state)
{
    (void)state;
    livepatch_body = call_from_another_cpu;
    run(XEN_SYSCTL_livepatch_op);
    assert_int_equal(inner_result, HYPERCALL_RETRY);
    assert_int_equal(run(XEN_SYSCTL_physinfo), 0);
}

static void physinfo_tells_what_there_is(void **state)
{
    const struct xen_sysctl_physinfo *info = &sysctl.u.physinfo;

    (void)state;
    assert_int_equal(run(XEN_SYSCTL_physinfo), 0);
    assert_int_equal(info->nr_cpus, 4);
    assert_int_equal(info->nr_nodes, 1);
    assert_int_equal(info->cpu_khz, 2600000);
    assert_int_equal(info->total_pages, 1100);
    assert_int_equal(info->free_pages, 60);
    assert_int_equal(info->max_mfn, 0x7ffff);
}

/* Leaves bytes where the next calls have their local variables. */
static noinline void dirty_the_stack(void)
{
    char junk[8192];

    memset(junk, 0xa5, sizeof(junk));
    __asm__ __volatile__("" ::"r"(junk) : "memory");
}

/* The bytes of fields without a value, and of padding. */
static void physinfo_gives_zeros_where_it_has_nothing(void **state)
{
    const struct xen_sysctl_physinfo *info = &sysctl.u.physinfo;
    static const uint32_t zeros[8];

    (void)state;
    memset(&sysctl, 0x5a, sizeof(sysctl));
    dirty_the_stack();
    assert_int_equal(run(XEN_SYSCTL_physinfo), 0);
    assert_int_equal(info->pad, 0);
    assert_int_equal(info->scrub_pages, 0);
    assert_int_equal(info->outstanding_pages, 0);
    assert_memory_equal(info->hw_cap, zeros, sizeof(zeros));
}

static char guest_text[CONSOLE_RING_BYTES];

static long read_console(bool is_incremental, uint32_t index, bool clear,
                         uint32_t count)
{
    struct xen_sysctl_readconsole *op = &sysctl.u.readconsole;

    memset(op, 0, sizeof(*op));
    memset(guest_text, 0, sizeof(guest_text));
    op->incremental = is_incremental;
    op->index = index;
    op->clear = clear;
    op->count = count;
    op->buffer.p = guest_text;
    return run(XEN_SYSCTL_readconsole);
}

static void console_reads_from_the_oldest_byte(void **state)
{
    const uint32_t start = console_ring_start();

    (void)state;
    console_write("hello\n", 6);
    assert_int_equal(read_console(false, 12345, false, 100), 0);
    assert_string_equal(guest_text, "hello\n");
    assert_int_equal(sysctl.u.readconsole.count, 6);
    assert_int_equal(sysctl.u.readconsole.index, start + 6);
}

static void console_goes_on_from_the_index(void **state)
{
    (void)state;
    console_write("one", 3);
    read_console(false, 0, false, 100);
    console_write("two", 3);
    assert_int_equal(read_console(true, sysctl.u.readconsole.index, false, 100),
                     0);
    assert_string_equal(guest_text, "two");
    assert_int_equal(read_console(true, sysctl.u.readconsole.index, false, 100),
                     0);
    assert_int_equal(sysctl.u.readconsole.count, 0);
}

static void console_gives_no_more_than_the_buffer_takes(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        console_write("x", 1);
    }
    assert_int_equal(read_console(false, 0, false, 700), 0);
    assert_int_equal(sysctl.u.readconsole.count, 700);
    assert_int_equal(guest_text[699], 'x');
    assert_int_equal(guest_text[700], 0);
    assert_int_equal(read_console(true, sysctl.u.readconsole.index, false, 700),
                     0);
    assert_int_equal(sysctl.u.readconsole.count, 300);
}

static void clear_forgets_only_what_was_read(void **state)
{
    (void)state;
    console_write("abcdef", 6);
    assert_int_equal(read_console(false, 0, true, 4), 0);
    assert_string_equal(guest_text, "abcd");
    assert_int_equal(read_console(false, 0, true, 100), 0);
    assert_string_equal(guest_text, "ef");
    assert_int_equal(read_console(false, 0, true, 100), 0);
    assert_int_equal(sysctl.u.readconsole.count, 0);
}

static void full_ring_reads_whole(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < CONSOLE_RING_BYTES + 10; i++) {
        console_write(i < 10 ? "a" : "b", 1);
    }
    assert_int_equal(read_console(false, 0, false, CONSOLE_RING_BYTES), 0);
    assert_int_equal(sysctl.u.readconsole.count, CONSOLE_RING_BYTES);
    assert_int_equal(guest_text[0], 'b');
    assert_int_equal(guest_text[CONSOLE_RING_BYTES - 1], 'b');
}

static void console_buffer_that_faults_is_efault(void **state)
{
    (void)state;
    console_write("abc", 3);
    fake_guest_fault(guest_text, sizeof(guest_text));
    assert_int_equal(read_console(false, 0, true, 100), -EFAULT);
    fake_guest_fault(NULL, 0);
    assert_int_equal(read_console(false, 0, false, 100), 0);
    assert_string_equal(guest_text, "abc");
}

int main(void)
{
#define sysctl_test(f) cmocka_unit_test_setup(f, setup)
    const struct CMUnitTest tests[] = {
        sysctl_test(unprivileged_caller_is_eperm),
        sysctl_test(other_interface_version_is_eacces),
        sysctl_test(newer_version_of_xen_4_21_is_served),
        sysctl_test(debug_keys_reach_their_handlers),
        sysctl_test(structure_that_faults_is_efault),
        sysctl_test(unknown_commands_are_enosys),
        sysctl_test(copy_back_that_faults_is_efault),
        sysctl_test(structure_comes_back_on_errors_too),
        sysctl_test(structure_of_an_unsupported_operation_stays),
        sysctl_test(structure_of_an_extension_s_operation_comes_back),
        sysctl_test(positive_results_reach_the_guest),
        sysctl_test(second_caller_at_a_time_tries_again),
        sysctl_test(physinfo_tells_what_there_is),
        sysctl_test(physinfo_gives_zeros_where_it_has_nothing),
        sysctl_test(console_reads_from_the_oldest_byte),
        sysctl_test(console_goes_on_from_the_index),
        sysctl_test(console_gives_no_more_than_the_buffer_takes),
        sysctl_test(clear_forgets_only_what_was_read),
        sysctl_test(full_ring_reads_whole),
        sysctl_test(console_buffer_that_faults_is_efault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
