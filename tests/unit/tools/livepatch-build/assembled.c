/* SPDX-License-Identifier: GPL-2.0 */
/* The assembler, on a file of the test's, and the product's reader. */
#include "assembled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/memory.h"

/* The object's path, which is the caller's to free; the file is there. */
static char *make_file(const char *text)
{
    char *path = must_copy("/tmp/assembled-XXXXXX");
    const int file = mkstemp(path);
    char *command;
    FILE *assembler;

    assert_true(file >= 0);
    close(file);
    command = must_format("as --64 -o %s -", path);
    assembler = popen(command, "w");
    assert_non_null(assembler);
    fputs(".file \"file.c\"\n", assembler);
    fputs(text, assembler);
    assert_int_equal(pclose(assembler), 0);
    free(command);
    return path;
}

struct object *assemble(const char *text)
{
    char *path = make_file(text);
    struct object *object = must_alloc(sizeof(*object));

    assert_int_equal(object_open(path, object, stderr), 0);
    unlink(path);
    assert_int_equal(pieces_cut(object, stderr), 0);
    return object;
}

void dismantle(struct object *object)
{
    char *path = (char *)object->path;

    object_close(object);
    free(path);
    free(object);
}

int try_to_cut(const char *text, const char **said)
{
    static char words[1000];
    char *path = make_file(text);
    FILE *err = fmemopen(words, sizeof(words), "w");
    struct object object;
    int rc = object_open(path, &object, err);

    assert_int_equal(rc, 0);
    rc = pieces_cut(&object, err);
    fclose(err);
    object_close(&object);
    unlink(path);
    free(path);
    *said = words;
    return rc;
}

struct piece *piece_named(const struct object *object, const char *name)
{
    for_each_piece(piece, object)
    {
        if (piece->symbol && strcmp(piece->symbol->name, name) == 0) {
            return piece;
        }
    }
    fail_msg("there is no piece '%s'", name);
    return NULL;
}

struct piece *piece_of(const struct object *object, const char *section,
                       size_t n)
{
    for (size_t i = 1; i < object->nr_sections; i++) {
        if (strcmp(object->sections[i].name, section) == 0 &&
            object->sections[i].nr_pieces > n) {
            return &object->sections[i].pieces[n];
        }
    }
    fail_msg("section '%s' has no piece %zu", section, n);
    return NULL;
}
