// SPDX-License-Identifier: GPL-2.0
/*
 * Alternatives through the whole loader: which code stands in the payload's
 * text afterwards, and each record's places and sizes at their bounds.
 */
#include "special_payload.h"

#include <asm/alternative.h>

#include "host/features.h"

static const uint8_t code[] = {0x31, 0xc0, 0xc3}; /* xor %eax,%eax; ret */
static const uint8_t code_and_nops[] = {0x31, 0xc0, 0xc3, 0x0f, 0x1f, 0x00};

/* Over the first six bytes of the function: 42 becomes 0. */
static struct payload_alternative
start_alternative(struct payload_builder *builder, uint16_t feature)
{
    return (struct payload_alternative){
        .where = in_text(0),
        .original_bytes = sizeof(payload_return_42),
        .code = payload_add_code(builder, code, sizeof(code)),
        .code_bytes = sizeof(code),
        .feature = feature,
    };
}

struct choice_row {
    const char *name;
    uint16_t feature;
    bool is_exchanged;
};

static const struct choice_row choices[] = {
    {"feature_that_is_there_exchanges_code", HOST_HAS, true},
    {"feature_that_is_missing_leaves_code", HOST_HAS_NOT, false},
    {"negated_feature_that_is_there_leaves_code", HOST_HAS | ALT_NEGATED,
     false},
    {"negated_feature_that_is_missing_exchanges_code",
     HOST_HAS_NOT | ALT_NEGATED, true},
    {"feature_of_all_exchanges_code", LIVEPATCH_FEATURE, true},
    {"last_feature_exists", X86_FEATURE_END - 1, false},
};

static void code_is_chosen(void **state)
{
    const struct choice_row *row = *state;
    struct payload_builder *builder = start_special();
    const struct payload_alternative alt =
        start_alternative(builder, row->feature);
    struct lp_payload *payload;

    payload_add_alternative(builder, &alt);
    payload = must_load_built(builder);
    assert_memory_equal(text_of(payload),
                        row->is_exchanged ? code_and_nops : payload_return_42,
                        sizeof(payload_return_42));
    must_apply(payload);
    assert_int_equal(host_call("answer"), row->is_exchanged ? 0 : 42);
    must_revert(payload);
    must_unload(payload);
}

static void mark_of_having_been_handled_counts_for_nothing(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS);
    struct lp_payload *payload;

    (void)state;
    alt.unused = 1;
    payload_add_alternative(builder, &alt);
    payload = must_load_built(builder);
    assert_memory_equal(text_of(payload), code_and_nops, sizeof(code_and_nops));
    must_unload(payload);
}

static void padding_belongs_to_the_place(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS);
    struct lp_payload *payload;

    (void)state;
    alt.original_bytes = 1;
    alt.padding_bytes = 5;
    payload_add_alternative(builder, &alt);
    payload = must_load_built(builder);
    assert_memory_equal(text_of(payload), code_and_nops, sizeof(code_and_nops));
    must_unload(payload);
}

/* Places from the text's first byte to its last, and one past each side. */
struct place_row {
    const char *name;
    int64_t offset;
    uint8_t original_bytes, padding_bytes;
    int rc;
};

/* .text, and behind it, aligned, the code. */
#define ALL_TEXT_BYTES (TEXT_BYTES + sizeof(code))

static const struct place_row places[] = {
    {"place_at_the_start", 0, 3, 0, 0},
    {"place_before_the_start_is_einval", -1, 3, 0, -EINVAL},
    {"place_at_the_end", ALL_TEXT_BYTES - 3, 3, 0, 0},
    {"place_one_past_the_end_is_einval", ALL_TEXT_BYTES - 2, 3, 0, -EINVAL},
    {"padding_at_the_end", ALL_TEXT_BYTES - 3, 1, 2, 0},
    {"padding_one_past_the_end_is_einval", ALL_TEXT_BYTES - 3, 2, 2, -EINVAL},
    {"place_far_past_the_end_is_einval", 0x100000, 3, 0, -EINVAL},
};

static void place_is_judged(void **state)
{
    const struct place_row *row = *state;
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS_NOT);

    alt.where.offset = row->offset;
    alt.original_bytes = row->original_bytes;
    alt.padding_bytes = row->padding_bytes;
    payload_add_alternative(builder, &alt);
    if (row->rc) {
        assert_refused(builder, row->rc, ".altinstructions[0]: ");
    } else {
        must_unload(must_load_built(builder));
    }
}

struct code_row {
    const char *name;
    int64_t offset; /* from where .altinstr_replacement begins */
    uint8_t bytes;
    int rc;
    const char *says;
};

static const struct code_row codes[] = {
    {"code_before_its_section_is_einval", -1, 3, -EINVAL,
     ".altinstructions[0]: 3 bytes of code at"},
    {"code_one_past_its_section_is_einval", 1, 3, -EINVAL,
     ".altinstructions[0]: 3 bytes of code at"},
    {"code_far_from_its_section_is_einval", 0x100000, 1, -EINVAL,
     ".altinstructions[0]: 1 bytes of code at"},
    {"code_as_long_as_its_section", 0, 3, 0, NULL},
    {"end_of_the_section_is_code", 2, 1, 0, NULL},
    {"no_code_may_be_anywhere", 0x100000, 0, 0, NULL},
    {"code_that_ends_within_an_instruction_is_eopnotsupp", 0, 1, -EOPNOTSUPP,
     "not known how to move 31"},
};

static void code_is_judged(void **state)
{
    const struct code_row *row = *state;
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS_NOT);

    alt.code.offset = row->offset;
    alt.code_bytes = row->bytes;
    payload_add_alternative(builder, &alt);
    if (row->rc) {
        assert_refused(builder, row->rc, row->says);
    } else {
        must_unload(must_load_built(builder));
    }
}

static void more_code_than_place_is_enospc(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS_NOT);

    (void)state;
    alt.original_bytes = 2;
    payload_add_alternative(builder, &alt);
    assert_refused(builder, -ENOSPC, "3 bytes of code for a place of 2");
}

static void unknown_feature_is_erange(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt =
        start_alternative(builder, X86_FEATURE_END);

    (void)state;
    payload_add_alternative(builder, &alt);
    assert_refused(builder, -ERANGE, "feature 1024 of 1024");
}

/* The first is good and exchanged; the second is not: nothing is loaded. */
static void one_bad_record_refuses_all(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = start_alternative(builder, HOST_HAS);

    (void)state;
    payload_add_alternative(builder, &alt);
    alt.where.offset = -1;
    payload_add_alternative(builder, &alt);
    assert_refused(builder, -EINVAL, ".altinstructions[1]: 6 bytes at");
}

static void records_without_code_section_are_einval(void **state)
{
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = {
        .where = in_text(0),
        .original_bytes = 6,
        .code = in_text(0),
        .code_bytes = 1,
        .feature = HOST_HAS,
    };

    (void)state;
    payload_add_alternative(builder, &alt);
    assert_refused(builder, -EINVAL, "are not in .altinstr_replacement");
}

static void no_code_at_all_makes_nops(void **state)
{
    static const uint8_t nops[6] = {0x66, 0x0f, 0x1f, 0x44, 0, 0};
    struct payload_builder *builder = start_special();
    struct payload_alternative alt = {
        .where = in_text(0),
        .original_bytes = 6,
        .code = in_text(0),
        .feature = HOST_HAS,
    };
    struct lp_payload *payload;

    (void)state;
    payload_add_alternative(builder, &alt);
    payload = must_load_built(builder);
    assert_memory_equal(text_of(payload), nops, sizeof(nops));
    must_unload(payload);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, choices, code_is_chosen);
    host_add(&tests, mark_of_having_been_handled_counts_for_nothing);
    host_add(&tests, padding_belongs_to_the_place);
    host_add_rows(&tests, places, place_is_judged);
    host_add_rows(&tests, codes, code_is_judged);
    host_add(&tests, more_code_than_place_is_enospc);
    host_add(&tests, unknown_feature_is_erange);
    host_add(&tests, one_bad_record_refuses_all);
    host_add(&tests, records_without_code_section_are_einval);
    host_add(&tests, no_code_at_all_makes_nops);
    return host_run(&tests);
}
