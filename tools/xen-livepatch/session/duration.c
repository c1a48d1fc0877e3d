/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Digits, then a unit of a table. No sign, no fraction, no blanks: "1.5s" is
 * written 1500ms.
 */
#include "session/duration.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *suffix;
    uint64_t ns;
} units[] = {
    {"ns", 1},         {"us", 1000},         {"ms", 1000000},
    {"s", 1000000000}, {"min", 60000000000}, {"h", 3600000000000},
};

/* 0 when there is no such unit. */
static uint64_t find_unit(const char *suffix)
{
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (!strcmp(suffix, units[i].suffix)) {
            return units[i].ns;
        }
    }
    return 0;
}

int duration_parse(const char *text, uint64_t *ns)
{
    size_t nr_digits = strspn(text, "0123456789");
    uint64_t unit = find_unit(text + nr_digits);
    uint64_t number = 0;

    if (!nr_digits || !unit) {
        return -EINVAL;
    }
    for (size_t i = 0; i < nr_digits; i++) {
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(text[i] - '0'),
                                   &number)) {
            return -ERANGE;
        }
    }
    if (__builtin_mul_overflow(number, unit, &number)) {
        return -ERANGE;
    }
    *ns = number;
    return 0;
}
