// SPDX-License-Identifier: GPL-2.0
/*
 * Bug frames and exception tables through the whole loader: each record's
 * pointers at their bounds, and that what was accepted is found while the
 * payload is loaded and no longer.
 */
#include "special_payload.h"

#include <xen/extable.h>
#include <xen/kernel.h>

#include "host/arena.h"
#include "special.h"

/* ---- bug frames -------------------------------------------------------- */

static const struct payload_bug good_bug = {
    .kind = BUGFRAME_warn,
    .where = {PAYLOAD_TEXT, 3},
    .subject = {PAYLOAD_STRINGS, FILE_NAME},
    .line = 300,
};

static void bugs_of_each_kind_are_found_while_it_is_loaded(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;
    struct lp_payload *payload;
    struct bug found;
    unsigned long where;

    (void)state;
    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        bug.kind = kind;
        bug.where = in_text(2 * kind);
        bug.subject =
            kind == BUGFRAME_run_fn ? in_text(1) : in_strings(FILE_NAME);
        bug.message = in_strings(0);
        payload_add_bug(builder, &bug);
    }
    payload = must_load_built(builder);
    where = (unsigned long)text_of(payload);
    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        assert_true(bug_find(where + 2 * kind, &found));
        assert_int_equal(found.kind, kind);
        assert_int_equal(found.line, 300);
        assert_false(bug_find(where + 2 * kind + 1, &found));
    }
    assert_string_equal(found.subject, "file.c");
    assert_string_equal(found.message, "answer");
    assert_true(bug_find(where, &found));
    assert_ptr_equal(found.subject, text_of(payload) + 1);
    must_unload(payload);
    assert_false(bug_find(where, &found));
}

static void two_payloads_have_their_own_bugs(void **state)
{
    struct payload_description other = payload_simple;
    struct payload_builder *builder = start_special();
    struct lp_payload *payload, *second;
    struct bug found;

    (void)state;
    payload_add_bug(builder, &good_bug);
    payload = must_load_built(builder);
    other.id = 0x22;
    second = must_load_described(&other, "other");
    assert_true(bug_find((unsigned long)text_of(payload) + 3, &found));
    assert_false(bug_find((unsigned long)text_of(second) + 3, &found));
    must_unload(payload);
    must_unload(second);
}

/* A good frame in front of a bad one: the message counts from 0. */
struct bug_row {
    const char *name;
    struct payload_bug bug;
    const char *says;
};

static const struct bug_row bad_bugs[] = {
    {"bug_before_the_text_is_einval",
     {.kind = BUGFRAME_warn, .where = OWN_TEXT(-1), .subject = OWN_STRING(0)},
     ".bug_frames.1[1]: instruction at"},
    {"bug_behind_the_text_is_einval",
     {.kind = BUGFRAME_bug,
      .where = OWN_TEXT(TEXT_BYTES),
      .subject = OWN_STRING(0)},
     ".bug_frames.2[1]: instruction at"},
    {"bug_in_data_is_einval",
     {.kind = BUGFRAME_assert,
      .where = OWN_STRING(0),
      .subject = OWN_STRING(0),
      .message = OWN_STRING(0)},
     ".bug_frames.3[1]: instruction at"},
    {"file_name_in_text_is_einval",
     {.kind = BUGFRAME_warn, .where = OWN_TEXT(0), .subject = OWN_TEXT(6)},
     ".bug_frames.1[1]: file name at"},
    {"file_name_outside_the_payload_is_einval",
     {.kind = BUGFRAME_bug,
      .where = OWN_TEXT(0),
      .subject = OWN_STRING(0x400000)},
     ".bug_frames.2[1]: file name at"},
    {"claim_in_text_is_einval",
     {.kind = BUGFRAME_assert,
      .where = OWN_TEXT(0),
      .subject = OWN_STRING(0),
      .message = OWN_TEXT(6)},
     ".bug_frames.3[1]: claim at"},
    {"claim_outside_the_payload_is_einval",
     {.kind = BUGFRAME_assert,
      .where = OWN_TEXT(0),
      .subject = OWN_STRING(0),
      .message = OWN_STRING(-0x400000)},
     ".bug_frames.3[1]: claim at"},
    {"function_in_data_is_einval",
     {.kind = BUGFRAME_run_fn, .where = OWN_TEXT(0), .subject = OWN_STRING(0)},
     ".bug_frames.0[1]: function at"},
    {"function_behind_the_text_is_einval",
     {.kind = BUGFRAME_run_fn,
      .where = OWN_TEXT(0),
      .subject = OWN_TEXT(TEXT_BYTES)},
     ".bug_frames.0[1]: function at"},
};

static void bad_bug_is_refused(void **state)
{
    const struct bug_row *row = *state;
    struct payload_builder *builder = start_special();
    struct payload_bug good = good_bug;

    good.kind = row->bug.kind;
    if (good.kind == BUGFRAME_run_fn) {
        good.subject = in_text(0);
    }
    good.message = in_strings(0);
    payload_add_bug(builder, &good);
    payload_add_bug(builder, &row->bug);
    assert_refused(builder, -EINVAL, row->says);
}

static void last_byte_of_the_text_may_be_a_bug(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;
    struct bug found;
    struct lp_payload *payload;

    (void)state;
    bug.where = in_text(TEXT_BYTES - 1);
    bug.line = 16383;
    payload_add_bug(builder, &bug);
    payload = must_load_built(builder);
    assert_true(
        bug_find((unsigned long)text_of(payload) + TEXT_BYTES - 1, &found));
    assert_int_equal(found.line, 16383);
    must_unload(payload);
}

/* A file name at the end of the read-only data. */
static int load_with_last_string(const char *bytes, size_t nr, size_t at)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;

    /* Before the string's, so that the string is last. */
    builder_section(builder, ".bug_frames.1", SHT_PROGBITS, SHF_ALLOC, 4, NULL,
                    0);
    bug.subject =
        payload_add_section(builder, ".rodata.last", SHF_ALLOC, bytes, nr);
    bug.subject.offset = at;
    payload_add_bug(builder, &bug);
    return load_built(builder);
}

static void string_without_end_is_einval(void **state)
{
    (void)state;
    assert_int_equal(load_with_last_string("abc", 3, 0), -EINVAL);
    assert_logged("is no string in read-only data");
}

static void string_that_ends_with_the_data_is_read(void **state)
{
    (void)state;
    assert_int_equal(load_with_last_string("abc", 4, 0), 0);
    must_unload(find_payload("fix"));
}

static void empty_string_at_the_end_is_read(void **state)
{
    (void)state;
    assert_int_equal(load_with_last_string("abc", 4, 3), 0);
    must_unload(find_payload("fix"));
    assert_int_equal(load_with_last_string("abc", 4, 4), -EINVAL);
}

static void longest_string_has_4096_bytes(void **state)
{
    static char bytes[LP_SPECIAL_STRING_MAX + 1];

    (void)state;
    memset(bytes, 'a', LP_SPECIAL_STRING_MAX);
    assert_int_equal(load_with_last_string(bytes, sizeof(bytes), 1), 0);
    must_unload(find_payload("fix"));
    assert_int_equal(load_with_last_string(bytes, sizeof(bytes), 0), -EINVAL);
}

static void string_in_writable_data_is_einval(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;

    (void)state;
    bug.subject = payload_add_section(builder, ".data.name",
                                      SHF_ALLOC | SHF_WRITE, "abc", 4);
    payload_add_bug(builder, &bug);
    assert_refused(builder, -EINVAL, ".bug_frames.1[0]: file name at");
}

static void claim_may_be_the_hypervisor_s(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;
    const uint32_t constant =
        builder_symbol(builder, "constant", SHN_UNDEF, 0, 0);
    struct lp_payload *payload;
    struct bug found;

    (void)state;
    bug.kind = BUGFRAME_assert;
    bug.message = (struct payload_place){constant, 0};
    payload_add_bug(builder, &bug);
    payload = must_load_built(builder);
    assert_true(bug_find((unsigned long)text_of(payload) + 3, &found));
    assert_ptr_equal(found.message, host_symbol("constant"));
    must_unload(payload);
}

/* "abc" so many bytes before the end of the hypervisor's read-only data. */
static struct payload_builder *claim_near_the_end(unsigned int bytes_left)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;

    host_arena_write(_erodata - bytes_left, "abc", sizeof("abc"));
    host_symbol_add("near_end", _erodata - bytes_left);
    bug.kind = BUGFRAME_assert;
    bug.message.symbol = builder_symbol(builder, "near_end", SHN_UNDEF, 0, 0);
    bug.message.offset = 0;
    payload_add_bug(builder, &bug);
    return builder;
}

static void claim_may_end_with_the_hypervisor_s_data(void **state)
{
    (void)state;
    must_unload(must_load_built(claim_near_the_end(4)));
}

/* Its NUL is the init area's, which is given away. */
static void claim_that_runs_out_of_the_hypervisor_s_data_is_einval(void **state)
{
    (void)state;
    assert_refused(claim_near_the_end(3), -EINVAL,
                   ".bug_frames.3[0]: claim at");
}

static void claim_in_the_hypervisor_s_text_is_einval(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_bug bug = good_bug;
    const uint32_t answer = builder_symbol(builder, "answer", SHN_UNDEF, 0, 0);

    (void)state;
    bug.kind = BUGFRAME_assert;
    bug.message = (struct payload_place){answer, 0};
    payload_add_bug(builder, &bug);
    assert_refused(builder, -EINVAL, ".bug_frames.3[0]: claim at");
}

static void unaligned_frames_are_einval(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_file file;

    (void)state;
    builder_section(builder, ".rodata.odd", SHT_PROGBITS, SHF_ALLOC, 1, "a", 1);
    payload_add_bug(builder, &good_bug);
    file = builder_finish(builder);
    file_named_section(&file, ".bug_frames.1")->sh_addralign = 1;
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged("bug frames at");
    payload_file_free(&file);
}

/* ---- exception tables -------------------------------------------------- */

static void faults_are_fixed_up_while_it_is_loaded(void **state)
{
    struct payload_builder *builder = start_special();
    struct lp_payload *payload;
    unsigned long text;

    (void)state;
    for (int at = TEXT_BYTES - 1; at >= 0; at -= 3) {
        payload_add_fixup(builder, in_text(at), in_text(TEXT_BYTES - 1 - at));
    }
    payload = must_load_built(builder);
    text = (unsigned long)text_of(payload);
    for (unsigned int at = 0; at < TEXT_BYTES; at++) {
        assert_int_equal(search_exception_table(text + at),
                         at % 3 ? 0 : text + TEXT_BYTES - 1 - at);
    }
    must_unload(payload);
    assert_int_equal(search_exception_table(text), 0);
}

struct fixup_row {
    const char *name;
    struct payload_place where, cont;
};

static const struct fixup_row bad_fixups[] = {
    {"fault_before_the_text_is_einval", OWN_TEXT(-1), OWN_TEXT(0)},
    {"fault_behind_the_text_is_einval", OWN_TEXT(TEXT_BYTES), OWN_TEXT(0)},
    {"fault_in_data_is_einval", OWN_STRING(0), OWN_TEXT(0)},
    {"going_on_before_the_text_is_einval", OWN_TEXT(0), OWN_TEXT(-1)},
    {"going_on_behind_the_text_is_einval", OWN_TEXT(0), OWN_TEXT(TEXT_BYTES)},
    {"going_on_in_data_is_einval", OWN_TEXT(0), OWN_STRING(0)},
    {"fault_far_away_is_einval", OWN_TEXT(0x7f000000), OWN_TEXT(0)},
    {"going_on_far_away_is_einval", OWN_TEXT(0), OWN_TEXT(-0x7f000000)},
};

static void bad_fixup_is_refused(void **state)
{
    const struct fixup_row *row = *state;
    struct payload_builder *builder = start_special();

    payload_add_fixup(builder, in_text(5), in_text(6));
    payload_add_fixup(builder, row->where, row->cont);
    assert_refused(builder, -EINVAL, ".ex_table[1]: from");
}

static void unaligned_table_is_einval(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_file file;

    (void)state;
    builder_section(builder, ".rodata.odd", SHT_PROGBITS, SHF_ALLOC, 1, "a", 1);
    payload_add_fixup(builder, in_text(0), in_text(1));
    file = builder_finish(builder);
    file_named_section(&file, ".ex_table")->sh_addralign = 1;
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged("exception table at");
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, bugs_of_each_kind_are_found_while_it_is_loaded);
    host_add(&tests, two_payloads_have_their_own_bugs);
    host_add_rows(&tests, bad_bugs, bad_bug_is_refused);
    host_add(&tests, last_byte_of_the_text_may_be_a_bug);
    host_add(&tests, string_without_end_is_einval);
    host_add(&tests, string_that_ends_with_the_data_is_read);
    host_add(&tests, empty_string_at_the_end_is_read);
    host_add(&tests, longest_string_has_4096_bytes);
    host_add(&tests, string_in_writable_data_is_einval);
    host_add(&tests, claim_may_be_the_hypervisor_s);
    host_add(&tests, claim_may_end_with_the_hypervisor_s_data);
    host_add(&tests, claim_that_runs_out_of_the_hypervisor_s_data_is_einval);
    host_add(&tests, claim_in_the_hypervisor_s_text_is_einval);
    host_add(&tests, unaligned_frames_are_einval);
    host_add(&tests, faults_are_fixed_up_while_it_is_loaded);
    host_add_rows(&tests, bad_fixups, bad_fixup_is_refused);
    host_add(&tests, unaligned_table_is_einval);
    return host_run(&tests);
}
