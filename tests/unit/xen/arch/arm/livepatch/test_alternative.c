// SPDX-License-Identifier: GPL-2.0
/*
 * Alternatives on arm64: how a record is read, and that code which refers to
 * something by its distance still does from where it is moved to.
 */
#include "reference.h"

#include <xen/livepatch_arch.h>
#include <asm/alternative.h>

#include "host/features.h"

#define PAGE 4096

/* Code and its place, at the distance that a test wants, as a page begins. */
#define FAR 0x8000
static uint8_t text[FAR + 2 * PAGE] __attribute__((aligned(PAGE)));
static uint8_t made[LIVEPATCH_ALTERNATIVE_MAX];

static struct livepatch_alternative alternative(unsigned int code_bytes,
                                                unsigned int place_bytes)
{
    return (struct livepatch_alternative){
        .place = text,
        .place_bytes = place_bytes,
        .code = text + FAR,
        .code_bytes = code_bytes,
        .feature = HOST_HAS,
    };
}

static int plan(const struct livepatch_alternative *alt)
{
    memset(made, 0xee, sizeof(made));
    return livepatch_plan_alternative("fix", alt, made);
}

/* Of so many instructions in a place of the same size. */
static int plan_code(const uint32_t *code, unsigned int nr)
{
    const struct livepatch_alternative alt = alternative(4 * nr, 4 * nr);

    memcpy(text + FAR, code, 4UL * nr);
    return plan(&alt);
}

static void record_is_read(void **state)
{
    struct {
        uint8_t odd;
        struct alt_instr record;
    } __packed memory = {
        .record =
            {
                .orig_offset = -100,
                .alt_offset = 200,
                .cpufeature = 0x8003,
                .orig_len = 252,
                .alt_len = 248,
            },
    };
    const uint8_t *base = (const uint8_t *)&memory + 1;
    const struct livepatch_alternative alt =
        arch_livepatch_read_alternative(base);

    (void)state;
    assert_ptr_equal(alt.place, base - 100);
    assert_ptr_equal(alt.code, base + 4 + 200);
    assert_int_equal(alt.place_bytes, 252);
    assert_int_equal(alt.code_bytes, 248);
    assert_int_equal(alt.feature, 0x8003);
    assert_false(alt.is_negated);
}

/* The same code, assembled where it is to run, is the judge. */
static void moved_code_is_as_linked_there(void **state)
{
    struct payload_file file = copy_reference(alternatives);
    const Elf_Shdr *section = file_named_section(&file, ".text");
    const uint64_t start = section->sh_addr;
    const uint64_t place = reference_symbol(&file, "place")->st_value - start;
    const uint64_t code = reference_symbol(&file, "code")->st_value - start;
    const uint64_t end = reference_symbol(&file, "code_end")->st_value - start;
    const uint8_t *linked = file_content(&file, ".text");
    const struct livepatch_alternative alt = {
        .place = text + place,
        .place_bytes = (uint32_t)(end - code),
        .code = text + code,
        .code_bytes = (uint32_t)(end - code),
        .feature = HOST_HAS,
    };

    (void)state;
    assert_true(end < sizeof(text));
    assert_true(alt.code_bytes > 100);
    assert_memory_not_equal(linked + place, linked + code, alt.code_bytes);
    memcpy(text + code, linked + code, alt.code_bytes);
    assert_int_equal(plan(&alt), 0);
    for (unsigned int i = 0; i < alt.code_bytes; i += 4) {
        assert_int_equal(insn_read(made + i), insn_read(linked + place + i));
    }
    payload_file_free(&file);
}

static void rest_of_the_place_is_nops(void **state)
{
    const struct livepatch_alternative alt = alternative(4, 12);

    (void)state;
    insn_write(text + FAR, 0xd65f03c0);
    assert_int_equal(plan(&alt), 0);
    assert_int_equal(insn_read(made), 0xd65f03c0);
    assert_int_equal(insn_read(made + 4), 0xd503201f);
    assert_int_equal(insn_read(made + 8), 0xd503201f);
    assert_int_equal(made[12], 0xee);
}

/* ---- what is refused ----------------------------------------------------- */

struct code_row {
    const char *name;
    uint32_t code[3];
    unsigned int nr;
    int rc;
    const char *says;
};

static const struct code_row codes[] = {
    {"jump_to_itself_is_einval", {0x14000000}, 1, -EINVAL, "to itself"},
    {"call_to_itself_is_einval",
     {0xd503201f, 0x94000000},
     2,
     -EINVAL,
     "byte 4 of its code is a call or jump to itself"},
    /* b from the code back to the place, over FAR bytes. */
    {"jump_to_its_place_is_einval", {0x17ffe000}, 1, -EINVAL, "to itself"},
    {"loop_may_lead_to_itself", {0xb4000000}, 1, 0, NULL},
    {"jump_to_the_start_stays", {0xd503201f, 0x17ffffff}, 2, 0, NULL},
    {"jump_to_the_end_stays", {0x14000002, 0xd503201f}, 2, 0, NULL},
    {"call_inside_stays", {0x94000001, 0xd503201f}, 2, 0, NULL},
    {"literal_in_the_code_is_eopnotsupp",
     {0x58000040, 0xd503201f, 0xd503201f},
     3,
     -EOPNOTSUPP,
     "not known how to move 58000040"},
    {"address_in_the_code_is_eopnotsupp",
     {0xd503201f, 0x10ffffe0},
     2,
     -EOPNOTSUPP,
     "byte 4 of its code: not known how to move 10ffffe0"},
    {"new_branch_is_eopnotsupp", {0x74000000}, 1, -EOPNOTSUPP, "74000000"},
    {"new_branch_with_a_number_is_eopnotsupp",
     {0xf5000000},
     1,
     -EOPNOTSUPP,
     "f5000000"},
    {"return_that_authenticates_a_place_is_eopnotsupp",
     {0x5500001f},
     1,
     -EOPNOTSUPP,
     "5500001f"},
    {"authentication_of_a_place_is_eopnotsupp",
     {0xf380001f},
     1,
     -EOPNOTSUPP,
     "f380001f"},
    {"extraction_is_copied", {0x93c00400}, 1, 0, NULL},
};

static void code_is_judged(void **state)
{
    const struct code_row *row = *state;

    assert_int_equal(plan_code(row->code, row->nr), row->rc);
    if (row->rc) {
        assert_int_equal(made[0], 0xee);
        assert_logged(row->says);
        assert_logged("livepatch: fix: alternative for ");
    } else {
        assert_memory_equal(made, row->code, 4 * row->nr);
    }
}

/* A function that lies directly behind the code, FAR bytes above the place. */
static void call_of_what_lies_behind_the_code_still_finds_it(void **state)
{
    const uint32_t code[] = {0xd503201f, 0x94000001};

    (void)state;
    assert_int_equal(plan_code(code, 2), 0);
    assert_int_equal(insn_read(made + 4), 0x94000001 + FAR / 4);
}

/* ---- reach --------------------------------------------------------------- */

/* An instruction whose distance is the furthest up that it can say: from the
 * place, FAR bytes lower, that is too far; one by FAR less is not. */
struct reach_row {
    const char *name;
    uint32_t insn;
    uint32_t units_in_far; /* FAR in units of the distance */
    unsigned int at, bits; /* of the distance */
};

static const struct reach_row reaches[] = {
    {"jump_is_moved_as_far_as_it_reaches", 0x14000000, FAR / 4, 0, 26},
    {"call_is_moved_as_far_as_it_reaches", 0x94000000, FAR / 4, 0, 26},
    {"condition_is_moved_as_far_as_it_reaches", 0x54000000, FAR / 4, 5, 19},
    {"literal_is_moved_as_far_as_it_reaches", 0x58000000, FAR / 4, 5, 19},
    {"page_is_moved_as_far_as_it_reaches", 0x90000000, FAR / PAGE, 5, 19},
};

static void reach_is_judged(void **state)
{
    const struct reach_row *row = *state;
    const bool is_page = row->insn == 0x90000000;
    /* ADRP counts in quarters of what its upper part says. */
    const uint32_t less = is_page ? row->units_in_far / 4 : row->units_in_far;
    const uint32_t most = (1U << (row->bits - 1)) - 1;
    const uint32_t fits[] = {row->insn | (most - less) << row->at};
    const uint32_t fits_not[] = {row->insn | (most - less + 1) << row->at};

    assert_int_equal(plan_code(fits, 1), 0);
    assert_int_equal(insn_read(made), row->insn | most << row->at);
    assert_int_equal(plan_code(fits_not, 1), -EOVERFLOW);
    assert_logged("out of reach");
}

static void test_branch_out_of_reach_is_eoverflow(void **state)
{
    static const uint32_t code[] = {0x36000800}; /* tbz w0, #0, +0x100 */

    (void)state;
    assert_int_equal(plan_code(code, 1), -EOVERFLOW);
}

/* ---- shapes -------------------------------------------------------------- */

struct shape_row {
    const char *name;
    int place_off, code_off; /* bytes from where they should begin */
    unsigned int place_bytes, code_bytes;
    unsigned int feature;
    int rc;
};

static const struct shape_row shapes[] = {
    {"place_between_instructions_is_einval", 2, 0, 8, 4, HOST_HAS, -EINVAL},
    {"code_between_instructions_is_einval", 0, 1, 8, 4, HOST_HAS, -EINVAL},
    {"no_code_may_be_anywhere", 0, 1, 8, 0, HOST_HAS, 0},
    {"part_of_an_instruction_is_eopnotsupp", 0, 0, 8, 6, HOST_HAS, -EOPNOTSUPP},
    {"place_of_a_part_is_eopnotsupp", 0, 0, 7, 4, HOST_HAS, -EOPNOTSUPP},
    {"more_code_than_place_is_enospc", 0, 0, 4, 8, HOST_HAS, -ENOSPC},
    {"longest_place_is_filled", 0, 0, 252, 252, HOST_HAS, 0},
    {"last_feature_exists", 0, 0, 4, 4, ARM_NCAPS - 1, 0},
    {"unknown_feature_is_erange", 0, 0, 4, 4, ARM_NCAPS, -ERANGE},
    {"last_feature_of_all_is_erange", 0, 0, 4, 4, UINT16_MAX, -ERANGE},
};

static void shape_is_judged(void **state)
{
    const struct shape_row *row = *state;
    struct livepatch_alternative alt =
        alternative(row->code_bytes, row->place_bytes);

    for (unsigned int at = 0; at < 256; at += 4) {
        insn_write(text + FAR + at, 0xd503201f);
    }
    alt.place += row->place_off;
    alt.code += row->code_off;
    alt.feature = row->feature;
    assert_int_equal(plan(&alt), row->rc);
    assert_int_equal(host_log_errors(), row->rc != 0);
    assert_int_equal(made[0] != 0xee, row->rc == 0);
}

static void features_decide(void **state)
{
    struct livepatch_alternative alt = alternative(4, 4);

    (void)state;
    assert_true(arch_livepatch_wants(&alt));
    alt.feature = HOST_HAS_NOT;
    assert_false(arch_livepatch_wants(&alt));
}

static void nothing_is_an_alternative_call(void **state)
{
    static const uint32_t call_to_itself = 0x94000000;
    struct livepatch_alternative alt = alternative(4, 4);

    (void)state;
    insn_write(text + FAR, call_to_itself);
    alt.feature = LIVEPATCH_FEATURE;
    assert_false(arch_livepatch_is_alt_call(&alt));
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, record_is_read);
    host_add(&tests, moved_code_is_as_linked_there);
    host_add(&tests, rest_of_the_place_is_nops);
    host_add_rows(&tests, codes, code_is_judged);
    host_add(&tests, call_of_what_lies_behind_the_code_still_finds_it);
    host_add_rows(&tests, reaches, reach_is_judged);
    host_add(&tests, test_branch_out_of_reach_is_eoverflow);
    host_add_rows(&tests, shapes, shape_is_judged);
    host_add(&tests, features_decide);
    host_add(&tests, nothing_is_an_alternative_call);
    return host_run(&tests);
}
