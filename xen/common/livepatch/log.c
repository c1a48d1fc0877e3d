// SPDX-License-Identifier: GPL-2.0
/*
 * Lines for the log. Names in them come from payloads and from dom0: what such
 * a name holds can neither begin a line of its own nor reach a terminal as a
 * command.
 */
#include "log.h"

#include <xen/string.h>

#define LINE_BYTES 512

static bool is_dry_run;

void lp_log_dry_run(bool is_one)
{
    is_dry_run = is_one;
}

const char *lp_log_mark(void)
{
    return is_dry_run ? " (dry run)" : "";
}

/* The level that a format begins with ("<0>"), as a format for whole lines. */
static const char *line_format(char level)
{
    static const char *const formats[] = {
        XENLOG_ERR "%s%s%s\n", XENLOG_WARNING "%s%s%s\n",
        XENLOG_INFO "%s%s%s\n", XENLOG_DEBUG "%s%s%s\n"};

    return formats[min((size_t)(uint8_t)(level - '0'),
                       ARRAY_SIZE(formats) - 1)];
}

static void replace_controls(char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if ((uint8_t)text[i] < ' ' || text[i] == 0x7f) {
            text[i] = '?';
        }
    }
}

const char *lp_log_name(const char *name, char text[XEN_LIVEPATCH_NAME_SIZE])
{
    const size_t bytes = strlcpy(text, name, XEN_LIVEPATCH_NAME_SIZE);

    replace_controls(text, min(bytes, (size_t)XEN_LIVEPATCH_NAME_SIZE - 1));
    return text;
}

/* A line of ours begins with our name; the mark goes behind that. */
static void print_line(const char *format, const char *line)
{
    static const char subject[] = "livepatch";
    const size_t bytes = sizeof(subject) - 1;
    const bool is_ours = !strncmp(line, subject, bytes);

    printk(format, is_ours ? subject : "", is_ours ? lp_log_mark() : "",
           line + (is_ours ? bytes : 0));
}

void livepatch_log(const char *fmt, ...)
{
    static const char cut_mark[] = "...";
    const size_t level_bytes = sizeof(XENLOG_ERR) - 1;
    char line[LINE_BYTES];
    va_list args;
    size_t bytes;

    va_start(args, fmt);
    bytes = vsnprintf(line, sizeof(line), fmt + level_bytes, args);
    va_end(args);
    if (bytes >= sizeof(line)) {
        bytes = sizeof(line) - 1;
        strlcpy(line + sizeof(line) - sizeof(cut_mark), cut_mark,
                sizeof(cut_mark));
    }
    replace_controls(line, bytes);
    print_line(line_format(fmt[1]), line);
}
