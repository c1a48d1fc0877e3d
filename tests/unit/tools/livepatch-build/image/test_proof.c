/* SPDX-License-Identifier: GPL-2.0 */
/*
 * That objects are what an image was linked from is proved when they are, with
 * each compiler; and whatever one thing is changed in the image is seen, and
 * told for what it is.
 */
#include "broken_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DATE "Mon Jan  1 2024"
#define OTHER_DATE "Tue Feb 27 2025"

static const struct sample {
    const char *image;
    const char *objects[3];
    const char *colours; /* clang makes another table of it */
    size_t nr_absolute;  /* links to numbers of the linker's */
} samples[] = {
#define SAMPLE(compiler, colours, nr)                                          \
    {                                                                          \
        SAMPLES compiler "/xen-syms",                                          \
            {SAMPLES compiler "/one/same.o", SAMPLES compiler "/other/same.o", \
             NULL},                                                            \
            "same.c#" colours, nr                                              \
    }
    SAMPLE("gcc", "colours", 2),
    SAMPLE("clang", "reltable.one", 2),
    SAMPLE("aarch64-linux-gnu-gcc", "colours", 0),
};

#define NR_SAMPLES (sizeof(samples) / sizeof(samples[0]))
#define GCC (&samples[0])

static struct broken_image broken;
static struct proof proof;

static void begin(const struct sample *sample)
{
    broken_image_open(&broken, sample->image);
}

static void end(void)
{
    broken_image_end(&proof);
    broken_image_close(&broken);
}

static void prove(const struct sample *sample)
{
    broken_image_prove(&broken, sample->objects, &proof);
}

/* The one thing that differs. */
static const struct disproof *disproof_of(const char *symbol)
{
    assert_int_equal(proof.nr, 1);
    assert_false(proof_holds(&proof));
    assert_string_equal(proof.disproofs[0].symbol, symbol);
    return &proof.disproofs[0];
}

static void assert_printed(size_t nr_lines, const char *wanted,
                           const char *unwanted)
{
    char *said = NULL;
    size_t nr_said;
    FILE *out = open_memstream(&said, &nr_said);

    proof_print(&proof, nr_lines, out);
    fclose(out);
    if (!strstr(said, wanted) || (unwanted && strstr(said, unwanted))) {
        fail_msg("%s", said);
    }
    free(said);
}

static void objects_of_an_image_prove_to_be_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        begin(&samples[i]);
        prove(&samples[i]);
        assert_true(proof_holds(&proof));
        assert_int_equal(proof.nr, 0);
        assert_true(proof.nr_functions >= 8);
        assert_true(proof.nr_variables >= 4);
        assert_true(proof.nr_unnamed >= 6); /* strings */
        assert_true(proof.nr_fields >= 12);
        assert_int_equal(proof.nr_fields_unknown, samples[i].nr_absolute);
        assert_printed(0, "compared with the image: ", "another");
        end();
    }
}

/* What the linker fills in there is a half of an address that has no name. */
static void bytes_between_short_fields_count(void **state)
{
    unsigned char *gate;

    (void)state;
    begin(GCC);
    gate =
        broken_image_at(&broken, image_find_name(broken.good, "gate")->address);
    gate[2] ^= 1;
    prove(GCC);
    assert_int_equal(disproof_of("gate")->offset, 2);
    end();
}

static void this_trees_objects_prove_to_be_its_image(void **state)
{
    static char paths[500][256];
    static const char *objects[501];
    FILE *list = fopen(XEN_OBJECTS "list", "r");
    size_t nr = 0;

    (void)state;
    assert_non_null(list);
    while (nr < 500 && fscanf(list, "%255s", paths[nr]) == 1) {
        objects[nr] = paths[nr];
        nr++;
    }
    fclose(list);
    broken_image_open(&broken, XEN_SYMS);
    broken_image_prove(&broken, objects, &proof);
    assert_true(nr > 100);
    assert_true(proof_holds(&proof));
    assert_int_equal(proof.nr, 0);
    assert_true(proof.nr_functions > 400);
    assert_int_equal(proof.nr_absent_objects, 0);
    assert_int_equal(proof.nr_fields_unknown, 0);
    end();
}

static void changed_code_is_told_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        begin(&samples[i]);
        broken_image_named(&broken, "same.c#only_here")[3] ^= 1;
        prove(&samples[i]);
        assert_int_equal(disproof_of("same.c#only_here")->kind, DISPROOF_BYTES);
        assert_true(disproof_of("same.c#only_here")->is_function);
        assert_true(disproof_of("same.c#only_here")->offset <= 3);
        assert_printed(1, "/other/same.o: same.c#only_here: differs from byte",
                       "more");
        assert_printed(1, "the source or a part of the configuration", NULL);
        end();
    }
}

/* A call in other() to only_here(). */
static uint64_t offset_of_call(const struct sample *sample)
{
    struct object object;
    uint64_t offset = UINT64_MAX;

    assert_int_equal(object_open(sample->objects[1], &object, stderr), 0);
    assert_int_equal(pieces_cut(&object, stderr), 0);
    for_each_piece(piece, &object)
    {
        for (size_t i = 0; i < piece->nr_references; i++) {
            const struct reference *reference = &piece->references[i];

            if (!strcmp(piece_name(piece), "other") && reference->target &&
                !strcmp(piece_name(reference->target), "only_here")) {
                offset = reference->offset;
            }
        }
    }
    object_close(&object);
    return offset;
}

static void link_that_leads_elsewhere_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        const uint64_t offset = offset_of_call(&samples[i]);

        begin(&samples[i]);
        broken_image_named(&broken, "other")[offset] ^= 4;
        prove(&samples[i]);
        assert_int_equal(disproof_of("other")->kind, DISPROOF_PLACE);
        assert_int_equal(disproof_of("other")->offset, offset);
        assert_string_equal(disproof_of("other")->texts[0], "only_here+0");
        assert_printed(1, "leads to \"only_here+0\" here, in the image to \"",
                       NULL);
        end();
    }
}

static void changed_string_is_told_with_both(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        begin(&samples[i]);
        broken_image_replace(&broken, "green colour", "great colour");
        prove(&samples[i]);
        assert_int_equal(disproof_of(samples[i].colours)->kind, DISPROOF_TEXT);
        assert_printed(1,
                       "uses \"green colour\" here, in the image \"great "
                       "colour\"",
                       NULL);
        end();
    }
}

static void changed_table_without_a_name_is_told(void **state)
{
    const struct sample *clang = &samples[1];
    static const int row[] = {91, 33, 12};

    (void)state;
    begin(clang);
    *(unsigned char *)memmem(broken.bytes, broken.nr_bytes, row, sizeof(row)) =
        92;
    prove(clang);
    assert_int_equal(disproof_of("same.c#weight")->kind, DISPROOF_TEXT);
    assert_int_equal(disproof_of("same.c#weight")->offset, 8);
    assert_printed(1, "a constant or table with other contents", NULL);
    end();
}

/* In the copy, of the first symbol of that name. */
static Elf64_Sym *symbol_entry(const char *name)
{
    const struct elf_file *elf = image_elf(broken.good);
    const Elf64_Shdr symtab = elf_file_section(elf, elf->symtab);

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (!strcmp(elf_file_symbol_name(elf, &symbol), name)) {
            return (Elf64_Sym *)(void *)(broken.bytes + symtab.sh_offset) + i;
        }
    }
    fail_msg("no symbol %s", name);
    return NULL;
}

static void other_size_is_told_with_both(void **state)
{
    (void)state;
    begin(GCC);
    symbol_entry("one")->st_size += 3;
    prove(GCC);
    assert_int_equal(disproof_of("one")->kind, DISPROOF_SIZE);
    assert_int_equal(disproof_of("one")->bytes[0] + 3,
                     disproof_of("one")->bytes[1]);
    end();
}

static void function_that_the_image_lacks_is_told(void **state)
{
    (void)state;
    begin(GCC);
    broken_image_replace(&broken, "only_here", "only_home");
    prove(GCC);
    /* Who leads to it cannot be compared there. */
    assert_int_equal(disproof_of("only_here")->kind, DISPROOF_ABSENT);
    assert_printed(1, "only_here: not in the image", NULL);
    end();
}

static void dates_of_the_build_may_differ(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        begin(&samples[i]);
        broken_image_replace(&broken, DATE, OTHER_DATE);
        broken_image_replace(&broken, DATE, OTHER_DATE);
        prove(&samples[i]);
        assert_int_equal(proof.nr, 2);
        assert_true(proof_holds(&proof));
        assert_printed(5, "date and place: 2\n", " here");
        end();
    }
}

static void date_of_one_text_alone_may_not(void **state)
{
    (void)state;
    begin(GCC);
    broken_image_replace(&broken, "on " DATE, "on " OTHER_DATE);
    prove(GCC);
    assert_int_equal(disproof_of("banner")->kind, DISPROOF_TEXT);
    end();
}

static void other_compiler_is_told(void **state)
{
    (void)state;
    begin(GCC);
    broken_image_replace(&broken, "GCC: (", "GCC: [");
    prove(GCC);
    assert_int_equal(proof.nr, 0);
    assert_false(proof_holds(&proof));
    assert_printed(1, "the compiler is another one: here \"GCC: (", NULL);
    assert_printed(1, ", of the image \"GCC: [", NULL);
    end();
}

static void other_machine_is_told(void **state)
{
    (void)state;
    begin(GCC);
    broken_image_prove(&broken, samples[2].objects, &proof);
    assert_int_equal(proof.nr, 2);
    assert_false(proof_holds(&proof));
    assert_printed(2, "the objects are for another machine", NULL);
    assert_printed(2, "same.o: arm64: for another machine", NULL);
    end();
}

static void another_trees_objects_are_told(void **state)
{
    (void)state;
    broken_image_open(&broken, XEN_SYMS);
    broken_image_prove(&broken, GCC->objects, &proof);
    assert_int_equal(proof.nr_absent_objects, 2);
    assert_false(proof_holds(&proof));
    assert_printed(2, "it was built from another tree", NULL);
    end();
}

static void much_that_differs_is_an_option(void **state)
{
    (void)state;
    begin(GCC);
    *broken_image_named(&broken, "one") ^= 1;
    *broken_image_named(&broken, "other") ^= 1;
    *broken_image_named(&broken, "same.c#only_here") ^= 1;
    *broken_image_named(&broken, "same.c#colours") ^= 1;
    prove(GCC);
    assert_false(proof_holds(&proof));
    assert_printed(3, "3 of 8 functions differ, which have ", "the source or");
    /* Functions first. */
    assert_printed(3, "and 1 more\n", "colours");
    end();
}

static void source_files_without_an_object_are_told(void **state)
{
    static const char *const objects[] = {XEN_OBJECTS "common/vsprintf.o",
                                          NULL};

    (void)state;
    broken_image_open(&broken, XEN_SYMS);
    *broken_image_named(&broken, "common/vsprintf.c#put_number") ^= 1;
    broken_image_prove(&broken, objects, &proof);
    assert_int_equal(disproof_of("common/vsprintf.c#put_number")->kind,
                     DISPROOF_BYTES);
    assert_printed(1, "source files of the image there is no object", NULL);
    end();
}

static void object_that_is_not_linked_is_counted(void **state)
{
    static const char *const objects[] = {SAMPLES "gcc/one/same.o",
                                          SAMPLES "gcc/probe.o", NULL};

    (void)state;
    begin(GCC);
    broken_image_prove(&broken, objects, &proof);
    assert_true(proof_holds(&proof));
    assert_int_equal(proof.nr_absent_objects, 1);
    assert_int_equal(proof.nr_absent, 1);
    end();
}

static void break_each_byte(const struct sample *sample, const char *name)
{
    const struct image_symbol *symbol = image_find_name(broken.good, name);

    assert_non_null(symbol);
    for (uint64_t i = 0; i < symbol->size; i++) {
        unsigned char *byte = broken_image_at(&broken, symbol->address) + i;

        *byte ^= 1U << i % 8;
        prove(sample);
        if (proof_holds(&proof)) {
            fail_msg("%s: byte %#lx of %s", sample->image, i, name);
        }
        broken_image_end(&proof);
        *byte ^= 1U << i % 8;
    }
}

static void no_changed_byte_is_missed(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_SAMPLES; i++) {
        const char *const names[] = {"one", "other", "same.c#weight", "banner",
                                     samples[i].colours};

        begin(&samples[i]);
        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
            break_each_byte(&samples[i], names[n]);
        }
        broken_image_close(&broken);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_of_an_image_prove_to_be_it),
        cmocka_unit_test(bytes_between_short_fields_count),
        cmocka_unit_test(this_trees_objects_prove_to_be_its_image),
        cmocka_unit_test(changed_code_is_told_with_its_place),
        cmocka_unit_test(link_that_leads_elsewhere_is_told),
        cmocka_unit_test(changed_string_is_told_with_both),
        cmocka_unit_test(changed_table_without_a_name_is_told),
        cmocka_unit_test(other_size_is_told_with_both),
        cmocka_unit_test(function_that_the_image_lacks_is_told),
        cmocka_unit_test(dates_of_the_build_may_differ),
        cmocka_unit_test(date_of_one_text_alone_may_not),
        cmocka_unit_test(other_compiler_is_told),
        cmocka_unit_test(other_machine_is_told),
        cmocka_unit_test(another_trees_objects_are_told),
        cmocka_unit_test(much_that_differs_is_an_option),
        cmocka_unit_test(source_files_without_an_object_are_told),
        cmocka_unit_test(object_that_is_not_linked_is_counted),
        cmocka_unit_test(no_changed_byte_is_missed),
    };

    return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
