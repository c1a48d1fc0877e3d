// SPDX-License-Identifier: GPL-2.0
/*
 * The entries of .livepatch.funcs: version, sizes, names and addresses, each
 * broken alone in an image that is otherwise good.
 */
#include "steps.h"

#include <xen/kernel.h>
#include <xen/virtual_region.h>

#include "entries.h"

/* A payload whose image is relocated and whose entries were not read yet. */
struct unread {
    struct pipeline pipeline;
    struct lp_payload payload;
    struct livepatch_func *funcs;
    uint32_t nr;
};

static void open_unread(struct unread *unread,
                        const struct payload_description *what)
{
    struct pipeline *p = &unread->pipeline;
    uint32_t funcs;

    pipeline_open(p, payload_make(what), STAGE_SYMBOLS);
    assert_int_equal(lp_relocate(&p->elf, &p->layout, &p->image, &p->symbols),
                     0);
    funcs = file_find_section(&p->file, ".livepatch.funcs");
    unread->payload = (struct lp_payload){.name = "fix", .image = p->image};
    unread->funcs = (void *)lp_image_section(&p->image, &p->layout, funcs);
    unread->nr = what->nr_functions;
}

static int read_entries(struct unread *unread)
{
    const struct lp_span entries = {
        .start = (uint8_t *)unread->funcs,
        .bytes = unread->nr * sizeof(*unread->funcs),
    };
    const struct lp_part part = {entries.start, entries.bytes};

    lp_entries_find_old(&unread->payload, &host_scope, &entries);
    return lp_entries_read(&unread->payload, &part);
}

static void close_unread(struct unread *unread)
{
    lp_entries_discard(&unread->payload);
    pipeline_close(&unread->pipeline);
}

static void good_entry_is_read(void **state)
{
    struct unread u;

    (void)state;
    open_unread(&u, &payload_simple);
    assert_int_equal(read_entries(&u), 0);
    assert_int_equal(u.payload.nfuncs, 1);
    assert_ptr_equal(u.payload.funcs, u.funcs);
    assert_ptr_equal(u.funcs->old_addr, host_symbol("answer"));
    assert_ptr_equal(u.payload.changes[0].where, host_symbol("answer"));
    assert_int_equal(u.payload.changes[0].nr_bytes, ARCH_PATCH_INSN_SIZE);
    close_unread(&u);
}

enum where {
    ON_NULL,
    ON_TEXT_START,
    ON_TEXT_LAST,       /* the last byte of the hypervisor's text */
    ON_TEXT_LAST_JUMP,  /* its last bytes that a jump fits */
    ON_PATCH_LAST_JUMP, /* the last such before the patching path */
    ON_VERIFY_BEFORE,   /* the same before what verifies payloads */
    ON_VERIFY_LAST,     /* its last byte */
    ON_VERIFY_END,      /* behind it */
    ON_RODATA,
    ON_INIT,
    ON_IMAGE,      /* the payload's own text */
    ON_IMAGE_LAST, /* the last byte that can be an instruction */
    ON_IMAGE_END,  /* one past it */
    ON_STRINGS,    /* its read-only data */
    ON_TOP,        /* the end of the address space */
    ON_HEAP,
    ON_OTHER, /* a function of another payload */
};

static void *place(const struct unread *u, enum where where)
{
    const struct lp_span *text = &u->payload.image.region[LP_TEXT];

    switch (where) {
    case ON_TEXT_START:
        return _stext;
    case ON_TEXT_LAST:
        return _etext - 1;
    case ON_TEXT_LAST_JUMP:
        return _etext - ARCH_PATCH_INSN_SIZE;
    case ON_PATCH_LAST_JUMP:
        return _snopatch - ARCH_PATCH_INSN_SIZE;
    case ON_VERIFY_BEFORE:
        return _sverify - ARCH_PATCH_INSN_SIZE;
    case ON_VERIFY_LAST:
        return _everify - 1;
    case ON_VERIFY_END:
        return _everify;
    case ON_RODATA:
        return _srodata;
    case ON_INIT:
        return _sinit;
    case ON_IMAGE:
        return text->start;
    case ON_IMAGE_LAST:
        return text->start + text->bytes - ARCH_LIVEPATCH_INSN_BYTES;
    case ON_IMAGE_END:
        return text->start + text->bytes;
    case ON_STRINGS:
        return u->payload.image.region[LP_RODATA].start;
    case ON_TOP:
        return (void *)(UINTPTR_MAX - 7);
    case ON_HEAP:
        return (void *)u;
    case ON_OTHER:
        return find_payload("other")->funcs[0].new_addr;
    default:
        return NULL;
    }
}

enum field {
    OLD_ADDR,
    NEW_ADDR,
    NAME,
};

struct address_row {
    const char *name;
    enum field field;
    enum where where;
    uint32_t old_size;
    int rc;
    const char *says;
};

static const struct address_row addresses[] = {
    {"old_function_in_text", OLD_ADDR, ON_TEXT_START, 16, 0, NULL},
    {"old_function_just_before_the_patching_path", OLD_ADDR, ON_PATCH_LAST_JUMP,
     ARCH_PATCH_INSN_SIZE, 0, NULL},
    {"old_function_that_reaches_into_the_patching_path_is_eperm", OLD_ADDR,
     ON_PATCH_LAST_JUMP, ARCH_PATCH_INSN_SIZE + 1, -EPERM,
     "answer is part of the patching path"},
    {"old_function_in_the_patching_path_is_eperm", OLD_ADDR, ON_TEXT_LAST_JUMP,
     ARCH_PATCH_INSN_SIZE, -EPERM, "answer is part of the patching path"},
    {"old_function_just_before_what_verifies", OLD_ADDR, ON_VERIFY_BEFORE,
     ARCH_PATCH_INSN_SIZE, 0, NULL},
    {"old_function_that_reaches_into_what_verifies_is_eperm", OLD_ADDR,
     ON_VERIFY_BEFORE, ARCH_PATCH_INSN_SIZE + 1, -EPERM,
     "answer is part of what verifies payloads"},
    {"old_function_that_begins_in_what_verifies_is_eperm", OLD_ADDR,
     ON_VERIFY_LAST, ARCH_PATCH_INSN_SIZE, -EPERM,
     "answer is part of what verifies payloads"},
    {"old_function_just_behind_what_verifies", OLD_ADDR, ON_VERIFY_END,
     ARCH_PATCH_INSN_SIZE, 0, NULL},
    {"old_function_that_ends_late_is_einval", OLD_ADDR, ON_TEXT_LAST_JUMP,
     ARCH_PATCH_INSN_SIZE + 1, -EINVAL, "are not text"},
    {"old_function_in_rodata_is_einval", OLD_ADDR, ON_RODATA, 16, -EINVAL,
     "are not text"},
    {"old_function_in_freed_init_is_einval", OLD_ADDR, ON_INIT, 16, -EINVAL,
     "are not text"},
    {"old_function_in_the_payload_itself_is_einval", OLD_ADDR, ON_IMAGE, 16,
     -EINVAL, "are not text"},
    {"old_function_in_another_payload", OLD_ADDR, ON_OTHER,
     ARCH_PATCH_INSN_SIZE, 0, NULL},
    {"old_function_that_wraps_is_einval", OLD_ADDR, ON_TOP, 16, -EINVAL,
     "are not text"},
    {"old_size_that_wraps_is_einval", OLD_ADDR, ON_TEXT_START, UINT32_MAX,
     -EINVAL, "are not text"},
    {"old_function_on_the_heap_is_einval", OLD_ADDR, ON_HEAP, 16, -EINVAL,
     "are not text"},
    {"new_function_at_the_end_of_text", NEW_ADDR, ON_IMAGE_LAST, 16, 0, NULL},
    {"new_function_one_past_the_text_is_einval", NEW_ADDR, ON_IMAGE_END, 16,
     -EINVAL, "is not in the payload's text"},
    {"new_function_in_rodata_is_einval", NEW_ADDR, ON_STRINGS, 16, -EINVAL,
     "is not in the payload's text"},
    {"new_function_in_the_hypervisor_is_einval", NEW_ADDR, ON_TEXT_START, 16,
     -EINVAL, "is not in the payload's text"},
    {"name_null_is_einval", NAME, ON_NULL, 16, -EINVAL,
     "function 0: its name at"},
    {"name_in_the_hypervisor_is_einval", NAME, ON_TEXT_START, 16, -EINVAL,
     "function 0: its name at"},
    {"name_past_the_image_is_einval", NAME, ON_TOP, 16, -EINVAL,
     "function 0: its name at"},
};

static void address_is_judged(void **state)
{
    const struct address_row *row = *state;
    struct payload_description what = payload_simple;
    struct lp_payload *other;
    struct unread u;
    void *at;

    what.id++;
    other = must_load_described(&what, "other");
    open_unread(&u, &payload_simple);
    at = place(&u, row->where);
    u.funcs->old_size = row->old_size;
    switch (row->field) {
    case OLD_ADDR:
        u.funcs->old_addr = at;
        break;
    case NEW_ADDR:
        u.funcs->new_addr = at;
        break;
    case NAME:
        u.funcs->name = at;
        break;
    }
    assert_int_equal(read_entries(&u), row->rc);
    if (row->rc) {
        assert_null(u.payload.changes);
        assert_int_equal(u.payload.nfuncs, 0);
        assert_logged(row->says);
        assert_logged("livepatch: fix: ");
    }
    assert_int_equal(host_log_errors(), row->rc != 0);
    close_unread(&u);
    must_unload(other);
}

static void other_versions_are_eopnotsupp(void **state)
{
    struct unread u;

    (void)state;
    open_unread(&u, &payload_simple);
    for (unsigned int version = 0; version < 256; version++) {
        if (version == LIVEPATCH_PAYLOAD_VERSION) {
            continue;
        }
        u.funcs->version = version;
        assert_int_equal(read_entries(&u), -EOPNOTSUPP);
    }
    assert_logged("function 0: version 1, expected 2");
    close_unread(&u);
}

static void old_size_0_is_einval(void **state)
{
    struct unread u;

    (void)state;
    open_unread(&u, &payload_simple);
    u.funcs->old_size = 0;
    assert_int_equal(read_entries(&u), -EINVAL);
    assert_logged("answer: old_size is 0");
    close_unread(&u);
}

static void unknown_function_is_enoent(void **state)
{
    struct payload_function function = payload_simple.functions[0];
    struct payload_description what = payload_simple;
    struct unread u;

    (void)state;
    function.old_name = "no_such_function";
    what.functions = &function;
    open_unread(&u, &what);
    assert_int_equal(read_entries(&u), -ENOENT);
    assert_logged("livepatch: fix: no function 'no_such_function'");
    close_unread(&u);
}

static void empty_name_without_address_is_enoent(void **state)
{
    struct payload_function function = payload_simple.functions[0];
    struct payload_description what = payload_simple;
    struct unread u;

    (void)state;
    function.old_name = "";
    what.functions = &function;
    open_unread(&u, &what);
    assert_int_equal(read_entries(&u), -ENOENT);
    close_unread(&u);
}

static void name_without_end_is_einval(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    static char full[4096];
    struct unread u = {.nr = 1};
    struct pipeline *p = &u.pipeline;
    struct lp_span *rodata;

    (void)state;
    memset(full, 'x', sizeof(full));
    builder_section(builder, ".rodata.full", SHT_PROGBITS, SHF_ALLOC, 4096,
                    full, sizeof(full));
    pipeline_build(p, builder, STAGE_SYMBOLS);
    assert_int_equal(lp_relocate(&p->elf, &p->layout, &p->image, &p->symbols),
                     0);
    u.payload = (struct lp_payload){.name = "fix", .image = p->image};
    u.funcs = (void *)lp_image_section(
        &p->image, &p->layout, file_find_section(&p->file, ".livepatch.funcs"));
    rodata = &p->image.region[LP_RODATA];
    u.funcs->name = (const char *)rodata->start + rodata->bytes - 1;
    assert_int_equal(read_entries(&u), -EINVAL);
    close_unread(&u);
}

static void second_entry_is_judged_too(void **state)
{
    struct payload_function functions[2] = {payload_simple.functions[0],
                                            payload_simple.functions[0]};
    struct payload_description what = payload_simple;
    struct unread u;

    (void)state;
    functions[1].old_name = "question";
    what.functions = functions;
    what.nr_functions = 2;
    open_unread(&u, &what);
    u.funcs[1].version = 1;
    assert_int_equal(read_entries(&u), -EOPNOTSUPP);
    assert_logged("function 1: version 1");
    u.funcs[1].version = LIVEPATCH_PAYLOAD_VERSION;
    assert_int_equal(read_entries(&u), 0);
    assert_int_equal(u.payload.nfuncs, 2);
    assert_ptr_equal(u.payload.changes[1].where, host_symbol("question"));
    close_unread(&u);
}

struct overlap_row {
    const char *name;
    unsigned int first, second; /* where the jumps begin, from `answer` on */
    int rc;
};

static const struct overlap_row overlaps[] = {
    {"entries_of_one_function_are_einval", 0, 0, -EINVAL},
    {"entries_that_overlap_by_a_byte_are_einval", 0,
     ARCH_PATCH_INSN_SIZE - ARCH_LIVEPATCH_INSN_BYTES, -EINVAL},
    {"entries_that_touch", 0, ARCH_PATCH_INSN_SIZE, 0},
    {"second_entry_may_be_lower", ARCH_PATCH_INSN_SIZE, 0, 0},
    {"second_entry_that_reaches_into_the_first_is_einval",
     ARCH_PATCH_INSN_SIZE - ARCH_LIVEPATCH_INSN_BYTES, 0, -EINVAL},
};

static void overlap_is_judged(void **state)
{
    const struct overlap_row *row = *state;
    struct payload_function functions[2] = {payload_simple.functions[0],
                                            payload_simple.functions[0]};
    struct payload_description what = payload_simple;
    struct unread u;

    what.functions = functions;
    what.nr_functions = 2;
    open_unread(&u, &what);
    u.funcs[0].old_addr = (uint8_t *)host_symbol("answer") + row->first;
    u.funcs[1].old_addr = (uint8_t *)host_symbol("answer") + row->second;
    assert_int_equal(read_entries(&u), row->rc);
    if (row->rc) {
        assert_logged("functions");
        assert_logged("overlap");
    }
    close_unread(&u);
}

static void unaligned_entries_are_einval(void **state)
{
    struct unread u;

    (void)state;
    open_unread(&u, &payload_simple);
    u.funcs = (void *)((uint8_t *)u.funcs + 4);
    assert_int_equal(read_entries(&u), -EINVAL);
    assert_logged("must be aligned to 8");
    close_unread(&u);
}

static void no_memory_is_enomem(void **state)
{
    struct unread u;

    (void)state;
    open_unread(&u, &payload_simple);
    host_fail_nth(1);
    assert_int_equal(read_entries(&u), -ENOMEM);
    close_unread(&u);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, good_entry_is_read);
    host_add_rows(&tests, addresses, address_is_judged);
    host_add(&tests, other_versions_are_eopnotsupp);
    host_add(&tests, old_size_0_is_einval);
    host_add(&tests, unknown_function_is_enoent);
    host_add(&tests, empty_name_without_address_is_enoent);
    host_add(&tests, name_without_end_is_einval);
    host_add(&tests, second_entry_is_judged_too);
    host_add_rows(&tests, overlaps, overlap_is_judged);
    host_add(&tests, unaligned_entries_are_einval);
    host_add(&tests, no_memory_is_enomem);
    return host_run(&tests);
}
