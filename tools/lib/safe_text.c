/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Escaping of foreign bytes, one character at a time. ASCII only, but for a
 * terminal whose locale says UTF-8: on an 8-bit terminal the bytes 0x80 to 0x9f
 * are control characters even inside valid UTF-8.
 */
#include "lib/safe_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_CHARACTER UINT32_MAX

/* As the C library chooses the locale of characters. */
static bool is_utf8_terminal(FILE *out)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;

    for (size_t i = 0; i < 3 && !(locale && *locale); i++) {
        locale = getenv(names[i]);
    }
    return locale &&
           (strcasestr(locale, "utf-8") || strcasestr(locale, "utf8")) &&
           fileno(out) >= 0 && isatty(fileno(out));
}

/*
 * The character at the start of `bytes` and how many bytes it has;
 * NO_CHARACTER for what is not the shortest UTF-8 of one.
 */
static uint32_t decode(const unsigned char *bytes, size_t nr_bytes,
                       size_t *nr_used)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t nr = bytes[0] >= 0xf0   ? 4
                : bytes[0] >= 0xe0 ? 3
                : bytes[0] >= 0xc0 ? 2
                                   : 1;
    uint32_t character = nr == 1 ? bytes[0] : bytes[0] & (0x7fU >> nr);

    if (nr > nr_bytes || bytes[0] >= 0xf8 || (nr == 1 && bytes[0] >= 0x80)) {
        return NO_CHARACTER;
    }
    for (size_t i = 1; i < nr; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return NO_CHARACTER;
        }
        character = character << 6 | (bytes[i] & 0x3f);
    }
    *nr_used = nr;
    return character < least[nr] ? NO_CHARACTER : character;
}

/* Neither a control, nor invisible, nor one that turns the writing round, nor
 * one whose look nobody can know. */
static bool is_plain(uint32_t character)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } others[] = {
        {0x7f, 0x9f},     {0xad, 0xad},       {0x300, 0x36f},
        {0x61c, 0x61c},   {0x115f, 0x1160},   {0x180b, 0x180f},
        {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},
        {0xd800, 0xf8ff}, {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},
        {0xfff0, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, UINT32_MAX},
    };

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (character >= others[i].first && character <= others[i].last) {
            return false;
        }
    }
    return character >= ' ';
}

size_t safe_print(FILE *out, const char *bytes, size_t nr_bytes)
{
    bool is_utf8 = is_utf8_terminal(out);
    size_t nr_columns = 0;
    size_t i = 0;

    while (i < nr_bytes) {
        size_t nr_used = 1;
        uint32_t character =
            decode((const unsigned char *)bytes + i, nr_bytes - i, &nr_used);

        if (character != NO_CHARACTER && is_plain(character) &&
            (is_utf8 || character <= '~')) {
            fwrite(bytes + i, 1, nr_used, out);
            nr_columns++;
        } else {
            nr_used = 1;
            fprintf(out, "\\x%02x", (unsigned char)bytes[i]);
            nr_columns += 4;
        }
        i += nr_used;
    }
    return nr_columns;
}
