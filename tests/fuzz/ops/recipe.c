// SPDX-License-Identifier: GPL-2.0
/*
 * From the bytes of a step to a recipe. Low values are the common ones.
 */
#include "recipe.h"

#include <string.h>

#include <xen/lib.h>

const char *const recipe_symbol_names[SYMBOL_NR] = {
    [SYMBOL_ANSWER] = "answer",
    [SYMBOL_QUESTION] = "question",
    [SYMBOL_ENDBR] = "answer_endbr",
    [SYMBOL_POISON] = "answer_poison",
    [SYMBOL_LOCAL] = "common/file.c#local",
    [SYMBOL_EXPORT] = "exp_0",
    [SYMBOL_EXPORT + 1] = "exp_1",
    [SYMBOL_EXPORT + 2] = "exp_2",
    [SYMBOL_EXPORT + 3] = "exp_3",
    [SYMBOL_TINY_5] = "tiny_5",
    [SYMBOL_ENDBR_9] = "endbr_9",
    [SYMBOL_TINY_4] = "tiny_4",
    [SYMBOL_ENDBR_8] = "endbr_8",
    [SYMBOL_CONSTANT] = "constant",
    [SYMBOL_REPLACEMENT] = "new_0",
    [SYMBOL_BOOT_ONLY] = "boot_only",
    [SYMBOL_NOWHERE] = "nowhere",
};

#define LISTS (1u << HOOK_LOAD | 1u << HOOK_UNLOAD)

static enum recipe_symbol decode_target(uint8_t choice)
{
    return choice < CHOOSE_WRONG
               ? choice % SYMBOL_TINY_4
               : SYMBOL_TINY_4 + choice % (SYMBOL_NR - SYMBOL_TINY_4);
}

static uint32_t decode_old_size(uint8_t choice)
{
    static const uint32_t sizes[16] = {16, 16, 9,  5,  31, 12, 16,         16,
                                       8,  4,  16, 32, 16, 0,  0x7fffffff, 16};

    return sizes[choice & 15];
}

static uint32_t decode_nop_bytes(uint8_t choice)
{
    static const uint32_t sizes[16] = {5,  6, 9, 1, 12, 16, 7, 31,
                                       10, 2, 8, 5, 3,  4,  0, 32};

    return sizes[choice >> 4];
}

/* A payload's function may take all of the text behind it, or a byte more. */
static void reach_for_the_end(uint8_t sizes, struct recipe_function *function)
{
    const unsigned int export = function->target - SYMBOL_EXPORT;

    if (export < RECIPE_EXPORTS && (sizes & 15) >= 14) {
        function->old_size = TEXT_BYTES - TEXT_EXPORT(export) -
                             function->shift + ((sizes & 15) == 15);
    }
}

static struct recipe_function decode_function(const struct script_function *raw)
{
    static const uint8_t shifts[8] = {0, 0, 0, 1, 2, 4, 5, 8};
    static const uint8_t lengths[16] = {5, 1,  6, 4, 16, 9, 12, 0,
                                        2, 31, 8, 7, 10, 3, 20, 5};
    struct recipe_function function = {
        .target = decode_target(raw->target),
        .is_nops = raw->shape & 1,
        .by_address = (raw->shape & 0x22) == 2,
        .by_number = (raw->shape & 0x22) == 0x22,
        .is_export_code = raw->shape & 0x40,
        .is_nopatch = raw->shape >= 0xfc,
        .is_own = raw->shape >= 0xf8 && raw->shape < 0xfc,
        .old_size = decode_old_size(raw->sizes),
        .new_size = 6,
        .expects =
            raw->expects % 16 < EXPECT_NR ? raw->expects % 16 : EXPECT_NOTHING,
        .expect_len = lengths[raw->expects >> 4],
    };

    if (function.is_nops) {
        function.new_size = decode_nop_bytes(raw->sizes);
    }
    if (function.by_address || function.by_number) {
        function.shift = shifts[raw->shape >> 2 & 7];
    }
    reach_for_the_end(raw->sizes, &function);
    return function;
}

static void decode_metadata(uint8_t features, struct recipe *recipe)
{
    static const uint8_t sizes[4] = {0, 7, 1, 61};

    recipe->metadata_bytes = sizes[features >> 2 & 3];
    memset(recipe->metadata, 'm', sizeof(recipe->metadata));
    if (recipe->metadata_bytes > 8) {
        recipe->metadata[7] = '\0';
    }
    if (recipe->metadata_bytes) {
        recipe->metadata[recipe->metadata_bytes - 1] = '\0';
    }
}

static void decode_references(const struct script_upload *choices,
                              struct recipe *recipe)
{
    for (unsigned int i = 0; i < SCRIPT_REFERENCES; i++) {
        const uint8_t choice = choices->references[i];

        if (choice >= CHOOSE_WRONG) {
            recipe->references[recipe->nr_references++] = choice % SYMBOL_NR;
        } else if (choice % 8 >= 4) {
            recipe->references[recipe->nr_references++] =
                SYMBOL_EXPORT + choice % 4;
        }
    }
}

/* What is not there cannot be wrong. */
static bool can_have(const struct recipe *recipe, enum recipe_defect defect)
{
    switch (defect) {
    case DEFECT_ENTRY_VERSION:
        return recipe->nr_functions;
    case DEFECT_ENTRY_NAME: /* who has an address needs no name */
        return recipe->nr_functions && !recipe->functions[0].by_address &&
               !recipe->functions[0].by_number;
    case DEFECT_METADATA:
        return recipe->metadata_bytes;
    default:
        return true;
    }
}

struct recipe recipe_decode(const struct script_upload *choices)
{
    const uint8_t features = choices->features;
    struct recipe recipe = {
        .id = 1 + choices->id % RECIPE_IDS,
        .has_free_id = choices->id >= CHOOSE_FITTING,
        .depends = choices->depends % (RECIPE_IDS + 2),
        .depends_on_top = choices->depends >= CHOOSE_FITTING,
        .nr_functions = choices->nr_functions < 0xf8
                            ? 1 + choices->nr_functions % SCRIPT_FUNCTIONS
                            : 0,
        .null_hooks =
            choices->where & 2 ? choices->hooks & choices->value & ~LISTS : 0,
        .has_crowd = choices->where & 1,
        .exports = choices->exports & 15,
        .locals = choices->exports >> 4 & ~(choices->exports & 15),
        .has_weak_exports = features & 0x10,
        .has_data = features & 1,
        .has_writable_entries = features & 2,
        .has_endbr = features & 0x20,
        .has_writable_hooks = features & 0x40,
        .defect =
            choices->defect < 0xc0 ? DEFECT_NONE : choices->defect % DEFECT_NR,
        .where = choices->where,
        .value = choices->value,
    };

    recipe.hooks = choices->hooks & ~recipe.null_hooks;
    memcpy(recipe.answers, choices->answers, sizeof(recipe.answers));
    memcpy(recipe.deeds, choices->deeds, sizeof(recipe.deeds));
    for (unsigned int i = 0; i < recipe.nr_functions; i++) {
        recipe.functions[i] = decode_function(&choices->functions[i]);
        recipe.functions[i].is_export_code &= (recipe.exports >> i & 1);
    }
    decode_references(choices, &recipe);
    decode_metadata(features, &recipe);
    if (!can_have(&recipe, recipe.defect)) {
        recipe.defect = DEFECT_NONE;
    }
    return recipe;
}
