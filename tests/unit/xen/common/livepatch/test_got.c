// SPDX-License-Identifier: GPL-2.0
/*
 * The small GOT: references through memory get one word a symbol.
 */
#include "steps.h"

#include "got.h"

#define TEXT_BYTES 64

static const uint32_t got_types[] = {R_X86_64_GOTPCREL, R_X86_64_GOTPCRELX,
                                     R_X86_64_REX_GOTPCRELX};

/* References number i at 8 * i to symbol 1 or 2, alternately. */
static struct payload_builder *start_object(unsigned int nr)
{
    struct payload_builder *builder = builder_new();
    const uint32_t text =
        builder_section(builder, ".text", SHT_PROGBITS,
                        SHF_ALLOC | SHF_EXECINSTR, 16, NULL, TEXT_BYTES);

    builder_symbol(builder, "low", SHN_ABS, 0x1111, 0);
    builder_symbol(builder, "high", SHN_ABS, 0x2222, 0);
    for (unsigned int i = 0; i < nr; i++) {
        builder_relocation(builder, text, 8 * i, got_types[i % 3], 1 + i % 2,
                           -4);
    }
    return builder;
}

/* Where the reference at offset leads, as the CPU would compute it. */
static uint64_t *target(const struct pipeline *p, unsigned int offset)
{
    int32_t distance;

    memcpy(&distance, p->image.base + offset, sizeof(distance));
    return (uint64_t *)(p->image.base + offset + 4 + distance);
}

static void references_lead_to_words_that_hold_the_symbols(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(5), STAGE_SYMBOLS);
    assert_int_equal(p.layout.got_slots, 3);
    assert_int_equal(lp_relocate(&p.elf, &p.layout, &p.image, &p.symbols), 0);
    for (unsigned int i = 0; i < 5; i++) {
        assert_int_equal(*target(&p, 8 * i), i % 2 ? 0x2222 : 0x1111);
        assert_true(lp_image_holds(&p.image, LP_RODATA, target(&p, 8 * i), 8));
    }
    assert_ptr_equal(target(&p, 0), target(&p, 16));
    assert_ptr_not_equal(target(&p, 0), target(&p, 8));
    pipeline_close(&p);
}

static void payload_without_such_references_has_no_got(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(0), STAGE_SYMBOLS);
    assert_int_equal(p.layout.got_slots, 0);
    assert_int_equal(p.layout.region[LP_RODATA].bytes, 0);
    pipeline_close(&p);
}

static void one_reference_reserves_one_word(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(1), STAGE_SYMBOLS);
    assert_int_equal(p.layout.region[LP_RODATA].bytes, 8);
    assert_int_equal(lp_relocate(&p.elf, &p.layout, &p.image, &p.symbols), 0);
    pipeline_close(&p);
}

static void got_that_has_ended_can_be_ended(void **state)
{
    struct lp_got got;
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(1), STAGE_SYMBOLS);
    assert_int_equal(lp_got_begin(&p.layout, &p.image, 3, &got), 0);
    assert_int_equal(lp_got_slot(&got, 2, 0x2222), (uint64_t)got.slot);
    lp_got_end(&got);
    assert_null(got.slot);
    lp_got_end(&got);
    pipeline_close(&p);
}

static void no_memory_is_enomem(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(1), STAGE_SYMBOLS);
    host_fail_nth(1);
    assert_int_equal(lp_relocate(&p.elf, &p.layout, &p.image, &p.symbols),
                     -ENOMEM);
    assert_logged("GOT");
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, references_lead_to_words_that_hold_the_symbols);
    host_add(&tests, payload_without_such_references_has_no_got);
    host_add(&tests, one_reference_reserves_one_word);
    host_add(&tests, got_that_has_ended_can_be_ended);
    host_add(&tests, no_memory_is_enomem);
    return host_run(&tests);
}
