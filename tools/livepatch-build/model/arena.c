// SPDX-License-Identifier: GPL-2.0
/*
 * Arenas on obstacks, and memory that is there or ends the program.
 */
#include "model/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_NO_MEMORY 1
/* The C library's macros reckon addresses from a null pointer. */
#define USES_OBSTACK __attribute__((no_sanitize("pointer-overflow")))

static void end_without_memory(void)
{
    fputs("livepatch-build: out of memory\n", stderr);
    exit(EXIT_NO_MEMORY);
}

void *memory_grow(void *old, size_t nr, size_t bytes)
{
    void *memory = reallocarray(old, nr ? nr : 1, bytes);

    if (!memory) {
        end_without_memory();
    }
    return memory;
}

void *memory_take(size_t nr, size_t bytes)
{
    void *memory = memory_grow(NULL, nr, bytes);

    memset(memory, 0, nr * bytes);
    return memory;
}

static void *chunk_take(size_t bytes)
{
    return memory_grow(NULL, 1, bytes);
}

#define obstack_chunk_alloc chunk_take
#define obstack_chunk_free free

USES_OBSTACK void arena_open(struct arena *arena)
{
    obstack_begin(&arena->stack, 1U << 16);
}

USES_OBSTACK void arena_close(struct arena *arena)
{
    obstack_free(&arena->stack, NULL);
}

USES_OBSTACK void *arena_take(struct arena *arena, size_t nr, size_t bytes)
{
    size_t total;
    void *memory;

    if (__builtin_mul_overflow(nr, bytes, &total) || total > INT32_MAX) {
        end_without_memory();
    }
    memory = obstack_alloc(&arena->stack, total);
    memset(memory, 0, total);
    return memory;
}

USES_OBSTACK char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;
    char *kept;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) {
        end_without_memory();
    }
    va_end(args);
    kept = obstack_copy0(&arena->stack, text, strlen(text));
    free(text);
    return kept;
}
