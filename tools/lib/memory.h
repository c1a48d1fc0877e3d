/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is there: a command that builds things has nothing to do without
 * it, so where there is none the program says so and ends with status 1. What
 * a killed run leaves behind, the next run removes. Free the results with
 * free(), lists with text_list_free().
 */
#ifndef TOOLS_MEMORY_H
#define TOOLS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Ends the program, with a message. */
void no_memory(void) __attribute__((noreturn));

void *must_alloc(size_t bytes);                       /* zeroed */
void *must_alloc_items(size_t nr, size_t item_bytes); /* zeroed */

/* `items` with room for `nr` items of `item_bytes` each. */
void *must_resize(void *items, size_t nr, size_t item_bytes);

char *must_copy(const char *text);
char *must_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Texts in their order; all zero: none. */
struct text_list {
    char **items; /* ends with a NULL once there is an item */
    size_t nr;
};

void text_list_add(struct text_list *list, const char *text); /* a copy */
void text_list_take(struct text_list *list, char *text);      /* as it is */
bool text_list_has(const struct text_list *list, const char *text);
void text_list_sort(struct text_list *list); /* by bytes */
void text_list_free(struct text_list *list);

#endif
