/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Escaping of foreign bytes, one at a time. ASCII only: on an 8-bit terminal
 * the bytes 0x80 to 0x9f are control characters even inside valid UTF-8.
 */
#include "lib/safe_text.h"

static int is_printable(char c)
{
    return c >= ' ' && c <= '~';
}

size_t safe_print(FILE *out, const char *bytes, size_t nr_bytes)
{
    size_t nr_columns = 0;

    for (size_t i = 0; i < nr_bytes; i++) {
        if (is_printable(bytes[i])) {
            fputc(bytes[i], out);
            nr_columns++;
        } else {
            fprintf(out, "\\x%02x", (unsigned char)bytes[i]);
            nr_columns += 4;
        }
    }
    return nr_columns;
}
