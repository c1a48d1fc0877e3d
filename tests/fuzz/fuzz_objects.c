// SPDX-License-Identifier: GPL-2.0
/*
 * What the builder of payloads does with an object that nobody has looked at:
 * it is read, cut, and compared with itself and with a good one (the first that
 * could be read). Memory outside of the file is the sanitizers' to watch, a
 * loop without an end libFuzzer's. An object that is refused is told why; one
 * that is compared with itself has not changed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "beside.h"
#include "diff/diff.h"
#include "match/match.h"
#include "model/piece.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int file;
static char path[64];
static FILE *err;
static char *said;
static size_t nr_said;

static void give_up(const char *what)
{
    fprintf(stderr, "fuzz_objects: %s\n", what);
    abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    keep_inputs_beside_target(argc, argv);
    file = memfd_create("object", 0);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    err = open_memstream(&said, &nr_said);
    if (file < 0 || !err) {
        give_up("no file");
    }
    return 0;
}

static void set_file(const uint8_t *bytes, size_t size)
{
    if (ftruncate(file, 0) || pwrite(file, bytes, size, 0) != (ssize_t)size) {
        give_up("the file cannot be written");
    }
}

/* False: refused, with words. */
static bool open_object(struct object *object)
{
    int rc;

    rewind(err);
    rc = object_open(path, object, err);
    if (!rc) {
        rc = pieces_cut(object, err);
        if (rc) {
            object_close(object);
        }
    }
    fflush(err);
    if (rc && !nr_said) {
        give_up("a refusal without words");
    }
    return rc == 0;
}

static size_t count_differences(struct object *before, struct object *after)
{
    struct differences differences;
    size_t nr;

    match_objects(before, after);
    diff_objects(before, after, &differences);
    nr = differences.nr;
    differences_free(&differences);
    return nr;
}

/* The first good object stays, to be compared with all that follow. */
static void compare_with_a_good_one(const uint8_t *bytes, size_t size)
{
    static uint8_t *good;
    static size_t good_size;
    struct object before;
    struct object after;

    if (!good) {
        good = malloc(size);
        good_size = size;
        memcpy(good, bytes, size);
        return;
    }
    set_file(good, good_size);
    if (!open_object(&before)) {
        give_up("what was good is not");
    }
    set_file(bytes, size);
    if (open_object(&after)) {
        if (before.machine == after.machine) {
            count_differences(&before, &after);
        }
        object_close(&after);
    }
    object_close(&before);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct object before;
    struct object after;

    set_file(bytes, size);
    if (!open_object(&before)) {
        return 0;
    }
    if (!open_object(&after)) {
        give_up("the same file is refused the second time");
    }
    count_differences(&before, &after);
    object_close(&before);
    object_close(&after);
    compare_with_a_good_one(bytes, size);
    return 0;
}
