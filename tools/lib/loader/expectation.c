/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entry by entry, byte by byte. What is known is left alone, so that an
 * expectation that is wrong there is refused as it should be.
 */
#include "lib/loader/expectation.h"

static bool take_entry(const struct payload_func *func,
                       const struct expectation_place *place)
{
    uintptr_t at = func->expected ? place->find(func) : 0;
    bool is_taken = false;

    for (unsigned int i = 0; at && i < func->nr_expected; i++) {
        if (place->is_unknown(at + i)) {
            *(unsigned char *)(at + i) = func->expected[i];
            is_taken = true;
        }
    }
    return is_taken;
}

void expectation_take(const char *name, const struct elf_file *elf,
                      const struct expectation_place *place)
{
    uint32_t nr_funcs = payload_nr_funcs(elf);

    for (uint32_t i = 0; i < nr_funcs; i++) {
        struct payload_func func = payload_func_at(elf, i);

        if (take_entry(&func, place)) {
            place->tell(name, &func);
        }
    }
}
