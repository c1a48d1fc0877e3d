// SPDX-License-Identifier: GPL-2.0
/*
 * A payload's own memory: filled as the file says, sealed as the plan says,
 * and given back.
 */
#include "steps.h"

#include <xen/mm.h>
#include <xen/vmap.h>

#include "host/arena.h"

#define A SHF_ALLOC
#define AW (SHF_ALLOC | SHF_WRITE)
#define AX (SHF_ALLOC | SHF_EXECINSTR)

struct image_parts {
    uint32_t text, data, bss, rodata;
};

static struct payload_builder *full_object(struct image_parts *parts)
{
    struct payload_builder *builder = builder_new();

    parts->text =
        builder_section(builder, ".text", SHT_PROGBITS, AX, 16, "code", 4);
    parts->data =
        builder_section(builder, ".data", SHT_PROGBITS, AW, 8, "variable", 8);
    parts->bss =
        builder_section(builder, ".bss", SHT_NOBITS, AW, 8, NULL, 5000);
    parts->rodata =
        builder_section(builder, ".rodata", SHT_PROGBITS, A, 1, "constant", 9);
    return builder;
}

static void sections_are_copied_and_the_rest_is_zero(void **state)
{
    struct image_parts parts;
    struct pipeline p;
    uint8_t *bss;

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_IMAGE);
    assert_memory_equal(lp_image_section(&p.image, &p.layout, parts.text),
                        "code", 4);
    assert_memory_equal(lp_image_section(&p.image, &p.layout, parts.data),
                        "variable", 8);
    assert_memory_equal(lp_image_section(&p.image, &p.layout, parts.rodata),
                        "constant", 9);
    bss = lp_image_section(&p.image, &p.layout, parts.bss);
    for (unsigned int i = 0; i < 5000; i++) {
        assert_int_equal(bss[i], 0);
    }
    assert_int_equal(p.image.base[4], 0);
    pipeline_close(&p);
}

static void seal_gives_each_region_its_permissions(void **state)
{
    struct image_parts parts;
    struct lp_sealed_image sealed;
    struct pipeline p;

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_IMAGE);
    assert_int_equal(host_arena_prot(p.image.base), PAGE_HYPERVISOR_RW);
    assert_int_equal(lp_image_seal("fix", &p.image, &sealed), 0);
    assert_int_equal(host_arena_prot(p.image.region[LP_TEXT].start),
                     PAGE_HYPERVISOR_RX);
    assert_int_equal(host_arena_prot(p.image.region[LP_RW].start),
                     PAGE_HYPERVISOR_RW);
    assert_int_equal(host_arena_prot(p.image.region[LP_RW].start + 5000),
                     PAGE_HYPERVISOR_RW);
    assert_int_equal(host_arena_prot(p.image.region[LP_RODATA].start),
                     PAGE_HYPERVISOR_RO);
    pipeline_close(&p);
}

static void payload_without_text_is_sealed(void **state)
{
    struct payload_builder *builder = builder_new();
    struct lp_sealed_image sealed;
    struct pipeline p;

    (void)state;
    builder_section(builder, ".rodata", SHT_PROGBITS, A, 1, "constant", 9);
    pipeline_build(&p, builder, STAGE_IMAGE);
    assert_int_equal(lp_image_seal("fix", &p.image, &sealed), 0);
    assert_int_equal(host_arena_prot(p.image.base), PAGE_HYPERVISOR_RO);
    pipeline_close(&p);
}

static void failed_seal_passes_its_errno_on(void **state)
{
    struct image_parts parts;
    struct lp_sealed_image sealed;
    struct pipeline p;

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_IMAGE);
    host_fail_nth(2);
    assert_int_equal(lp_image_seal("fix", &p.image, &sealed), -ENOMEM);
    assert_logged("livepatch: fix: permissions of");
    pipeline_close(&p);
}

/* A payload that is taken apart in two places does not free it twice. */
static void image_that_is_gone_can_be_destroyed(void **state)
{
    struct image_parts parts;
    struct pipeline p;

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_IMAGE);
    lp_image_destroy(&p.image);
    assert_null(p.image.base);
    pipeline_close(&p);
}

static void no_memory_is_enomem(void **state)
{
    struct image_parts parts;
    struct pipeline p;
    struct lp_image image = {.bytes = 77};

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_LAYOUT);
    host_fail_nth(1);
    assert_int_equal(lp_image_create(&p.elf, &p.layout, &image), -ENOMEM);
    assert_int_equal(image.bytes, 77);
    assert_logged("no memory for an image of 16384 bytes");
    pipeline_close(&p);
}

static void more_than_there_is_is_enomem(void **state)
{
    struct payload_builder *builder = builder_new();
    struct lp_image image;
    struct pipeline p;

    (void)state;
    for (unsigned int i = 0; i < 80; i++) {
        builder_section(builder, ".bss", SHT_NOBITS, AW, 8, NULL, 0x200000);
    }
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(lp_image_create(&p.elf, &p.layout, &image), -ENOMEM);
    pipeline_close(&p);
}

static void holds_counts_used_bytes_only(void **state)
{
    struct image_parts parts;
    struct pipeline p;
    const uint8_t *text;

    (void)state;
    pipeline_build(&p, full_object(&parts), STAGE_IMAGE);
    text = p.image.region[LP_TEXT].start;
    assert_true(lp_image_holds(&p.image, LP_TEXT, text, 4));
    assert_true(lp_image_holds(&p.image, LP_TEXT, text + 3, 1));
    assert_false(lp_image_holds(&p.image, LP_TEXT, text + 4, 1));
    assert_false(lp_image_holds(&p.image, LP_TEXT, text, 5));
    assert_false(lp_image_holds(&p.image, LP_TEXT, text, SIZE_MAX));
    assert_false(lp_image_holds(&p.image, LP_TEXT, text - 1, 1));
    assert_false(lp_image_holds(&p.image, LP_TEXT, NULL, 1));
    assert_false(lp_image_holds(&p.image, LP_RW, text, 1));
    pipeline_close(&p);
}

static void string_must_end_in_the_image(void **state)
{
    struct payload_builder *builder = builder_new();
    static uint8_t full[4096];
    struct pipeline p;
    const char *base;

    (void)state;
    memset(full, 'x', sizeof(full));
    builder_section(builder, ".rodata", SHT_PROGBITS, A, 1, full, 4096);
    pipeline_build(&p, builder, STAGE_IMAGE);
    base = (const char *)p.image.base;
    assert_false(lp_image_holds_string(&p.image, base));
    assert_false(lp_image_holds_string(&p.image, base + 4095));
    assert_false(lp_image_holds_string(&p.image, base + 4096));
    assert_false(lp_image_holds_string(&p.image, base - 1));
    assert_false(lp_image_holds_string(&p.image, NULL));
    p.image.base[4095] = '\0';
    assert_true(lp_image_holds_string(&p.image, base));
    assert_true(lp_image_holds_string(&p.image, base + 4095));
    pipeline_close(&p);
}

static void string_has_at_most_4096_bytes(void **state)
{
    struct payload_builder *builder = builder_new();
    static uint8_t full[2 * LP_IMAGE_STRING_MAX];
    struct pipeline p;
    const char *base;

    (void)state;
    memset(full, 'x', LP_IMAGE_STRING_MAX);
    builder_section(builder, ".rodata", SHT_PROGBITS, A, 1, full, sizeof(full));
    pipeline_build(&p, builder, STAGE_IMAGE);
    base = (const char *)p.image.base;
    assert_false(lp_image_holds_string(&p.image, base));
    assert_true(lp_image_holds_string(&p.image, base + 1));
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, sections_are_copied_and_the_rest_is_zero);
    host_add(&tests, seal_gives_each_region_its_permissions);
    host_add(&tests, payload_without_text_is_sealed);
    host_add(&tests, failed_seal_passes_its_errno_on);
    host_add(&tests, image_that_is_gone_can_be_destroyed);
    host_add(&tests, no_memory_is_enomem);
    host_add(&tests, more_than_there_is_is_enomem);
    host_add(&tests, holds_counts_used_bytes_only);
    host_add(&tests, string_must_end_in_the_image);
    host_add(&tests, string_has_at_most_4096_bytes);
    return host_run(&tests);
}
