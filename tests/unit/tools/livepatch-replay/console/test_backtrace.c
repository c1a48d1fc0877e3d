/* SPDX-License-Identifier: GPL-2.0 */
/* Where CPUs are, by the symbols of a file: those of this very program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "console/backtrace.h"

#define OWN_FILE "/proc/self/exe"

extern const char __executable_start[];

static struct text_list notes;

/* Something with a name. */
int caller_of_all(int number);
int caller_of_all(int number)
{
    return number + 1;
}

/* As the file has it, which is linked to 0. */
static unsigned long address_of_caller(void)
{
    return (uintptr_t)&caller_of_all - (uintptr_t)__executable_start;
}

static void trace(const char *xen_syms, char *registers)
{
    backtrace_add(registers, xen_syms, &notes, stderr);
    free(registers);
}

static int tear_down(void **state)
{
    (void)state;
    text_list_free(&notes);
    return 0;
}

static void place_is_told_by_name(void **state)
{
    (void)state;
    trace(OWN_FILE, must_format("CPU#3\r\nRAX=0\r\nRIP=%016lx RFL=2\r\n",
                                address_of_caller() + 2));
    assert_int_equal(notes.nr, 1);
    assert_string_equal(notes.items[0], "CPU 3: caller_of_all+0x2");
}

static void calls_on_the_stack_are_told_of_their_own_cpu(void **state)
{
    (void)state;
    trace(
        OWN_FILE,
        must_format("CPU#0\r\nRIP=ffffffff9e47c467 \r\nCPU#1\r\nRIP=%016lx\r\n"
                    "\n" BACKTRACE_STACK_OF "0\n\n" BACKTRACE_STACK_OF
                    "1\nffff: 0x0 0x%lx\r\nffff: 0x1\n",
                    address_of_caller(), address_of_caller() + 1));
    assert_int_equal(notes.nr, 3);
    assert_string_equal(notes.items[0], "CPU 0: ffffffff9e47c467, in dom0");
    assert_string_equal(notes.items[1], "CPU 1: caller_of_all+0x0");
    assert_string_equal(notes.items[2], "    on its stack: caller_of_all+0x1");
}

static void beginning_of_a_function_is_no_return_address(void **state)
{
    (void)state;
    trace(OWN_FILE, must_format("CPU#0\nRIP=%016lx\n" BACKTRACE_STACK_OF
                                "0\nffff: 0x%lx\n",
                                address_of_caller(), address_of_caller()));
    assert_int_equal(notes.nr, 1);
}

static void place_near_the_code_is_a_payloads(void **state)
{
    (void)state;
    trace(OWN_FILE, must_format("CPU#0\nRIP=%016lx\n", 0x3ffff000UL));
    assert_string_equal(notes.items[0],
                        "CPU 0: 000000003ffff000, in none of the hypervisor's "
                        "own functions: in a payload's");
}

static void without_symbols_places_are_numbers(void **state)
{
    (void)state;
    trace(NULL, must_format("CPU#0\nRIP=%016lx\n" BACKTRACE_STACK_OF
                            "0\nffff: 0x%lx\n",
                            0xffff82d040201000UL, address_of_caller() + 1));
    assert_int_equal(notes.nr, 1);
    assert_string_equal(notes.items[0], "CPU 0: ffff82d040201000");
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(place_is_told_by_name),
        TEST(calls_on_the_stack_are_told_of_their_own_cpu),
        TEST(beginning_of_a_function_is_no_return_address),
        TEST(place_near_the_code_is_a_payloads),
        TEST(without_symbols_places_are_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
