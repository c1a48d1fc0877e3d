// SPDX-License-Identifier: GPL-2.0
/*
 * What the builder of payloads does with debugging information that nobody has
 * looked at: its types are read, what holds them is looked for, and they are
 * compared with themselves and with good ones (the first that could be read).
 * Memory is the sanitizers' to watch, a loop without an end libFuzzer's. What
 * is compared with itself has not changed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "beside.h"
#include "layout/changes.h"
#include "layout/held.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Types of one file. */
struct side {
    int file;
    char path[64];
    struct dwarf_object object;
    struct layout_types types;
};

static struct side tried, good;
static bool has_good;

static void give_up(const char *what)
{
    fprintf(stderr, "fuzz_layouts: %s\n", what);
    abort();
}

static void open_file(struct side *side)
{
    side->file = memfd_create("object", 0);
    if (side->file < 0) {
        give_up("no file");
    }
    snprintf(side->path, sizeof(side->path), "/proc/self/fd/%d", side->file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    keep_inputs_beside_target(argc, argv);
    open_file(&tried);
    open_file(&good);
    return 0;
}

static void close_side(struct side *side)
{
    layout_types_free(&side->types);
    dwarf_object_close(&side->object);
}

/* False: there is nothing to compare; closed. */
static bool read_side(struct side *side, const uint8_t *bytes, size_t size)
{
    const char *trouble;

    if (ftruncate(side->file, 0) ||
        pwrite(side->file, bytes, size, 0) != (ssize_t)size) {
        give_up("the file cannot be written");
    }
    dwarf_object_open(side->path, &side->object);
    if (!side->object.dwarf) {
        dwarf_object_close(&side->object);
        return false;
    }
    trouble = layout_types_read(&side->object, &side->types);
    if (trouble && !trouble[0]) {
        give_up("trouble without words");
    }
    if (trouble) {
        close_side(side);
    }
    return !trouble;
}

static bool is_replaced(void *arg, const char *function)
{
    (void)arg;
    return function[0] & 1;
}

static void count(void *arg, const struct layout_change *change)
{
    size_t *nr = arg;

    *nr += strlen(change->type) + strlen(change->reason) > 0;
}

static size_t count_changes(const struct side *before, const struct side *after)
{
    struct arena arena;
    size_t nr = 0;

    arena_open(&arena);
    layout_compare(&before->types, &after->types, &arena, count, &nr);
    arena_close(&arena);
    return nr;
}

static void look_who_holds(const struct side *side)
{
    struct held held;

    held_find(&side->object, is_replaced, NULL, &held);
    for (size_t i = 0; i < side->types.nr_types; i++) {
        held_has(&held, side->types.types[i].position);
    }
    held_free(&held);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!read_side(&tried, bytes, size)) {
        return 0;
    }
    if (count_changes(&tried, &tried)) {
        give_up("it differs from itself");
    }
    look_who_holds(&tried);
    if (has_good) {
        count_changes(&good, &tried);
        count_changes(&tried, &good);
    }
    close_side(&tried);
    if (!has_good) {
        has_good = read_side(&good, bytes, size);
    }
    return 0;
}
