// SPDX-License-Identifier: GPL-2.0
/*
 * The loading pipeline as a whole: what is loaded, what is refused with which
 * errno, that one line says why, and that nothing is left behind (the
 * teardown counts).
 */
#include "steps.h"

#include <stdio.h>

#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "host/arena.h"

static void good_payload_loads_as_checked(void **state)
{
    struct lp_payload *payload = must_load_described(&payload_simple, "fix");

    (void)state;
    assert_int_equal(payload->state, LP_CHECKED);
    assert_int_equal(payload->rc, 0);
    assert_string_equal(payload->name, "fix");
    assert_int_equal(payload->nfuncs, 1);
    assert_int_equal(payload->id.len, PAYLOAD_ID_BYTES);
    assert_int_equal(payload->id.bytes[0], 0x11);
    assert_null(payload->metadata);
    assert_true(payload->reappliable);
    assert_true(host_text_is_pristine());
    assert_int_equal(host_log_errors(), 0);
    assert_logged("livepatch: fix: loaded: 1 functions");
    must_unload(payload);
    assert_logged("livepatch: fix: unloaded");
}

static void loaded_image_is_sealed(void **state)
{
    struct payload_description what = payload_simple;
    struct lp_payload *payload;

    (void)state;
    what.has_data = true;
    payload = must_load_described(&what, "fix");
    assert_int_equal(host_arena_prot(payload->image.region[LP_TEXT].start),
                     PAGE_HYPERVISOR_RX);
    assert_int_equal(host_arena_prot(payload->image.region[LP_RW].start),
                     PAGE_HYPERVISOR_RW);
    assert_int_equal(host_arena_prot(payload->image.region[LP_RODATA].start),
                     PAGE_HYPERVISOR_RO);
    assert_false(payload->reappliable);
    must_unload(payload);
}

static void metadata_is_kept_with_its_nuls(void **state)
{
    struct payload_description what = payload_simple;
    struct lp_payload *payload;

    (void)state;
    what.metadata = "a=1\0b=2";
    what.metadata_bytes = 8;
    payload = must_load_described(&what, "fix");
    assert_int_equal(payload->metadata_bytes, 8);
    assert_memory_equal(payload->metadata, "a=1\0b=2", 8);
    must_unload(payload);
}

static void longest_name_is_kept(void **state)
{
    char name[XEN_LIVEPATCH_NAME_SIZE];
    struct lp_payload *payload;

    (void)state;
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    payload = must_load_described(&payload_simple, name);
    assert_string_equal(payload->name, name);
    must_unload(payload);
}

/* One edit each of a valid payload with metadata and data. */
struct refused_row {
    const char *name;
    int rc;
    const char *says;
    struct file_edit edit;
};

/* Offset of the id in a note. */
#define ID 16

static const struct refused_row refused[] = {
    {"bad_magic_is_einval", -EINVAL, "not an ELF file",
     EDIT_HEADER(e_ident[0], 0)},
    {"other_hypervisor_s_payload_is_einval", -EINVAL,
     "built for the hypervisor with build-id ffa1a2",
     EDIT_CONTENT(".livepatch.xen_depends", ID, 1, 0xff)},
    {"prefix_of_our_build_id_is_einval", -EINVAL, "built for the hypervisor",
     EDIT_CONTENT(".livepatch.xen_depends", 4, 4, 19)},
    {"malformed_xen_depends_is_einval", -EINVAL,
     ".livepatch.xen_depends: name of 4 and id of 21 bytes in 36 bytes",
     EDIT_CONTENT(".livepatch.xen_depends", 4, 4, 21)},
    {"malformed_depends_is_einval", -EINVAL, ".livepatch.depends: note of type",
     EDIT_CONTENT(".livepatch.depends", 8, 4, 1)},
    {"malformed_build_id_is_einval", -EINVAL, ".note.gnu.build-id: 12 bytes",
     EDIT_SECTION(".note.gnu.build-id", sh_size, 12)},
    {"metadata_without_nul_is_einval", -EINVAL,
     ".modinfo: last of 4 bytes is 0x78, not NUL",
     EDIT_CONTENT(".modinfo", 3, 1, 'x')},
    {"empty_metadata_is_einval", -EINVAL, ".modinfo: 0 bytes",
     EDIT_SECTION(".modinfo", sh_size, 0)},
    {"writable_and_executable_is_eopnotsupp", -EOPNOTSUPP,
     ".text: writable and executable",
     EDIT_SECTION(".text", sh_flags, SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR)},
    {"common_symbol_is_einval", -EINVAL, "is COMMON",
     EDIT_CONTENT(".symtab", sizeof(Elf_Sym) + offsetof(Elf_Sym, st_shndx), 2,
                  SHN_COMMON)},
    {"undefined_symbol_without_name_is_enoent", -ENOENT, "unknown symbol ''",
     EDIT_CONTENT(".symtab", sizeof(Elf_Sym) + offsetof(Elf_Sym, st_shndx), 2,
                  SHN_UNDEF)},
    {"relocation_against_symbol_0_is_eopnotsupp", -EOPNOTSUPP,
     ".rela.livepatch.funcs[0]: relocation against symbol 0",
     EDIT_CONTENT(".rela.livepatch.funcs", 12, 4, 0)},
    {"relocation_outside_its_section_is_einval", -EINVAL,
     ".rela.livepatch.funcs[0]: " HOST_RELOC_ABS64_NAME " of 8 bytes at 0x61",
     EDIT_CONTENT(".rela.livepatch.funcs", 0, 8, 97)},
    {"rel_is_eopnotsupp", -EOPNOTSUPP, "SHT_REL",
     EDIT_SECTION(".rela.livepatch.funcs", sh_type, SHT_REL)},
    {"entry_version_1_is_eopnotsupp", -EOPNOTSUPP, "version 1, expected 2",
     EDIT_CONTENT(".livepatch.funcs", 32, 1, 1)},
    {"old_size_with_no_room_is_einval", -EINVAL, HOST_NO_ROOM,
     EDIT_CONTENT(".livepatch.funcs", 28, 4, ARCH_PATCH_INSN_SIZE - 1)},
    {"entries_at_an_odd_place_are_einval", -EINVAL, "must be aligned to 8",
     EDIT_SECTION(".livepatch.funcs", sh_addralign, 1)},
    {"name_that_is_no_function_is_enoent", -ENOENT,
     "no function 'bnswer' in this hypervisor",
     EDIT_CONTENT(".rodata.str", 0, 1, 'b')},
};

static struct payload_file make_full_file(void)
{
    struct payload_description what = payload_simple;

    what.metadata = "a=1";
    what.metadata_bytes = 4;
    what.has_data = true;
    return payload_make(&what);
}

static void payload_is_refused(void **state)
{
    const struct refused_row *row = *state;
    struct payload_file file = make_full_file();

    file_edit(&file, &row->edit);
    assert_int_equal(try_load(&file, "fix"), row->rc);
    assert_logged(row->says);
    assert_int_equal(host_log_errors(), 1);
    assert_int_equal(host_log_count("livepatch: fix: "), 1);
    assert_int_equal(host_log_count("\n"), 1);
    assert_null(find_payload("fix"));
    assert_int_equal(vmap_pages_used(), 0);
    assert_int_equal(xmalloc_bytes_used(), 0);
    payload_file_free(&file);
}

static void hypervisor_without_build_id_is_enodata(void **state)
{
    struct payload_file file = make_full_file();

    (void)state;
    host_set_build_id(NULL, 0);
    assert_int_equal(try_load(&file, "fix"), -ENODATA);
    assert_logged("livepatch: fix: this hypervisor has no build-id");
    payload_file_free(&file);
}

static void same_build_id_under_another_name_is_eexist(void **state)
{
    struct lp_payload *first = must_load_described(&payload_simple, "first");
    struct payload_file file = payload_make(&payload_simple);

    (void)state;
    assert_int_equal(try_load(&file, "second"), -EEXIST);
    assert_logged("livepatch: second: build-id 1111");
    assert_logged("is loaded already, as 'first'");
    assert_null(find_payload("second"));
    must_unload(first);
    must_unload(must_load(&file, "second"));
    payload_file_free(&file);
}

static void payload_without_text_loads(void **state)
{
    const struct payload_function nop = {
        .old_name = "answer", .old_size = 16, .new_size = HOST_NOPS_BYTES};
    const struct payload_description what = {
        .functions = &nop, .nr_functions = 1, .id = 1};

    (void)state;
    must_unload(must_load_described(&what, "nop"));
}

static void all_failing_services_leave_nothing_behind(void **state)
{
    struct payload_file file = make_full_file();
    unsigned long nr = 0;
    int rc;

    (void)state;
    do {
        host_log_clear();
        host_fail_nth(++nr);
        rc = try_load(&file, "fix");
        if (host_has_failed()) {
            assert_int_equal(rc, -ENOMEM);
            assert_int_equal(host_log_errors(), 1);
            assert_null(find_payload("fix"));
            assert_int_equal(vmap_pages_used(), 0);
            assert_int_equal(xmalloc_bytes_used(), 0);
        }
    } while (host_has_failed());
    host_fail_nth(0);
    assert_int_equal(rc, 0);
    /* Plan, description, image, symbols; of the entries the changes, marks,
     * order and the sorting of it; own symbols, their names, and two tables
     * that decide over them; three seals; the window. */
    assert_int_equal(nr - 1, 16);
    must_unload(find_payload("fix"));
    payload_file_free(&file);
}

static void every_truncation_is_refused(void **state)
{
    struct payload_file file = make_full_file();

    (void)state;
    for (size_t size = 0; size < file.size; size++) {
        struct payload_file cut = {malloc(size + !size), size};

        memcpy(cut.bytes, file.bytes, size);
        assert_true(try_load(&cut, "fix") < 0);
        payload_file_free(&cut);
    }
    payload_file_free(&file);
}

/*
 * Whatever one byte is changed to, the payload is loaded or refused, with
 * nothing left behind; the sanitizers watch.
 */
static void every_changed_byte_is_survived(void **state)
{
    static const uint8_t flips[] = {0x01, 0x80, 0xff};
    struct payload_file file = make_full_file();
    unsigned int nr_loaded = 0;

    (void)state;
    for (size_t at = 0; at < file.size * sizeof(flips); at++) {
        const uint8_t flip = flips[at % sizeof(flips)];

        file.bytes[at / sizeof(flips)] ^= flip;
        if (try_load(&file, "fix") == 0) {
            nr_loaded++;
            must_unload(find_payload("fix"));
        }
        file.bytes[at / sizeof(flips)] ^= flip;
        assert_int_equal(vmap_pages_used(), 0);
        assert_int_equal(xmalloc_bytes_used(), 0);
    }
    assert_true(nr_loaded > 0);
    assert_true(nr_loaded < file.size * sizeof(flips));
    payload_file_free(&file);
}

static void input_is_not_needed_after_the_load(void **state)
{
    struct payload_file file = make_full_file();
    struct lp_payload *payload = must_load(&file, "fix");

    (void)state;
    memset(file.bytes, 0xff, file.size);
    payload_file_free(&file);
    assert_memory_equal(payload->metadata, "a=1", 4);
    assert_string_equal(payload->funcs[0].name, "answer");
    must_apply(payload);
    assert_int_equal(host_call("answer"), 42);
    must_revert(payload);
    must_unload(payload);
}

static void input_is_never_written(void **state)
{
    struct payload_file file = make_full_file();
    uint8_t *copy = malloc(file.size);

    (void)state;
    memcpy(copy, file.bytes, file.size);
    must_unload(must_load(&file, "fix"));
    assert_memory_equal(copy, file.bytes, file.size);
    free(copy);
    payload_file_free(&file);
}

/* A section that lies over the symbol table gets a copy of it; what becomes of
 * the copy changes no symbol. */
static void section_over_the_symbol_table_is_a_copy(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t over = builder_section(builder, ".data.over", SHT_PROGBITS,
                                          SHF_ALLOC | SHF_WRITE, 8, NULL, 8);
    struct payload_file file;
    struct lp_payload *fix;

    (void)state;
    for (uint64_t at = 0; at + 8 <= 2 * sizeof(Elf_Sym); at += 8) {
        builder_relocation(builder, over, at, HOST_RELOC_ABS64, 1, -1);
    }
    file = builder_finish(builder);
    file_named_section(&file, ".data.over")->sh_offset =
        file_named_section(&file, ".symtab")->sh_offset;
    file_named_section(&file, ".data.over")->sh_size = 2 * sizeof(Elf_Sym);
    fix = must_load(&file, "fix");
    must_apply(fix);
    assert_int_equal(host_call("answer"), 42);
    must_revert(fix);
    must_unload(fix);
    payload_file_free(&file);
}

static void section_over_the_section_table_is_a_copy(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    struct payload_file file;

    (void)state;
    builder_section(builder, ".data.over", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE,
                    8, NULL, 8);
    file = builder_finish(builder);
    file_named_section(&file, ".data.over")->sh_offset =
        file_header(&file)->e_shoff;
    must_unload(must_load(&file, "fix"));
    payload_file_free(&file);
}

/* Each is within its bound; together they are more than there is. */
static void nobits_of_2_gib_in_all_are_enomem(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    struct payload_file file;
    char name[32];

    (void)state;
    for (unsigned int i = 0; builder_nr_sections(builder) < 1020; i++) {
        snprintf(name, sizeof(name), ".bss.%u", i);
        builder_section(builder, name, SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 1,
                        NULL, 2 << 20);
    }
    file = builder_finish(builder);
    assert_int_equal(try_load(&file, "fix"), -ENOMEM);
    assert_logged("fix: no memory for an image of");
    assert_int_equal(vmap_pages_used(), 0);
    payload_file_free(&file);
}

static void payload_of_thousands_of_functions_loads(void **state)
{
    enum {
        NR = 4000
    };
    static struct payload_function functions[NR];
    static char names[NR][16];
    const struct payload_description what = {
        .functions = functions, .nr_functions = NR, .id = 0x11};

    (void)state;
    for (unsigned int i = 0; i < NR; i++) {
        snprintf(names[i], sizeof(names[i]), "many_%u", i);
        host_function_add(names[i], host_functions[0].bytes, 16);
        functions[i] = payload_simple.functions[0];
        functions[i].old_name = names[i];
    }
    must_unload(must_load_described(&what, "many"));
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, good_payload_loads_as_checked);
    host_add(&tests, loaded_image_is_sealed);
    host_add(&tests, metadata_is_kept_with_its_nuls);
    host_add(&tests, longest_name_is_kept);
    host_add_rows(&tests, refused, payload_is_refused);
    host_add(&tests, hypervisor_without_build_id_is_enodata);
    host_add(&tests, same_build_id_under_another_name_is_eexist);
    host_add(&tests, payload_without_text_loads);
    host_add(&tests, all_failing_services_leave_nothing_behind);
    host_add(&tests, every_truncation_is_refused);
    host_add(&tests, every_changed_byte_is_survived);
    host_add(&tests, input_is_not_needed_after_the_load);
    host_add(&tests, input_is_never_written);
    host_add(&tests, section_over_the_symbol_table_is_a_copy);
    host_add(&tests, section_over_the_section_table_is_a_copy);
    host_add(&tests, nobits_of_2_gib_in_all_are_enomem);
    host_add(&tests, payload_of_thousands_of_functions_loads);
    return host_run(&tests);
}
