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

#define WORD sizeof(uint64_t)
#define EACH_BYTE 0x0101010101010101ULL
#define HIGH_BITS (EACH_BYTE << 7)

/* Whether one of a word's bytes may be less than ' ', or 0x7f. */
static bool may_hold_control(const char *text)
{
    uint64_t word, deletes;

    __builtin_memcpy(&word, text, sizeof(word));
    deletes = word ^ EACH_BYTE * 0x7f;
    return (((word - EACH_BYTE * ' ') & ~word) |
            ((deletes - EACH_BYTE) & ~deletes)) &
           HIGH_BITS;
}

static void replace_each_control(char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if ((uint8_t)text[i] < ' ' || text[i] == 0x7f) {
            text[i] = '?';
        }
    }
}

static void replace_controls(char *text, size_t bytes)
{
    for (; bytes >= WORD; text += WORD, bytes -= WORD) {
        if (may_hold_control(text)) {
            replace_each_control(text, WORD);
        }
    }
    replace_each_control(text, bytes);
}

const char *lp_log_name(const char *name, char text[XEN_LIVEPATCH_NAME_SIZE])
{
    const size_t bytes = strlcpy(text, name, XEN_LIVEPATCH_NAME_SIZE);

    replace_controls(text, min(bytes, (size_t)XEN_LIVEPATCH_NAME_SIZE - 1));
    return text;
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
    printk(line_format(fmt[1]), line);
}
