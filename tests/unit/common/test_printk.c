// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of messages and of the report of a panic, as the console shows them.
 */
#include "unit.h"
#include <asm/current.h>
#include <xen/console.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/string.h>

#include "fake_panic_arch.h"

#define STARS "(XEN) ****************************************\n"

static int clear_console(void **state)
{
    (void)state;
    if (!console_at_line_start()) {
        console_write("\n", 1);
    }
    fake_console_clear();
    return 0;
}

static void each_line_has_the_prefix(void **state)
{
    (void)state;
    printk("one\ntwo %d\n", 2);
    assert_string_equal(fake_console, "(XEN) one\n(XEN) two 2\n");
}

static void continued_line_has_one_prefix(void **state)
{
    (void)state;
    printk("one");
    printk(XENLOG_INFO " two\n");
    assert_string_equal(fake_console, "(XEN) one two\n");
}

static void debug_messages_are_left_out(void **state)
{
    (void)state;
    printk(XENLOG_ERR "error\n");
    printk(XENLOG_DEBUG "debug\n");
    printk(XENLOG_INFO "info\n");
    assert_string_equal(fake_console, "(XEN) error\n(XEN) info\n");
}

static void guests_messages_are_left_out_but_warnings(void **state)
{
    (void)state;
    printk(XENLOG_G_ERR "error\n");
    printk(XENLOG_G_WARNING "warning\n");
    printk(XENLOG_G_INFO "info\n");
    printk(XENLOG_GUEST "none\n");
    printk(XENLOG_G_DEBUG "debug\n");
    assert_string_equal(fake_console, "(XEN) error\n(XEN) warning\n");
}

static void linux_levels_are_the_nearest(void **state)
{
    (void)state;
    assert_string_equal(KERN_EMERG KERN_ALERT KERN_CRIT KERN_ERR,
                        "<0><0><0><0>");
    assert_string_equal(KERN_WARNING KERN_NOTICE KERN_INFO KERN_DEBUG,
                        "<1><2><2><3>");
}

/* Where the options begin of what is linked behind this file: printk.c's. */
extern const struct kernel_param loglvl_param;
__asm__(".pushsection .init.param, \"aw\"\n"
        ".balign 8\n"
        "loglvl_param:\n"
        ".popsection\n");

static const char *guests_messages_at(const char *loglvl)
{
    assert_int_equal(loglvl_param.parse(loglvl), 0);
    fake_console_clear();
    printk(XENLOG_G_ERR "error\n");
    printk(XENLOG_G_WARNING "warning\n");
    printk(XENLOG_G_DEBUG "debug\n");
    assert_int_equal(loglvl_param.parse("info"), 0);
    return fake_console;
}

static void loglvl_is_for_guests_messages_too(void **state)
{
    (void)state;
    assert_string_equal(guests_messages_at("error"), "(XEN) error\n");
    assert_string_equal(guests_messages_at("info"),
                        "(XEN) error\n(XEN) warning\n");
    assert_string_equal(guests_messages_at("debug"),
                        "(XEN) error\n(XEN) warning\n(XEN) debug\n");
}

static void long_message_ends_with_a_mark(void **state)
{
    char text[2000];

    (void)state;
    memset(text, 'a', sizeof(text));
    printk("%.*s\n", (int)sizeof(text), text);
    assert_int_equal(strlen(fake_console), strlen("(XEN) ") + 1023);
    assert_string_equal(fake_console + strlen(fake_console) - 5, "a...\n");
}

static void panic_plainly(void)
{
    panic("no way on: %d\n", 7);
}

static void panic_reports_cpu_message_and_backtrace(void **state)
{
    (void)state;
    fake_cpu = 2;
    assert_string_equal(console_of_panic(panic_plainly),
                        "taken back\n" STARS "(XEN) Panic on CPU 2:\n"
                        "(XEN) no way on: 7\nbacktrace\n" STARS);
    fake_cpu = 0;
}

static void panic_while_another_cpu_prints(void)
{
    fake_cpu = 1;
    console_lock();
    console_write("half a li", 9);
    fake_cpu = 0;
    panic("stuck");
}

static void panic_breaks_into_a_line_of_another_cpu(void **state)
{
    (void)state;
    assert_string_equal(console_of_panic(panic_while_another_cpu_prints),
                        "half a litaken back\n" STARS "(XEN) Panic on CPU 0:\n"
                        "(XEN) stuck\nbacktrace\n" STARS);
}

static void panic_in_backtrace(void)
{
    panic("second\n");
}

static void panic_in_the_report_ends_it(void **state)
{
    (void)state;
    fake_backtrace = panic_in_backtrace;
    assert_string_equal(console_of_panic(panic_plainly),
                        "taken back\n" STARS "(XEN) Panic on CPU 0:\n"
                        "(XEN) no way on: 7\n"
                        "(XEN) Panic while reporting a panic\n");
    fake_backtrace = NULL;
}

int main(void)
{
#define console_test(f) cmocka_unit_test_setup(f, clear_console)
    const struct CMUnitTest tests[] = {
        console_test(each_line_has_the_prefix),
        console_test(continued_line_has_one_prefix),
        console_test(debug_messages_are_left_out),
        console_test(guests_messages_are_left_out_but_warnings),
        console_test(linux_levels_are_the_nearest),
        console_test(loglvl_is_for_guests_messages_too),
        console_test(long_message_ends_with_a_mark),
        console_test(panic_reports_cpu_message_and_backtrace),
        console_test(panic_breaks_into_a_line_of_another_cpu),
        console_test(panic_in_the_report_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
