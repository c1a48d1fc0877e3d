// SPDX-License-Identifier: GPL-2.0
/* Arenas on obstacks. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"

/* The C library's macros reckon addresses from a null pointer. */
#define USES_OBSTACK __attribute__((no_sanitize("pointer-overflow")))

static void *chunk_take(size_t bytes)
{
    return must_resize(NULL, 1, bytes);
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
        no_memory();
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
        no_memory();
    }
    va_end(args);
    kept = obstack_copy0(&arena->stack, text, strlen(text));
    free(text);
    return kept;
}
