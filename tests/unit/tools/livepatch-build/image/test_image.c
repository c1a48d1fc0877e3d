/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where things of objects have gone: in this tree's hypervisor, and in small
 * images of two files of one name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>

#include "image/compiler.h"
#include "image/image.h"

#define NR_COMPILERS (sizeof(compilers) / sizeof(compilers[0]))

static const char *const compilers[] = {"gcc", "clang",
                                        "aarch64-linux-gnu-gcc"};

static struct image *open_image(const char *path)
{
    struct image *image;

    assert_int_equal(image_open(path, &image, stderr), 0);
    return image;
}

static void open_object(struct object *object, const char *path)
{
    assert_int_equal(object_open(path, object, stderr), 0);
    assert_int_equal(pieces_cut(object, stderr), 0);
}

static const char *sample(char *path, const char *compiler, const char *file)
{
    snprintf(path, 512, SAMPLES "%s/%s", compiler, file);
    return path;
}

static struct piece *piece_named(struct object *object, const char *name)
{
    for_each_piece(piece, object)
    {
        if (piece->symbol && !strcmp(piece->symbol->name, name)) {
            return piece;
        }
    }
    fail_msg("%s: no %s", object->path, name);
    return NULL;
}

static void each_function_of_the_tree_is_where_its_bytes_are(void **state)
{
    struct image *image = open_image(XEN_SYMS);
    FILE *list = fopen(XEN_OBJECTS "list", "r");
    char path[512];
    size_t nr = 0;

    (void)state;
    assert_non_null(list);
    while (fscanf(list, "%511s", path) == 1) {
        struct object object;

        open_object(&object, path);
        for_each_piece(piece, &object)
        {
            const struct image_symbol *found = image_find(image, piece);

            if (piece->kind != PIECE_FUNCTION) {
                continue;
            }
            assert_non_null(found);
            assert_true(found->is_function && !found->is_ambiguous);
            assert_int_equal(found->size, piece->symbol->size);
            assert_int_equal(found->is_gone,
                             section_is_named(piece->section, ".init.text"));
            assert_memory_equal(image_bytes(image, found->address, piece->size),
                                piece_bytes(piece),
                                piece->nr_references
                                    ? piece->references[0].offset
                                    : piece->size);
            assert_ptr_equal(image_find_name(image, found->name), found);
            nr++;
        }
        object_close(&object);
    }
    fclose(list);
    assert_true(nr > 400);
    image_close(image);
}

static void local_name_has_its_file_before_it(void **state)
{
    struct image *image = open_image(XEN_SYMS);

    (void)state;
    assert_non_null(image_find_name(image, "xen_compiler"));
    assert_non_null(image_find_name(image, "common/vsprintf.c#put_number"));
    assert_null(image_find_name(image, "put_number"));
    assert_null(image_find_name(image, "common/version.c#xen_compiler"));
    image_close(image);
}

static void bytes_that_are_not_in_the_file_are_none(void **state)
{
    struct image *image = open_image(XEN_SYMS);
    const struct image_symbol *start = image_find_name(image, "_stext");
    const struct image_symbol *end = image_find_name(image, "_ebss");

    (void)state;
    assert_non_null(image_bytes(image, start->address, 1));
    assert_null(image_bytes(image, start->address, 1UL << 30));
    assert_null(image_bytes(image, start->address, UINT64_MAX));
    assert_null(image_bytes(image, start->address - 1, 1));
    assert_null(image_bytes(image, end->address - 8, 8));
    assert_true(image_is_zero(image, end->address - 8, 8));
    assert_false(image_is_zero(image, end->address - 8, 0x10000));
    assert_false(image_is_zero(image, start->address, 1));
    assert_false(image_is_zero(image, 0x1000, 1));
    image_close(image);
}

static void build_id_is_the_notes(void **state)
{
    static const unsigned char head[] = {4, 0, 0, 0, 20,  0,   0,   0,
                                         3, 0, 0, 0, 'G', 'N', 'U', 0};
    struct image *image = open_image(XEN_SYMS);
    const unsigned char *id = image_build_id(image);

    (void)state;
    assert_non_null(id);
    assert_memory_equal(id - sizeof(head), head, sizeof(head));
    image_close(image);
}

static void files_of_one_name_are_told_by_their_symbols(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_COMPILERS; i++) {
        struct object objects[2];
        const struct image_symbol *found[2];
        char path[3][512];
        struct image *image =
            open_image(sample(path[0], compilers[i], "xen-syms"));

        open_object(&objects[0], sample(path[1], compilers[i], "one/same.o"));
        open_object(&objects[1], sample(path[2], compilers[i], "other/same.o"));
        for (int o = 0; o < 2; o++) {
            struct piece *piece = piece_named(&objects[o], "cpu_callback");

            found[o] = image_find(image, piece);
            assert_non_null(found[o]);
            assert_int_equal(found[o]->size, piece->symbol->size);
            assert_string_equal(found[o]->name, "same.c#cpu_callback");
            assert_true(found[o]->is_ambiguous);
        }
        assert_true(found[0]->address != found[1]->address);
        found[0] = image_find(image, piece_named(&objects[1], "only_here"));
        assert_non_null(found[0]);
        assert_false(found[0]->is_ambiguous);
        object_close(&objects[0]);
        object_close(&objects[1]);
        image_close(image);
    }
}

static void object_that_is_not_linked_is_not_in_the_image(void **state)
{
    char path[2][512];
    struct image *image = open_image(sample(path[0], "gcc", "xen-syms"));
    struct object object;

    (void)state;
    open_object(&object, sample(path[1], "gcc", "probe.o"));
    assert_non_null(image_find_name(image, "other"));
    assert_false(image_has_object(image, &object));
    assert_null(image_find(image, piece_named(&object, "other")));
    object_close(&object);
    image_close(image);
}

static void compiler_is_what_the_image_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_COMPILERS; i++) {
        static const char *const words[] = {"GCC: (", "clang version",
                                            "GCC: ("};
        char path[3][512];
        struct image *image =
            open_image(sample(path[0], compilers[i], "xen-syms"));
        struct object own;
        struct object other;

        open_object(&own, sample(path[1], compilers[i], "one/same.o"));
        open_object(&other,
                    sample(path[2], compilers[i == 1 ? 0 : 1], "one/same.o"));
        assert_non_null(strstr(compiler_of_image(image), words[i]));
        assert_null(compiler_not_of_image(&own, image));
        assert_non_null(strstr(compiler_not_of_image(&other, image),
                               words[i == 1 ? 0 : 1]));
        object_close(&own);
        object_close(&other);
        image_close(image);
    }
}

static void line_of_the_compiler_is_in_the_image(void **state)
{
    struct image *image = open_image(XEN_SYMS);
    FILE *compiler = popen("gcc --version", "r");
    char line[512];

    (void)state;
    assert_non_null(compiler);
    assert_non_null(fgets(line, sizeof(line), compiler));
    pclose(compiler);
    line[strcspn(line, "\n")] = '\0';
    assert_true(compiler_line_is_in_image(image, line));
    line[strlen(line) - 1] = '\0'; /* 12.2.0 is not 12.2. */
    assert_false(compiler_line_is_in_image(image, line));
    assert_false(compiler_line_is_in_image(image, ""));
    image_close(image);
}

static void object_is_no_image(void **state)
{
    char path[512];
    char *said = NULL;
    size_t nr_said;
    FILE *err = open_memstream(&said, &nr_said);
    struct image *image;

    (void)state;
    assert_int_equal(image_open(sample(path, "gcc", "probe.o"), &image, err),
                     -EINVAL);
    fclose(err);
    assert_non_null(strstr(said, "probe.o: an object, not a linked image"));
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_function_of_the_tree_is_where_its_bytes_are),
        cmocka_unit_test(local_name_has_its_file_before_it),
        cmocka_unit_test(bytes_that_are_not_in_the_file_are_none),
        cmocka_unit_test(build_id_is_the_notes),
        cmocka_unit_test(files_of_one_name_are_told_by_their_symbols),
        cmocka_unit_test(object_that_is_not_linked_is_not_in_the_image),
        cmocka_unit_test(compiler_is_what_the_image_says),
        cmocka_unit_test(line_of_the_compiler_is_in_the_image),
        cmocka_unit_test(object_is_no_image),
    };

    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
