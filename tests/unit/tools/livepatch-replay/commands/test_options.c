/* SPDX-License-Identifier: GPL-2.0 */
/* The command line: what is taken, and what is refused in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/options.h"

#define WORDS_MAX 10

static struct options options;
static char *said;
static size_t nr_said;

static int parse(const char *const words[])
{
    FILE *err = open_memstream(&said, &nr_said);
    char *argv[WORDS_MAX] = {"livepatch-replay"};
    int rc;

    for (size_t i = 0; words[i] != NULL; i++) {
        argv[i + 1] = (char *)(size_t)words[i];
    }
    options = options_new();
    rc = options_parse(&options, argv, err);
    fclose(err);
    return rc;
}

static int tear_down(void **state)
{
    (void)state;
    options_free(&options);
    free(said);
    said = NULL;
    return 0;
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})
#define REFUSED(words, ...)                                                    \
    do {                                                                       \
        assert_true(PARSE(__VA_ARGS__) < 0);                                   \
        assert_string_equal(said, "livepatch-replay: " words "\n");            \
        tear_down(NULL);                                                       \
    } while (0)

static void hypervisor_and_payload_are_enough(void **state)
{
    (void)state;
    assert_int_equal(PARSE("--hypervisor", "xen", "fix.livepatch"), 0);
    assert_string_equal(options.hypervisor, "xen");
    assert_int_equal(options.payloads.nr, 1);
    assert_int_equal(options.nr_cpus, 2);
    assert_int_equal(options.mib, 1024);
    assert_int_equal(options.nr_cycles, 10);
}

static void sizes_and_numbers_have_bounds(void **state)
{
    (void)state;
    assert_int_equal(PARSE("-x", "xen", "-m", "2G", "--cycles", "0", "p"), 0);
    assert_int_equal(options.mib, 2048);
    assert_int_equal(options.nr_cycles, 0);
    tear_down(NULL);
    REFUSED("--memory 2: not a size from 256M on, such as 1024M or 2G", "-x",
            "xen", "-m", "2", "p");
    REFUSED("--memory 255M: not a size from 256M on, such as 1024M or 2G", "-x",
            "xen", "-m", "255M", "p");
    REFUSED("--cpus 0: not a number from 1 to 64", "-x", "xen", "-c", "0", "p");
    REFUSED("--cpus 65: not a number from 1 to 64", "-x", "xen", "-c", "65",
            "p");
    assert_true(PARSE("-c", "2x", "p") < 0);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    REFUSED("--hypervisor FILE is missing", "fix.livepatch");
    REFUSED("no payload is given", "-x", "xen");
    REFUSED("--file is for a check; --check is missing", "-x", "xen", "--file",
            "f", "p");
    REFUSED("--initrd-modules is for a --kernel", "-x", "xen",
            "--initrd-modules", "d", "p");
    REFUSED("--tap and --json both want standard output", "-x", "xen", "--tap",
            "--json", "p");
    REFUSED("--accel is none of kvm, tcg, auto", "-x", "xen", "--accel", "hvf",
            "p");
    REFUSED("with --matrix its lines name the payloads", "--matrix", "m", "p");
    REFUSED("--arch is neither x86 nor arm64", "-x", "xen", "--arch", "riscv",
            "p");
}

static void unknown_option_is_named(void **state)
{
    (void)state;
    REFUSED("--frob: no such option, or it is cut too short (--help has them "
            "all)",
            "--frob");
    assert_true(PARSE("--check") < 0);
    assert_non_null(strstr(said, "a value is missing"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, NULL, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hypervisor_and_payload_are_enough),
        TEST(sizes_and_numbers_have_bounds),
        TEST(what_is_missing_is_named),
        TEST(unknown_option_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
