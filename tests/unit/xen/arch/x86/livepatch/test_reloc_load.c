// SPDX-License-Identifier: GPL-2.0
/*
 * Each relocation type of x86-64 through the whole loader, in a real payload:
 * the lowest value that its field holds, the highest, and one past each.
 *
 * Source of the ranges: System V psABI for AMD64, table 4.9.
 */
#include "steps.h"

#include <xen/elfstructs.h>

/* What stands in front of the place, and behind it. */
#define MARK 0x6b72616d2d706c21UL
#define PLACE sizeof(uint64_t)
#define ROOM 24

/* How the value comes about. */
enum form {
    ABSOLUTE, /* a symbol of value 0, and the addend */
    RELATIVE, /* a symbol at the place itself */
    VIA_GOT,  /* the word in the GOT, at a distance that the loader chooses */
};

struct bound_row {
    const char *name;
    uint32_t type;
    unsigned int bytes;
    enum form form;
    int64_t value;
    bool fits;
};

#define BOUNDS(text, reloc, width, form, lowest, highest)                      \
    {text "_lowest", R_X86_64_##reloc, (width), form, (lowest), true},         \
        {text "_highest", R_X86_64_##reloc, (width), form, (highest), true},   \
        {text "_one_below_the_lowest_is_eoverflow",                            \
         R_X86_64_##reloc,                                                     \
         (width),                                                              \
         form,                                                                 \
         (lowest)-1,                                                           \
         false},                                                               \
    {                                                                          \
        text "_one_above_the_highest_is_eoverflow", R_X86_64_##reloc, (width), \
            form, (highest) + 1, false                                         \
    }

/* A field of 64 bits holds everything. */
#define ALL(text, reloc, form)                                                 \
    {text "_lowest", R_X86_64_##reloc, 8, form, INT64_MIN, true},              \
        {text "_highest", R_X86_64_##reloc, 8, form, INT64_MAX, true},         \
    {                                                                          \
        text "_minus_one", R_X86_64_##reloc, 8, form, -1, true                 \
    }

static const struct bound_row bounds[] = {
    ALL("64", 64, ABSOLUTE),
    ALL("pc64", PC64, RELATIVE),
    BOUNDS("32", 32, 4, ABSOLUTE, 0L, (int64_t)UINT32_MAX),
    BOUNDS("32s", 32S, 4, ABSOLUTE, (int64_t)INT32_MIN, (int64_t)INT32_MAX),
    BOUNDS("16", 16, 2, ABSOLUTE, INT16_MIN, UINT16_MAX),
    BOUNDS("8", 8, 1, ABSOLUTE, INT8_MIN, UINT8_MAX),
    BOUNDS("pc32", PC32, 4, RELATIVE, (int64_t)INT32_MIN, (int64_t)INT32_MAX),
    BOUNDS("plt32", PLT32, 4, RELATIVE, (int64_t)INT32_MIN, (int64_t)INT32_MAX),
    BOUNDS("pc16", PC16, 2, RELATIVE, INT16_MIN, INT16_MAX),
    BOUNDS("pc8", PC8, 1, RELATIVE, INT8_MIN, INT8_MAX),
    BOUNDS("gotpcrel", GOTPCREL, 4, VIA_GOT, (int64_t)INT32_MIN,
           (int64_t)INT32_MAX),
    BOUNDS("gotpcrelx", GOTPCRELX, 4, VIA_GOT, (int64_t)INT32_MIN,
           (int64_t)INT32_MAX),
    BOUNDS("rex_gotpcrelx", REX_GOTPCRELX, 4, VIA_GOT, (int64_t)INT32_MIN,
           (int64_t)INT32_MAX),
};

/* A payload with one more section, in which one record changes the place. */
static struct payload_file make_with_record(const struct bound_row *row,
                                            int64_t addend)
{
    const uint64_t content[ROOM / sizeof(uint64_t)] = {MARK, 0, ~MARK};
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t section =
        builder_section(builder, ".rodata.place", SHT_PROGBITS, SHF_ALLOC, 8,
                        content, sizeof(content));
    const uint8_t local = ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE);
    const uint32_t symbol =
        row->form == RELATIVE
            ? builder_symbol(builder, "here", section, PLACE, local)
            : builder_symbol(builder, "nothing", SHN_ABS, 0, local);

    builder_relocation(builder, section, PLACE, row->type, symbol, addend);
    return builder_finish(builder);
}

static const uint8_t *find_place(const struct lp_payload *payload)
{
    const uint64_t mark = MARK;
    const struct lp_span *span = &payload->image.region[LP_RODATA];

    for (size_t at = 0; at + ROOM <= span->bytes; at += sizeof(mark)) {
        if (memcmp(span->start + at, &mark, sizeof(mark)) == 0) {
            return span->start + at + PLACE;
        }
    }
    fail_msg("the place is not in the image");
    return NULL;
}

/* How far the GOT's word is from the place: the same in each load. */
static int64_t find_got_distance(const struct bound_row *row)
{
    struct payload_file file = make_with_record(row, 0);
    struct lp_payload *payload = must_load(&file, "fix");
    int32_t distance;

    memcpy(&distance, find_place(payload), sizeof(distance));
    assert_int_equal(distance % 8, 0);
    must_unload(payload);
    payload_file_free(&file);
    return distance;
}

/* The field holds the value's low bytes, and nothing beside it has changed. */
static void assert_stored(const struct bound_row *row)
{
    uint8_t wanted[ROOM - PLACE] = {0};
    const uint64_t after = ~MARK;

    memcpy(wanted, &row->value, row->bytes);
    memcpy(wanted + 8, &after, sizeof(after));
    assert_memory_equal(find_place(find_payload("fix")), wanted,
                        sizeof(wanted));
}

static void range_is_judged(void **state)
{
    const struct bound_row *row = *state;
    const int64_t base = row->form == VIA_GOT ? find_got_distance(row) : 0;
    struct payload_file file = make_with_record(row, row->value - base);

    host_log_clear();
    if (row->fits) {
        assert_int_equal(try_load(&file, "fix"), 0);
        assert_stored(row);
        must_unload(find_payload("fix"));
    } else {
        assert_int_equal(try_load(&file, "fix"), -EOVERFLOW);
        assert_int_equal(host_log_errors(), 1);
        assert_logged("livepatch: fix: .rela.rodata.place[0]: R_X86_64_");
        assert_null(find_payload("fix"));
    }
    payload_file_free(&file);
}

static bool is_in_table(uint32_t type)
{
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        if (bounds[i].type == type) {
            return true;
        }
    }
    return type == R_X86_64_NONE;
}

/* A type without rows above is not supported, or this table is not whole. */
static void all_other_types_are_eopnotsupp(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 64; type++) {
        const struct bound_row row = {.type = type, .form = ABSOLUTE};
        struct payload_file file = make_with_record(&row, 0);

        if (!is_in_table(type)) {
            assert_int_equal(try_load(&file, "fix"), -EOPNOTSUPP);
        }
        payload_file_free(&file);
    }
}

/* A word at the end of the section is taken, one byte further is not. */
static void place_past_the_section_is_einval(void **state)
{
    struct bound_row row = bounds[0];
    struct payload_file file;

    (void)state;
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        row = bounds[i];
        file = make_with_record(&row, 0);
        file_record(&file, ".rela.rodata.place", 0)->r_offset =
            ROOM - row.bytes + 1;
        assert_int_equal(try_load(&file, "fix"), -EINVAL);
        payload_file_free(&file);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, bounds, range_is_judged);
    host_add(&tests, all_other_types_are_eopnotsupp);
    host_add(&tests, place_past_the_section_is_einval);
    return host_run(&tests);
}
