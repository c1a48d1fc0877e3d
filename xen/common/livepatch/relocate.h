/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Applies the relocation records of a payload to its image, while the image
 * is still writable. The one place that checks a record's indices, its place
 * and the range of its value, for every architecture; what a type means is a
 * row of the arch's table (arch_livepatch_howto()).
 */
#ifndef LP_RELOCATE_H
#define LP_RELOCATE_H

#include "resolve.h"

/* Words that lp_relocate() may want for a GOT: what a layout reserves. */
uint32_t lp_relocate_count_got(const struct lp_elf *elf);

/*
 * Every record of every relocation section whose target is loaded.
 *   -EINVAL      link, entry size, symbol index, symbol without a value, a
 *                place outside the target or not aligned as the type's are, or
 *                a value of which the field cannot hold the low bits
 *   -EOPNOTSUPP  SHT_REL, symbol 0, a type the arch does not have, or an addend
 *                where the type has none
 *   -EOVERFLOW   the value does not fit the field
 *   -ENOMEM
 */
int lp_relocate(const struct lp_elf *elf, const struct lp_layout *layout,
                const struct lp_image *image,
                const struct lp_symbols *symbols) __must_check;

#endif
