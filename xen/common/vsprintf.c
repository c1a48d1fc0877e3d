// SPDX-License-Identifier: GPL-2.0
/*
 * Formatted text: C's conversions for integers, strings, characters and
 * pointers, and the hypervisor's own (%ps, %pS, %*ph; see <xen/lib.h>). Takes
 * a format and its arguments, gives text in a buffer; takes no lock and
 * allocates nothing, so that any context may print. No floating point.
 */
#include <xen/ctype.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <asm/page.h>

/* Text goes to buf while there is room; length counts all of it. */
struct text {
    char *buf;
    size_t size;
    size_t length;
};

enum argument_size {
    SIZE_CHAR,
    SIZE_SHORT,
    SIZE_INT,
    SIZE_LONG, /* also long long, size_t, ptrdiff_t, intmax_t: 64 bits */
};

/* What stands between the % and the conversion's letter. */
struct spec {
    bool is_left;
    bool has_plus;
    bool has_space;
    bool has_hash;
    bool has_zero;
    int width;
    int precision; /* -1: none */
    enum argument_size size;
};

static void put_char(struct text *text, char c)
{
    if (text->length < text->size) {
        text->buf[text->length] = c;
    }
    text->length++;
}

static void put_repeated(struct text *text, char c, int times)
{
    while (times-- > 0) {
        put_char(text, c);
    }
}

static void put_bytes(struct text *text, const char *bytes, size_t nr)
{
    if (text->length < text->size) {
        memcpy(text->buf + text->length, bytes,
               min(nr, text->size - text->length));
    }
    text->length += nr;
}

/* A pointer into the first page is a null pointer with a member's offset. */
static void put_string(struct text *text, const struct spec *spec,
                       const char *s)
{
    size_t length;
    int padding;

    if ((uintptr_t)s < PAGE_SIZE) {
        s = "<NULL>";
    }
    length =
        spec->precision < 0 ? strlen(s) : strnlen(s, (size_t)spec->precision);
    padding = length < (size_t)spec->width ? spec->width - (int)length : 0;
    if (!spec->is_left) {
        put_repeated(text, ' ', padding);
    }
    put_bytes(text, s, length);
    if (spec->is_left) {
        put_repeated(text, ' ', padding);
    }
}

/* Puts the digits of value in front of `end`; returns how many. */
static int format_digits(char *end, uint64_t value, unsigned int base,
                         bool is_upper)
{
    const char *letters = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
    int nr = 0;

    for (; value; value /= base) {
        *--end = letters[value % base];
        nr++;
    }
    return nr;
}

struct number {
    uint64_t magnitude;
    unsigned int base;
    bool is_upper;
    char sign; /* '-', '+', ' ' or 0 */
    const char *prefix;
};

/* With sign, prefix, and zeros or blanks up to the width. */
static void put_padded(struct text *text, const struct spec *spec,
                       const struct number *number, const char *digits, int nr)
{
    const int prefix = (int)strlen(number->prefix);
    const int least = spec->precision < 0 ? 1 : spec->precision;
    const int used = prefix + (number->sign ? 1 : 0);
    int zeros = nr < least ? least - nr : 0;
    int padding;

    if (spec->has_zero && !spec->is_left && spec->precision < 0) {
        zeros = max(zeros, spec->width - used - nr);
    }
    padding = spec->width - used - zeros - nr;
    if (!spec->is_left) {
        put_repeated(text, ' ', padding);
    }
    if (number->sign) {
        put_char(text, number->sign);
    }
    put_bytes(text, number->prefix, prefix);
    put_repeated(text, '0', zeros);
    put_bytes(text, digits, nr);
    if (spec->is_left) {
        put_repeated(text, ' ', padding);
    }
}

static void put_number(struct text *text, const struct spec *spec,
                       const struct number *number)
{
    char digits[22]; /* 2^64 in octal */
    const int nr = format_digits(digits + sizeof(digits), number->magnitude,
                                 number->base, number->is_upper);
    const char *first = digits + sizeof(digits) - nr;

    if (nr && spec->width == 0 && spec->precision < 0 && !number->sign &&
        !number->prefix[0]) {
        put_bytes(text, first, nr);
    } else {
        put_padded(text, spec, number, first, nr);
    }
}

static void put_signed(struct text *text, const struct spec *spec,
                       int64_t value)
{
    const struct number number = {
        .magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value,
        .base = 10,
        .sign = value < 0         ? '-'
                : spec->has_plus  ? '+'
                : spec->has_space ? ' '
                                  : 0,
        .prefix = "",
    };

    put_number(text, spec, &number);
}

static void put_unsigned(struct text *text, const struct spec *spec,
                         uint64_t value, char letter)
{
    struct number number = {
        .magnitude = value,
        .base = letter == 'o'   ? 8
                : letter == 'u' ? 10
                                : 16,
        .is_upper = letter == 'X',
        .prefix = "",
    };

    if (spec->has_hash && value && number.base != 10) {
        number.prefix = letter == 'o' ? "0" : letter == 'x' ? "0x" : "0X";
    }
    put_number(text, spec, &number);
}

static void put_pointer(struct text *text, const struct spec *spec,
                        const void *pointer)
{
    struct spec full = *spec;

    if (full.precision < 0 && !full.width) {
        full.precision = 2 * sizeof(pointer);
    }
    put_unsigned(text, &full, (uintptr_t)pointer, 'x');
}

/* `name`, or `name+0x12/0x34`; ` [payload]` after a payload's symbol; the
 * bare address when there is no symbol. */
static void put_symbol(struct text *text, const struct spec *spec,
                       const void *pointer, bool has_offset)
{
    static const struct spec hex = {.precision = -1, .has_hash = true};
    char namebuf[KSYM_NAME_LEN + 1];
    unsigned long size;
    unsigned long offset;
    const char *name =
        symbols_lookup((unsigned long)pointer, &size, &offset, namebuf);

    if (!name) {
        put_pointer(text, spec, pointer);
        return;
    }
    put_bytes(text, name, strlen(name));
    if (has_offset) {
        put_char(text, '+');
        put_unsigned(text, &hex, offset, 'x');
        put_char(text, '/');
        put_unsigned(text, &hex, size, 'x');
    }
    if (name != namebuf) {
        put_bytes(text, " [", 2);
        put_bytes(text, namebuf, strlen(namebuf));
        put_char(text, ']');
    }
}

static void put_hex_bytes(struct text *text, const uint8_t *bytes, int nr)
{
    static const struct spec two = {.precision = 2};

    for (int i = 0; i < nr; i++) {
        if (i) {
            put_char(text, ' ');
        }
        put_unsigned(text, &two, bytes[i], 'x');
    }
}

/* Returns what follows the conversion: `fmt` is just behind the p. */
static const char *put_extended_pointer(struct text *text,
                                        const struct spec *spec,
                                        const char *fmt, const void *pointer)
{
    switch (*fmt) {
    case 's':
    case 'S':
        put_symbol(text, spec, pointer, *fmt == 'S');
        return fmt + 1;
    case 'h':
        put_hex_bytes(text, pointer, spec->width);
        return fmt + 1;
    default:
        put_pointer(text, spec, pointer);
        return fmt;
    }
}

static const char *parse_flags(const char *fmt, struct spec *spec)
{
    for (;; fmt++) {
        switch (*fmt) {
        case '-':
            spec->is_left = true;
            break;
        case '+':
            spec->has_plus = true;
            break;
        case ' ':
            spec->has_space = true;
            break;
        case '#':
            spec->has_hash = true;
            break;
        case '0':
            spec->has_zero = true;
            break;
        default:
            return fmt;
        }
    }
}

static const char *parse_decimal(const char *fmt, int *value)
{
    for (*value = 0; is_digit(*fmt); fmt++) {
        *value = *value * 10 + (*fmt - '0');
    }
    return fmt;
}

static const char *parse_size(const char *fmt, enum argument_size *size)
{
    *size = SIZE_INT;
    switch (*fmt) {
    case 'h':
        *size = fmt[1] == 'h' ? SIZE_CHAR : SIZE_SHORT;
        return fmt + (fmt[1] == 'h' ? 2 : 1);
    case 'l':
        *size = SIZE_LONG;
        return fmt + (fmt[1] == 'l' ? 2 : 1);
    case 'z':
    case 't':
    case 'j':
        *size = SIZE_LONG;
        return fmt + 1;
    default:
        return fmt;
    }
}

/* A va_list passed by value may or may not be advanced in the caller; in a
 * struct it always is. */
struct arguments {
    va_list list;
};

static const char *parse_spec(const char *fmt, struct spec *spec,
                              struct arguments *args)
{
    *spec = (struct spec){.precision = -1, .size = SIZE_INT};
    if (*fmt == 's' || *fmt == 'u') { /* as most of all there are */
        return fmt;
    }
    fmt = parse_flags(fmt, spec);
    if (*fmt == '*') {
        spec->width = va_arg(args->list, int);
        spec->is_left |= spec->width < 0;
        spec->width = spec->width < 0 ? -spec->width : spec->width;
        fmt++;
    } else {
        fmt = parse_decimal(fmt, &spec->width);
    }
    if (*fmt == '.' && fmt[1] == '*') {
        spec->precision = va_arg(args->list, int);
        fmt += 2;
    } else if (*fmt == '.') {
        fmt = parse_decimal(fmt + 1, &spec->precision);
    }
    return parse_size(fmt, &spec->size);
}

static int64_t next_signed(struct arguments *args, enum argument_size size)
{
    int value;

    if (size == SIZE_LONG) {
        return va_arg(args->list, long);
    }
    value = va_arg(args->list, int);
    return size == SIZE_CHAR    ? (signed char)value
           : size == SIZE_SHORT ? (short)value
                                : value;
}

static uint64_t next_unsigned(struct arguments *args, enum argument_size size)
{
    unsigned int value;

    if (size == SIZE_LONG) {
        return va_arg(args->list, unsigned long);
    }
    value = va_arg(args->list, unsigned int);
    return size == SIZE_CHAR    ? (unsigned char)value
           : size == SIZE_SHORT ? (unsigned short)value
                                : value;
}

/* One conversion; fmt is just behind the %. Returns what follows it. An
 * unknown letter is printed as it stands. */
static const char *put_conversion(struct text *text, const char *fmt,
                                  struct arguments *args)
{
    struct spec spec;

    fmt = parse_spec(fmt, &spec, args);
    switch (*fmt) {
    case 'd':
    case 'i':
        put_signed(text, &spec, next_signed(args, spec.size));
        break;
    case 'u':
    case 'x':
    case 'X':
    case 'o':
        put_unsigned(text, &spec, next_unsigned(args, spec.size), *fmt);
        break;
    case 's':
        put_string(text, &spec, va_arg(args->list, const char *));
        break;
    case 'p':
        return put_extended_pointer(text, &spec, fmt + 1,
                                    va_arg(args->list, const void *));
    case 'c': {
        const char c[2] = {(char)va_arg(args->list, int)};

        spec.precision = 1;
        put_string(text, &spec, c);
        break;
    }
    case '\0':
        return fmt;
    default:
        put_char(text, *fmt);
        break;
    }
    return fmt + 1;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list list)
{
    struct text text = {.buf = buf, .size = size};
    struct arguments args;

    va_copy(args.list, list);
    while (*fmt) {
        const char *run = fmt;

        while (*fmt && *fmt != '%') {
            fmt++;
        }
        put_bytes(&text, run, fmt - run);
        if (*fmt == '%') {
            fmt = put_conversion(&text, fmt + 1, &args);
        }
    }
    va_end(args.list);
    if (size) {
        buf[min(text.length, size - 1)] = '\0';
    }
    return (int)text.length;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
    va_list args;
    int length;

    va_start(args, fmt);
    length = vsnprintf(buf, size, fmt, args);
    va_end(args);
    return length;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
    va_list args;
    int length;

    va_start(args, fmt);
    length = vsnprintf(buf, size, fmt, args);
    va_end(args);
    return size ? min(length, (int)size - 1) : 0;
}
