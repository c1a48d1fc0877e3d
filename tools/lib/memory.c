/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that is there, and lists of texts in it. */
#include "lib/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void no_memory(void)
{
    fprintf(stderr, "%s: no memory\n", program_invocation_short_name);
    exit(1);
}

static void *check_there(void *memory)
{
    if (memory == NULL) {
        no_memory();
    }
    return memory;
}

void *must_alloc(size_t bytes)
{
    return must_alloc_items(1, bytes);
}

void *must_alloc_items(size_t nr, size_t item_bytes)
{
    return check_there(
        calloc(nr != 0 ? nr : 1, item_bytes != 0 ? item_bytes : 1));
}

void *must_resize(void *items, size_t nr, size_t item_bytes)
{
    return check_there(reallocarray(items, nr != 0 ? nr : 1, item_bytes));
}

char *must_copy(const char *text)
{
    return check_there(strdup(text));
}

char *must_format(const char *format, ...)
{
    va_list words;
    char *text = NULL;

    va_start(words, format);
    if (vasprintf(&text, format, words) < 0) {
        text = NULL;
    }
    va_end(words);
    return check_there(text);
}

void text_list_take(struct text_list *list, char *text)
{
    /* Room doubles: it is a power of two whenever it is full. */
    if ((list->nr & (list->nr + 1)) == 0) {
        list->items =
            must_resize(list->items, 2 * (list->nr + 1), sizeof(*list->items));
    }
    list->items[list->nr++] = text;
    list->items[list->nr] = NULL;
}

void text_list_add(struct text_list *list, const char *text)
{
    text_list_take(list, must_copy(text));
}

bool text_list_has(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->nr; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void text_list_sort(struct text_list *list)
{
    if (list->nr > 1) {
        qsort(list->items, list->nr, sizeof(*list->items), compare_texts);
    }
}

void text_list_free(struct text_list *list)
{
    for (size_t i = 0; i < list->nr; i++) {
        free(list->items[i]);
    }
    free(list->items);
    *list = (struct text_list){0};
}
