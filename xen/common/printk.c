// SPDX-License-Identifier: GPL-2.0
/*
 * Messages: printk() gives each line of a formatted text to the console if
 * its level is wanted; panic() stops the machine with a report. Both work from
 * any context. The option loglvl=error|warning|info|debug|all says which
 * messages are wanted.
 */
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/panic.h>
#include <xen/smp.h>
#include <xen/string.h>

#define LINE_PREFIX "(XEN) "
#define MESSAGE_BYTES 1024

static const char *const level_names[] = {"error", "warning", "info", "debug"};

#define LEVEL_WARNING 1u
#define LEVEL_INFO 2u
#define LEVEL_DEBUG 3u

static unsigned int most_verbose_level = LEVEL_INFO;

static int __init parse_loglvl(const char *value)
{
    if (strcmp(value, "all") == 0) {
        most_verbose_level = LEVEL_DEBUG;
        return 0;
    }
    for (unsigned int i = 0; i < ARRAY_SIZE(level_names); i++) {
        if (strcmp(value, level_names[i]) == 0) {
            most_verbose_level = i;
            return 0;
        }
    }
    return -EINVAL;
}
custom_param("loglvl", parse_loglvl);

/* The last level that is wanted, of messages that a guest causes or others. */
static unsigned int most_verbose_of(bool is_guests)
{
    return is_guests && most_verbose_level < LEVEL_DEBUG
               ? min(most_verbose_level, LEVEL_WARNING)
               : most_verbose_level;
}

/* Steps over a message's marks; one without a level is for information. */
static const char *parse_level(const char *text, bool *is_wanted)
{
    const bool is_guests = text[0] == XENLOG_GUEST[0] &&
                           text[1] == XENLOG_GUEST[1] &&
                           text[2] == XENLOG_GUEST[2];
    unsigned int level = LEVEL_INFO;

    if (is_guests) {
        text += 3;
    }
    if (text[0] == '<' && text[1] >= '0' && text[1] <= '3' && text[2] == '>') {
        level = text[1] - '0';
        text += 3;
    }
    *is_wanted = level <= most_verbose_of(is_guests);
    return text;
}

static void write_lines(const char *text, size_t length)
{
    while (length) {
        const char *newline = memchr(text, '\n', length);
        const size_t bytes = newline ? (size_t)(newline - text) + 1 : length;

        if (console_at_line_start()) {
            console_write(LINE_PREFIX, strlen(LINE_PREFIX));
        }
        console_write(text, bytes);
        text += bytes;
        length -= bytes;
    }
}

void vprintk(const char *fmt, va_list args)
{
    static const char cut_mark[] = "...\n";
    char message[MESSAGE_BYTES];
    bool is_wanted, was_taken;
    size_t length;

    fmt = parse_level(fmt, &is_wanted);
    if (!is_wanted) {
        return;
    }
    length = vsnprintf(message, sizeof(message), fmt, args);
    if (length >= sizeof(message)) {
        length = sizeof(message) - 1;
        strlcpy(message + sizeof(message) - sizeof(cut_mark), cut_mark,
                sizeof(cut_mark));
    }
    was_taken = console_lock();
    write_lines(message, length);
    console_unlock(was_taken);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}

static void end_line(void)
{
    if (!console_at_line_start()) {
        console_write("\n", 1);
    }
}

/* arch_halt_all() returns to one pCPU only; a second time when the report
 * itself panics, which then has said all that it can. */
void panic(const char *fmt, ...)
{
    static bool is_reporting;
    va_list args;

    arch_halt_all();
    if (is_reporting) {
        printk(XENLOG_ERR "Panic while reporting a panic\n");
        arch_panic_end();
    }
    is_reporting = true;
    console_break_lock();
    console_take_back();

    end_line();
    printk(XENLOG_ERR "****************************************\n"
                      "Panic on CPU %u:\n",
           smp_processor_id());
    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
    end_line();
    arch_dump_backtrace();
    printk(XENLOG_ERR "****************************************\n");
    arch_panic_end();
}
