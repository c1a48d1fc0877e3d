// SPDX-License-Identifier: GPL-2.0
/*
 * What a payload says of its own code, in arm64's records, through the whole
 * loader: bug frames, alternatives, and names by which nobody means anything.
 */
#include "special_payload.h"

#include <xen/livepatch_arch.h>

#include "host/features.h"
#include "symtab.h"

static const uint8_t ret[] = {HOST_RET};

/* ---- bug frames ---------------------------------------------------------- */

static void bugs_of_each_kind_are_found(void **state)
{
    struct payload_builder *builder = start_special();
    struct lp_payload *payload;
    struct bug bug;

    (void)state;
    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        const struct payload_bug made = {
            .kind = kind,
            .where = in_text(4 * kind),
            .subject = in_strings(FILE_NAME),
            .message = in_strings(0),
            .line = 0xfff0 + kind,
        };

        payload_add_bug(builder, &made);
    }
    payload = must_load_built(builder);
    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        assert_true(bug_find((unsigned long)text_of(payload) + 4 * kind, &bug));
        assert_int_equal(bug.kind, kind);
        assert_int_equal(bug.line, 0xfff0 + kind);
        if (kind == BUGFRAME_run_fn) {
            assert_null(bug.subject);
        } else {
            assert_string_equal(bug.subject, "file.c");
        }
        assert_int_equal(bug.message != NULL, kind == BUGFRAME_assert);
    }
    assert_string_equal(bug.message, "answer");
    must_unload(payload);
}

struct bug_row {
    const char *name;
    struct payload_bug bug;
    const char *says;
};

static const struct bug_row bad_bugs[] = {
    {"bug_behind_the_text_is_einval",
     {.kind = BUGFRAME_run_fn, .where = OWN_TEXT(TEXT_BYTES)},
     ".bug_frames.0[0]: instruction at"},
    {"file_name_in_text_is_einval",
     {.kind = BUGFRAME_warn, .where = OWN_TEXT(0), .subject = OWN_TEXT(4)},
     ".bug_frames.1[0]: file name at"},
    {"claim_in_text_is_einval",
     {.kind = BUGFRAME_assert,
      .where = OWN_TEXT(0),
      .subject = OWN_STRING(0),
      .message = OWN_TEXT(4)},
     ".bug_frames.3[0]: claim at"},
};

static void bad_bug_is_refused(void **state)
{
    const struct bug_row *row = *state;
    struct payload_builder *builder = start_special();

    payload_add_bug(builder, &row->bug);
    assert_refused(builder, -EINVAL, row->says);
}

/* ---- alternatives -------------------------------------------------------- */

static void code_is_exchanged_where_it_is_wanted(void **state)
{
    (void)state;
    for (unsigned int feature = HOST_HAS; feature <= HOST_HAS_NOT; feature++) {
        struct payload_builder *builder = start_special();
        const struct payload_alternative alt = {
            .where = in_text(0),
            .original_bytes = 8,
            .code = payload_add_code(builder, ret, sizeof(ret)),
            .code_bytes = sizeof(ret),
            .feature = (uint16_t)feature,
        };
        static const uint8_t exchanged[] = {HOST_RET, HOST_NOP};
        struct lp_payload *payload;

        payload_add_alternative(builder, &alt);
        payload = must_load_built(builder);
        assert_memory_equal(text_of(payload),
                            feature == HOST_HAS ? exchanged : payload_return_42,
                            8);
        must_unload(payload);
    }
}

static void place_before_the_text_is_einval(void **state)
{
    struct payload_builder *builder = start_special();
    const struct payload_alternative alt = {
        .where = in_text(-4),
        .original_bytes = 8,
        .code = payload_add_code(builder, ret, sizeof(ret)),
        .code_bytes = sizeof(ret),
        .feature = HOST_HAS,
    };

    (void)state;
    payload_add_alternative(builder, &alt);
    assert_refused(builder, -EINVAL, ".altinstructions[0]: 8 bytes at");
}

/* ---- mapping symbols ----------------------------------------------------- */

struct mark_row {
    const char *name; /* of the test too */
    bool is_mark;
};

static const struct mark_row marks[] = {
    {"$x", true},  {"$d", true},   {"$x.1", true}, {"$d.rodata", true},
    {"$a", false}, {"$t", false},  {"$", false},   {"$xy", false},
    {"x", false},  {"$dx", false}, {"$d$", false}, {".x", false},
    {"$X", false}, {"x$d", false}, {"$d.", true},
};

static void mark_is_no_symbol(void **state)
{
    const struct mark_row *row = *state;
    struct payload_builder *builder = start_special();
    struct lp_payload *payload;
    bool is_there = false;

    builder_symbol(builder, row->name, (uint16_t)builder_find(builder, ".text"),
                   4, ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE));
    payload = must_load_built(builder);
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        is_there |= !strcmp(
            lp_symtab_name(payload, &payload->symbols.symbol[i]), row->name);
    }
    assert_int_equal(is_there, !row->is_mark);
    must_unload(payload);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, bugs_of_each_kind_are_found);
    host_add_rows(&tests, bad_bugs, bad_bug_is_refused);
    host_add(&tests, code_is_exchanged_where_it_is_wanted);
    host_add(&tests, place_before_the_text_is_einval);
    host_add_rows(&tests, marks, mark_is_no_symbol);
    return host_run(&tests);
}
