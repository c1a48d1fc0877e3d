// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the hypercall xen_version, called as a guest calls it.
 */
#include "unit.h"
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/version.h>
#include <public/xen.h>
#include <public/version.h>

#include "fake_guest.h"
#include "fake_image.h"

/* What the guest's buffer holds before the call. */
#define OLD 0x5a

const char *xen_commandline(void)
{
    return "loglvl=all";
}

static void version_is_the_result(void **state)
{
    (void)state;
    assert_int_equal(do_xen_version(XENVER_version, NULL), 4 << 16 | 17);
}

static void page_size_is_the_result(void **state)
{
    (void)state;
    assert_int_equal(do_xen_version(XENVER_pagesize, NULL), 4096);
}

/* All of the buffer is written: text, then zeros; nothing behind it. */
static void check_text(int cmd, const char *expected, size_t size)
{
    char buffer[1025];

    memset(buffer, OLD, sizeof(buffer));
    assert_int_equal(do_xen_version(cmd, buffer), 0);
    assert_string_equal(buffer, expected);
    for (size_t i = strlen(expected); i < size; i++) {
        assert_int_equal(buffer[i], 0);
    }
    assert_int_equal(buffer[size], OLD);
}

static void texts_fill_their_arrays(void **state)
{
    (void)state;
    check_text(XENVER_extraversion, "-xsplice", 16);
    check_text(XENVER_capabilities, xen_capabilities(), 1024);
    check_text(XENVER_changeset, xen_changeset(), 64);
    check_text(XENVER_commandline, "loglvl=all", 1024);
}

static void compile_info_names_compiler_and_date(void **state)
{
    struct xen_compile_info made;

    (void)state;
    memset(&made, OLD, sizeof(made));
    assert_int_equal(do_xen_version(XENVER_compile_info, &made), 0);
    assert_int_equal(strncmp(made.compiler, xen_compiler(), 63), 0);
    assert_int_equal(strncmp(made.compile_date, xen_compile_date(), 31), 0);
    assert_string_equal(made.compile_by, xen_compile_by());
    assert_string_equal(made.compile_domain, xen_compile_domain());
}

static void platform_parameters_tell_where_the_image_is(void **state)
{
    struct xen_platform_parameters platform;

    (void)state;
    assert_int_equal(do_xen_version(XENVER_platform_parameters, &platform), 0);
    assert_int_equal(platform.virt_start, (unsigned long)_start);
}

static void features_depend_on_the_caller(void **state)
{
    struct xen_feature_info features = {.submap_idx = 0};

    (void)state;
    assert_int_equal(do_xen_version(XENVER_get_features, &features), 0);
    assert_int_equal(features.submap, 1 << XENFEAT_writable_page_tables |
                                          1 << XENFEAT_auto_translated_physmap |
                                          1 << XENFEAT_dom0);
    fake_domain.is_privileged = false;
    assert_int_equal(do_xen_version(XENVER_get_features, &features), 0);
    assert_int_equal(features.submap, 1 << XENFEAT_writable_page_tables |
                                          1 << XENFEAT_auto_translated_physmap);
}

static void features_submap_past_the_last_is_einval(void **state)
{
    struct xen_feature_info features = {.submap_idx = XENFEAT_NR_SUBMAPS};

    (void)state;
    assert_int_equal(do_xen_version(XENVER_get_features, &features), -EINVAL);
}

static void guest_handle_is_all_zeros(void **state)
{
    static const xen_domain_handle_t zeros;
    xen_domain_handle_t handle;

    (void)state;
    memset(handle, OLD, sizeof(handle));
    assert_int_equal(do_xen_version(XENVER_guest_handle, handle), 0);
    assert_memory_equal(handle, zeros, sizeof(handle));
}

static void build_id_without_buffer_tells_its_size(void **state)
{
    (void)state;
    assert_int_equal(do_xen_version(XENVER_build_id, NULL),
                     FAKE_BUILD_ID_BYTES);
}

static long ask_build_id(uint32_t len, unsigned char *buf)
{
    struct {
        struct xen_build_id request;
        unsigned char room[64];
    } guest;
    long result;

    memset(&guest, OLD, sizeof(guest));
    guest.request.len = len;
    result = do_xen_version(XENVER_build_id, &guest);
    memcpy(buf, (char *)&guest + offsetof(struct xen_build_id, buf), 64);
    return result;
}

static void build_id_needs_room_for_all_of_it(void **state)
{
    unsigned char buf[64];

    (void)state;
    assert_int_equal(ask_build_id(0, buf), -EINVAL);
    assert_int_equal(ask_build_id(FAKE_BUILD_ID_BYTES - 1, buf), -ENOBUFS);
    assert_int_equal(buf[0], OLD);
    assert_int_equal(ask_build_id(FAKE_BUILD_ID_BYTES, buf),
                     FAKE_BUILD_ID_BYTES);
    for (int i = 0; i < FAKE_BUILD_ID_BYTES; i++) {
        assert_int_equal(buf[i], i);
    }
    assert_int_equal(buf[FAKE_BUILD_ID_BYTES], OLD);
}

static void every_buffer_that_faults_is_efault(void **state)
{
    static const int cmds[] = {
        XENVER_extraversion, XENVER_compile_info,        XENVER_capabilities,
        XENVER_changeset,    XENVER_platform_parameters, XENVER_get_features,
        XENVER_guest_handle, XENVER_commandline,         XENVER_build_id,
    };
    static char buffer[1024];

    (void)state;
    fake_guest_fault(buffer, sizeof(buffer));
    for (size_t i = 0; i < sizeof(cmds) / sizeof(cmds[0]); i++) {
        assert_int_equal(do_xen_version(cmds[i], buffer), -EFAULT);
    }
}

static void unknown_commands_are_enosys(void **state)
{
    (void)state;
    assert_int_equal(do_xen_version(11, NULL), -ENOSYS);
    assert_int_equal(do_xen_version(-1, NULL), -ENOSYS);
}

int main(void)
{
#define guest_test(f) cmocka_unit_test_setup(f, fake_guest_setup)
    const struct CMUnitTest tests[] = {
        guest_test(version_is_the_result),
        guest_test(page_size_is_the_result),
        guest_test(texts_fill_their_arrays),
        guest_test(compile_info_names_compiler_and_date),
        guest_test(platform_parameters_tell_where_the_image_is),
        guest_test(features_depend_on_the_caller),
        guest_test(features_submap_past_the_last_is_einval),
        guest_test(guest_handle_is_all_zeros),
        guest_test(build_id_without_buffer_tells_its_size),
        guest_test(build_id_needs_room_for_all_of_it),
        guest_test(every_buffer_that_faults_is_efault),
        guest_test(unknown_commands_are_enosys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
