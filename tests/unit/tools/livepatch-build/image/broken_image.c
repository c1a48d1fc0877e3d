/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The copy is changed in memory and opened from a file of its own.
 */
#include "broken_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct image *opened;

void broken_image_open(struct broken_image *broken, const char *path)
{
    const struct elf_file *elf;

    assert_int_equal(image_open(path, &broken->good, stderr), 0);
    elf = image_elf(broken->good);
    broken->nr_bytes = elf->nr_bytes;
    broken->bytes = malloc(elf->nr_bytes);
    assert_non_null(broken->bytes);
    memcpy(broken->bytes, elf->bytes, elf->nr_bytes);
}

void broken_image_close(struct broken_image *broken)
{
    free(broken->bytes);
    image_close(broken->good);
}

unsigned char *broken_image_at(struct broken_image *broken, uint64_t address)
{
    const unsigned char *bytes = image_bytes(broken->good, address, 1);

    assert_non_null(bytes);
    return broken->bytes + (bytes - image_elf(broken->good)->bytes);
}

unsigned char *broken_image_named(struct broken_image *broken, const char *name)
{
    const struct image_symbol *symbol = image_find_name(broken->good, name);

    assert_non_null(symbol);
    return broken_image_at(broken, symbol->address);
}

void broken_image_replace(struct broken_image *broken, const char *old,
                          const char *new)
{
    unsigned char *at =
        memmem(broken->bytes, broken->nr_bytes, old, strlen(old));

    assert_non_null(at);
    assert_int_equal(strlen(old), strlen(new));
    memcpy(at, new, strlen(new));
}

static void add_object(struct proof *proof, const char *path)
{
    struct object object;

    assert_int_equal(object_open(path, &object, stderr), 0);
    assert_int_equal(pieces_cut(&object, stderr), 0);
    proof_add(proof, &object);
    for_each_piece(piece, &object)
    {
        assert_null(piece->note);
    }
    object_close(&object);
}

void broken_image_prove(const struct broken_image *broken,
                        const char *const objects[], struct proof *proof)
{
    char path[] = "/tmp/broken-image-XXXXXX";
    const int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, broken->bytes, broken->nr_bytes),
                     broken->nr_bytes);
    close(file);
    assert_int_equal(image_open(path, &opened, stderr), 0);
    unlink(path);
    proof_open(proof, opened);
    for (size_t i = 0; objects[i]; i++) {
        add_object(proof, objects[i]);
    }
}

void broken_image_end(struct proof *proof)
{
    proof_close(proof);
    image_close(opened);
}
