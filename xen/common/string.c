// SPDX-License-Identifier: GPL-2.0
/*
 * C's memory and string functions. Bytes and terminated strings in, the same
 * out; a word or a block of them a step where that reads no byte too many.
 * Built with loop recognition off (xen/build.mk): the compiler would turn each
 * of these loops into a call of the function that it is in.
 */
#include <xen/compiler.h>
#include <xen/string.h>

#define WORD sizeof(uint64_t)
#define BLOCK (4 * WORD)
#define EACH_BYTE 0x0101010101010101ULL

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

static void copy_block(char *to, const char *from)
{
    store_word(to, load_word(from));
    store_word(to + WORD, load_word(from + WORD));
    store_word(to + 2 * WORD, load_word(from + 2 * WORD));
    store_word(to + 3 * WORD, load_word(from + 3 * WORD));
}

/* Less than a word, upwards. */
static void copy_rest(char *to, const char *from, size_t bytes)
{
    if (bytes & 4) {
        __builtin_memcpy(to, from, 4);
        to += 4;
        from += 4;
    }
    if (bytes & 2) {
        __builtin_memcpy(to, from, 2);
        to += 2;
        from += 2;
    }
    if (bytes & 1) {
        *to = *from;
    }
}

void *memcpy(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    for (; bytes >= BLOCK; bytes -= BLOCK) {
        copy_block(t, f);
        t += BLOCK;
        f += BLOCK;
    }
    for (; bytes >= WORD; bytes -= WORD) {
        store_word(t, load_word(f));
        t += WORD;
        f += WORD;
    }
    copy_rest(t, f, bytes);
    return to;
}

/* Copies upwards when `to` lies before `from`: no byte is then stored to before
 * it is loaded. Downwards otherwise. */
void *memmove(void *to, const void *from, size_t bytes)
{
    char *t = to;
    const char *f = from;

    if ((uintptr_t)to - (uintptr_t)from >= bytes) {
        return memcpy(to, from, bytes);
    }
    for (; bytes >= WORD; bytes -= WORD) {
        store_word(t + bytes - WORD, load_word(f + bytes - WORD));
    }
    while (bytes--) {
        t[bytes] = f[bytes];
    }
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    const uint64_t word = (unsigned char)value * EACH_BYTE;
    char *t = to;

    for (; bytes >= BLOCK; bytes -= BLOCK) {
        store_word(t, word);
        store_word(t + WORD, word);
        store_word(t + 2 * WORD, word);
        store_word(t + 3 * WORD, word);
        t += BLOCK;
    }
    for (; bytes >= WORD; bytes -= WORD) {
        store_word(t, word);
        t += WORD;
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
    size_t at = 0;

    if (bytes < WORD) {
        return compare_bytes(x, y, bytes);
    }
    while (at < bytes - WORD && load_word(x + at) == load_word(y + at)) {
        at += WORD;
    }
    at = at < bytes - WORD ? at : bytes - WORD;
    return load_word(x + at) == load_word(y + at)
               ? 0
               : compare_bytes(x + at, y + at, WORD);
}

/* The highest bit of each zero byte of the word, up to the first such byte; in
 * bytes behind it bits may be set that mean nothing. 0: no byte is zero. */
static uint64_t mark_zero_bytes(uint64_t word)
{
    return (word - EACH_BYTE) & ~word & (EACH_BYTE << 7);
}

/* Where in memory, which is little endian, the first mark's byte is. */
static unsigned int first_marked(uint64_t marks)
{
    return __builtin_ctzll(marks) / 8;
}

void *memchr(const void *where, int value, size_t bytes)
{
    const uint64_t word = (unsigned char)value * EACH_BYTE;
    const unsigned char *w = where;

    for (; bytes >= WORD; bytes -= WORD, w += WORD) {
        const uint64_t marks = mark_zero_bytes(load_word(w) ^ word);

        if (marks) {
            return (void *)(w + first_marked(marks));
        }
    }
    for (; bytes; bytes--, w++) {
        if (*w == (unsigned char)value) {
            return (void *)w;
        }
    }
    return NULL;
}

/* Whole aligned words: bytes before the string and behind it are of the page
 * that the string is in, so no sanitizer need object. Those before it are made
 * not to be zero. */
__attribute__((__no_sanitize_address__)) static always_inline size_t
find_end(const char *s, size_t most)
{
    const size_t before = (uintptr_t)s % WORD;
    const char *at = s - before;
    uint64_t word, marks;

    if (most == 0) {
        return 0;
    }
    __builtin_memcpy(&word, at, sizeof(word));
    marks = mark_zero_bytes(word | ~(UINT64_MAX << 8 * before));
    while (!marks) {
        at += WORD;
        if ((size_t)(at - s) >= most) {
            return most;
        }
        __builtin_memcpy(&word, at, sizeof(word));
        marks = mark_zero_bytes(word);
    }
    at += first_marked(marks);
    return (size_t)(at - s) < most ? (size_t)(at - s) : most;
}

__attribute__((__no_sanitize_address__)) size_t strnlen(const char *s,
                                                        size_t most)
{
    return find_end(s, most);
}

__attribute__((__no_sanitize_address__)) size_t strlen(const char *s)
{
    return find_end(s, SIZE_MAX);
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

char *strrchr(const char *s, int c)
{
    const char *found = NULL;

    do {
        if (*s == (char)c) {
            found = s;
        }
    } while (*s++);
    return (char *)found;
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
