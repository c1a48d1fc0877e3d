/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Run by run of hexadecimal digits. One that is too long for an address, as a
 * build-id is, is left alone; so is one that is part of a word.
 */
#include "lib/loader/linked_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MIN 9 /* all windows lie above 4 GiB */
#define DIGITS_MAX 16

/* Adds so many characters of `from`; gives where the next ones go. */
static size_t add(char *text, size_t nr_bytes, size_t at, const char *from,
                  size_t length)
{
    size_t room = nr_bytes - 1 - at;
    size_t nr = length < room ? length : room;

    memcpy(text + at, from, nr);
    text[at + nr] = '\0';
    return at + nr;
}

/* How many characters of `line` are one run. */
static size_t run_of(const char *line, bool *is_hex)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = strspn(line, digits);

    *is_hex = length && !isalnum((unsigned char)line[length]);
    if (!*is_hex) {
        while (isalnum((unsigned char)line[length])) {
            length++;
        }
    }
    return length || !line[0] ? length : 1;
}

void linked_text(const struct image *image, const char *line, char *text,
                 size_t nr_bytes)
{
    size_t at = 0;

    text[0] = '\0';
    while (*line) {
        bool has_prefix = line[0] == '0' && line[1] == 'x';
        char number[DIGITS_MAX + 1];
        uint64_t address;
        size_t length;
        bool is_hex;

        if (has_prefix) {
            at = add(text, nr_bytes, at, line, 2);
            line += 2;
        }
        length = run_of(line, &is_hex);
        address = is_hex ? strtoull(line, NULL, 16) : 0;
        if (is_hex && length >= DIGITS_MIN && length <= DIGITS_MAX &&
            image_is_mapped(image, address)) {
            snprintf(number, sizeof(number), "%0*" PRIx64, (int)length,
                     image_to_linked(image, address));
            at = add(text, nr_bytes, at, number, strlen(number));
        } else {
            at = add(text, nr_bytes, at, line, length);
        }
        line += length;
    }
}
