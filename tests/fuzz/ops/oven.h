/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload in the making: shared by what makes it (bake.c) and what makes it
 * wrong (defect.c).
 */
#ifndef FUZZ_OPS_OVEN_H
#define FUZZ_OPS_OVEN_H

#include "recipe.h"

#define GLOBAL ELF64_ST_INFO(STB_GLOBAL, STT_FUNC)

struct oven {
    struct payload_builder *builder;
    const struct recipe *recipe;
    uint32_t text, strings, entries;
    uint32_t text_symbol, strings_symbol;
    uint32_t code[SCRIPT_FUNCTIONS]; /* symbols of the replacements */
    uint32_t export[RECIPE_EXPORTS]; /* 0: none */
    uint32_t undefined[SYMBOL_NR];   /* 0: not yet */
};

/* The recipe's defect, when it is one of the making. */
void oven_add_defect(struct oven *oven);

/* The same when it is one of the finished file. */
void oven_break_file(const struct recipe *recipe, struct payload_file *file);

#endif
