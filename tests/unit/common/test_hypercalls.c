// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the dispatch of hypercalls and of the small ones: memory_op,
 * console_io, sched_op, vcpu_op.
 */
#include "unit.h"
#include <string.h>
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/mm.h>
#include <public/xen.h>
#include <public/memory.h>
#include <public/sched.h>
#include <public/vcpu.h>

#include "fake_guest.h"

/* What the parts behind the hypercalls were told. */
static char console_text[8192];
static uint64_t shared_info_gfn;
static unsigned int shutdown_reason;
static void *sysctl_arg;
static int version_cmd;

void console_write(const char *text, size_t bytes)
{
    strncat(console_text, text, bytes);
}

int arch_map_shared_info(uint64_t gfn)
{
    shared_info_gfn = gfn;
    return gfn > 100 ? -EINVAL : 0;
}

long domain_shutdown(unsigned int reason)
{
    shutdown_reason = reason;
    return 0;
}

long do_sysctl(void *arg)
{
    sysctl_arg = arg;
    return HYPERCALL_RETRY;
}

long do_xen_version(int cmd, void *arg)
{
    version_cmd = cmd;
    return (long)arg;
}

static long call(unsigned int nr, unsigned long a1, const void *a2,
                 unsigned long a3)
{
    return hypercall_dispatch(nr, a1, (unsigned long)a2, a3, 0, 0);
}

static int setup(void **state)
{
    console_text[0] = '\0';
    shared_info_gfn = 0;
    return fake_guest_setup(state);
}

static void numbers_without_handler_are_enosys(void **state)
{
    (void)state;
    assert_int_equal(call(__HYPERVISOR_set_trap_table, 0, NULL, 0), -ENOSYS);
    assert_int_equal(call(__HYPERVISOR_event_channel_op, 0, NULL, 0), -ENOSYS);
    assert_int_equal(call(__HYPERVISOR_hvm_op, 0, NULL, 0), -ENOSYS);
    assert_int_equal(call(64, 0, NULL, 0), -ENOSYS);
    assert_int_equal(call(~0u, 0, NULL, 0), -ENOSYS);
}

static void arguments_and_results_pass_through(void **state)
{
    (void)state;
    assert_int_equal(call(__HYPERVISOR_xen_version, 6, (void *)0x1234, 0),
                     0x1234);
    assert_int_equal(version_cmd, 6);
    assert_int_equal(call(__HYPERVISOR_sysctl, 0x5678, NULL, 0),
                     HYPERCALL_RETRY);
    assert_ptr_equal(sysctl_arg, (void *)0x5678);
}

static void shared_info_goes_where_the_guest_wants_it(void **state)
{
    struct xen_add_to_physmap request = {
        .domid = DOMID_SELF,
        .space = XENMAPSPACE_shared_info,
        .gpfn = 0x10,
    };

    (void)state;
    assert_int_equal(
        call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, &request, 0), 0);
    assert_int_equal(shared_info_gfn, 0x10);
    request.gpfn = 101;
    assert_int_equal(
        call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, &request, 0),
        -EINVAL);
}

static void other_frames_of_the_hypervisor_are_refused(void **state)
{
    static const struct {
        domid_t domid;
        unsigned int space;
        unsigned long idx;
        long result;
    } rows[] = {
        {DOMID_SELF, XENMAPSPACE_grant_table, 0, -ENOSYS},
        {DOMID_SELF, XENMAPSPACE_shared_info, 1, -EINVAL},
        {1, XENMAPSPACE_shared_info, 0, -EPERM},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct xen_add_to_physmap request = {
            .domid = rows[i].domid,
            .space = rows[i].space,
            .idx = rows[i].idx,
            .gpfn = 0x10,
        };

        assert_int_equal(
            call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, &request, 0),
            rows[i].result);
    }
    assert_int_equal(shared_info_gfn, 0);
}

static void other_memory_operations_are_enosys(void **state)
{
    (void)state;
    assert_int_equal(
        call(__HYPERVISOR_memory_op, XENMEM_memory_map, console_text, 0),
        -ENOSYS);
}

static void console_text_arrives_whole(void **state)
{
    char text[4096];

    (void)state;
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\n';
    assert_int_equal(hypercall_dispatch(__HYPERVISOR_console_io,
                                        CONSOLEIO_write, sizeof(text),
                                        (unsigned long)text, 0, 0),
                     0);
    assert_int_equal(strlen(console_text), sizeof(text));
    assert_memory_equal(console_text, text, sizeof(text));
}

static void console_refuses_what_it_must(void **state)
{
    char text[8] = "text";

    (void)state;
    assert_int_equal(do_console_io(CONSOLEIO_write, 4097, text), -E2BIG);
    assert_int_equal(do_console_io(CONSOLEIO_read, 8, text), 0);
    assert_int_equal(do_console_io(2, 8, text), -ENOSYS);
    fake_guest_fault(text, sizeof(text));
    assert_int_equal(do_console_io(CONSOLEIO_write, 4, text), -EFAULT);
    fake_domain.is_privileged = false;
    assert_int_equal(do_console_io(CONSOLEIO_write, 4, text), -EPERM);
    assert_string_equal(console_text, "");
}

static void shutdown_passes_the_reason_on(void **state)
{
    struct sched_shutdown request = {.reason = SHUTDOWN_crash};

    (void)state;
    assert_int_equal(call(__HYPERVISOR_sched_op, SCHEDOP_shutdown, &request, 0),
                     0);
    assert_int_equal(shutdown_reason, SHUTDOWN_crash);
    fake_guest_fault(&request, sizeof(request));
    assert_int_equal(call(__HYPERVISOR_sched_op, SCHEDOP_shutdown, &request, 0),
                     -EFAULT);
}

static void yield_succeeds_and_the_rest_is_enosys(void **state)
{
    (void)state;
    assert_int_equal(call(__HYPERVISOR_sched_op, SCHEDOP_yield, NULL, 0), 0);
    assert_int_equal(call(__HYPERVISOR_sched_op, SCHEDOP_block, NULL, 0),
                     -ENOSYS);
}

static void vcpu_info_place_is_checked(void **state)
{
    struct vcpu_register_vcpu_info place = {.mfn = 5, .offset = 0};
    struct vcpu_register_vcpu_info *p = &place;

    (void)state;
    assert_int_equal(do_vcpu_op(VCPUOP_register_vcpu_info, 3, p), 0);
    assert_int_equal(do_vcpu_op(VCPUOP_register_vcpu_info, 4, p), -ENOENT);
    place.offset = PAGE_SIZE - sizeof(struct vcpu_info);
    assert_int_equal(do_vcpu_op(VCPUOP_register_vcpu_info, 0, p), 0);
    place.offset++;
    assert_int_equal(do_vcpu_op(VCPUOP_register_vcpu_info, 0, p), -EINVAL);
    fake_guest_fault(p, sizeof(*p));
    assert_int_equal(do_vcpu_op(VCPUOP_register_vcpu_info, 0, p), -EFAULT);
    assert_int_equal(do_vcpu_op(VCPUOP_up, 0, p), -ENOSYS);
}

int main(void)
{
#define guest_test(f) cmocka_unit_test_setup(f, setup)
    const struct CMUnitTest tests[] = {
        guest_test(numbers_without_handler_are_enosys),
        guest_test(arguments_and_results_pass_through),
        guest_test(shared_info_goes_where_the_guest_wants_it),
        guest_test(other_frames_of_the_hypervisor_are_refused),
        guest_test(other_memory_operations_are_enosys),
        guest_test(console_text_arrives_whole),
        guest_test(console_refuses_what_it_must),
        guest_test(shutdown_passes_the_reason_on),
        guest_test(yield_succeeds_and_the_rest_is_enosys),
        guest_test(vcpu_info_place_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
