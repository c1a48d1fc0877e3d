// SPDX-License-Identifier: GPL-2.0
/*
 * Lines for the log. Names in them come from payloads and from dom0: what such
 * a name holds can neither begin a line of its own nor reach a terminal as a
 * command.
 */
#include "log.h"

#include <xen/string.h>

#define LINE_BYTES 512

/* The level that a format begins with ("<0>"), as a format for whole lines. */
static const char *line_format(char level)
{
    static const char *const formats[] = {
        XENLOG_ERR "%s\n", XENLOG_WARNING "%s\n", XENLOG_INFO "%s\n",
        XENLOG_DEBUG "%s\n"};

    return formats[level - '0'];
}

static void replace_control_characters(char *text)
{
    for (; *text; text++) {
        if ((uint8_t)*text < ' ' || *text == 0x7f) {
            *text = '?';
        }
    }
}

void livepatch_log(const char *fmt, ...)
{
    static const char cut_mark[] = "...";
    const size_t level_bytes = sizeof(XENLOG_ERR) - 1;
    char line[LINE_BYTES];
    va_list args;

    va_start(args, fmt);
    if (vsnprintf(line, sizeof(line), fmt + level_bytes, args) >=
        (int)sizeof(line)) {
        strlcpy(line + sizeof(line) - sizeof(cut_mark), cut_mark,
                sizeof(cut_mark));
    }
    va_end(args);
    replace_control_characters(line);
    printk(line_format(fmt[1]), line);
}
