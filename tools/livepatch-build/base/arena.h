/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is freed at once, with the object that it belongs to: an obstack
 * of the C library. A program that has no memory left ends, with a message.
 */
#ifndef BUILDER_ARENA_H
#define BUILDER_ARENA_H

#include <obstack.h>
#include <stddef.h>

struct arena {
    struct obstack stack;
};

void arena_open(struct arena *arena);
void arena_close(struct arena *arena);

/* Zeroed; aligned for any type. nr * bytes may not overflow: the program ends
 * then, too. */
void *arena_take(struct arena *arena, size_t nr, size_t bytes);
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
