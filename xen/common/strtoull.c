// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers from text: the hypervisor's command line is read with this.
 */
#include <xen/ctype.h>
#include <xen/lib.h>

/* The value of a digit of any base, or 16 when c is none. */
static unsigned int digit_value(char c)
{
    if (is_digit(c)) {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16;
}

static bool has_hex_prefix(const char *text)
{
    return text[0] == '0' && (text[1] | 0x20) == 'x' &&
           digit_value(text[2]) < 16;
}

/* Stays at the highest number there is once that is passed. */
static unsigned long append_digit(unsigned long value, unsigned int base,
                                  unsigned int digit)
{
    if (__builtin_mul_overflow(value, (unsigned long)base, &value) ||
        __builtin_add_overflow(value, (unsigned long)digit, &value)) {
        return ~0UL;
    }
    return value;
}

unsigned long simple_strtoull(const char *text, const char **end,
                              unsigned int base)
{
    unsigned long value = 0;

    if ((base == 0 || base == 16) && has_hex_prefix(text)) {
        text += 2;
        base = 16;
    } else if (base == 0) {
        base = text[0] == '0' ? 8 : 10;
    }
    for (; digit_value(*text) < base; text++) {
        value = append_digit(value, base, digit_value(*text));
    }
    if (end) {
        *end = text;
    }
    return value;
}
