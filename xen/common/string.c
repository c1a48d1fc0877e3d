// SPDX-License-Identifier: GPL-2.0
/*
 * C's memory and string functions. Bytes and terminated strings in, the same
 * out; eight bytes a step where both sides are plain memory. Built with loop
 * recognition off (xen/build.mk): the compiler would turn each of these loops
 * into a call of the function that it is in.
 */
#include <xen/string.h>

static uint64_t load_word(const void *from)
{
    uint64_t word;

    __builtin_memcpy(&word, from, sizeof(word));
    return word;
}

static void store_word(void *to, uint64_t word)
{
    __builtin_memcpy(to, &word, sizeof(word));
}

void *memcpy(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    for (; bytes >= sizeof(uint64_t); bytes -= sizeof(uint64_t)) {
        store_word(t, load_word(f));
        t += sizeof(uint64_t);
        f += sizeof(uint64_t);
    }
    while (bytes--) {
        *t++ = *f++;
    }
    return to;
}

/* Copies upwards when `to` lies before `from`: a load of eight bytes then
 * never follows a store into them. Downwards otherwise. */
void *memmove(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    if ((uintptr_t)to - (uintptr_t)from >= bytes) {
        return memcpy(to, from, bytes);
    }
    for (; bytes >= sizeof(uint64_t); bytes -= sizeof(uint64_t)) {
        store_word(t + bytes - sizeof(uint64_t),
                   load_word(f + bytes - sizeof(uint64_t)));
    }
    while (bytes--) {
        t[bytes] = f[bytes];
    }
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    const uint64_t word = (unsigned char)value * 0x0101010101010101ULL;
    char *t = to;

    for (; bytes >= sizeof(word); bytes -= sizeof(word)) {
        store_word(t, word);
        t += sizeof(word);
    }
    while (bytes--) {
        *t++ = (char)value;
    }
    return to;
}

static int compare_bytes(const unsigned char *a, const unsigned char *b,
                         size_t bytes)
{
    for (; bytes; bytes--, a++, b++) {
        if (*a != *b) {
            return *a < *b ? -1 : 1;
        }
    }
    return 0;
}

/* The first word that differs decides; the last one may overlap the one before
 * it, in bytes that are equal. */
int memcmp(const void *a, const void *b, size_t bytes)
{
    const unsigned char *x = a;
    const unsigned char *y = b;
    const size_t word = sizeof(uint64_t);
    size_t at = 0;

    if (bytes < word) {
        return compare_bytes(x, y, bytes);
    }
    while (at < bytes - word && load_word(x + at) == load_word(y + at)) {
        at += word;
    }
    at = at < bytes - word ? at : bytes - word;
    return load_word(x + at) == load_word(y + at)
               ? 0
               : compare_bytes(x + at, y + at, word);
}

void *memchr(const void *where, int value, size_t bytes)
{
    const unsigned char *w = where;

    for (; bytes; bytes--, w++) {
        if (*w == (unsigned char)value) {
            return (void *)w;
        }
    }
    return NULL;
}

static bool has_zero_byte(uint64_t word)
{
    return (word - 0x0101010101010101ULL) & ~word & 0x8080808080808080ULL;
}

/* Whole aligned words: one that goes past the string's end stays in its page,
 * so no sanitizer need object. */
__attribute__((__no_sanitize_address__)) size_t strlen(const char *s)
{
    const char *end = s;
    uint64_t word;

    for (; (uintptr_t)end % sizeof(word); end++) {
        if (!*end) {
            return end - s;
        }
    }
    for (;; end += sizeof(word)) {
        __builtin_memcpy(&word, end, sizeof(word));
        if (has_zero_byte(word)) {
            break;
        }
    }
    while (*end) {
        end++;
    }
    return end - s;
}

size_t strnlen(const char *s, size_t most)
{
    size_t length = 0;

    while (length < most && s[length]) {
        length++;
    }
    return length;
}

int strcmp(const char *a, const char *b)
{
    return strncmp(a, b, SIZE_MAX);
}

int strncmp(const char *a, const char *b, size_t most)
{
    for (; most; most--, a++, b++) {
        const unsigned char x = *a;
        const unsigned char y = *b;

        if (x != y) {
            return x < y ? -1 : 1;
        }
        if (!x) {
            break;
        }
    }
    return 0;
}

char *strchr(const char *s, int c)
{
    for (; *s != (char)c; s++) {
        if (!*s) {
            return NULL;
        }
    }
    return (char *)s;
}

char *strstr(const char *s, const char *what)
{
    const size_t length = strlen(what);

    for (; strncmp(s, what, length) != 0; s++) {
        if (!*s) {
            return NULL;
        }
    }
    return (char *)s;
}

size_t strlcpy(char *to, const char *from, size_t size)
{
    const size_t length = strlen(from);

    if (size) {
        const size_t kept = length < size ? length : size - 1;

        memcpy(to, from, kept);
        to[kept] = '\0';
    }
    return length;
}
