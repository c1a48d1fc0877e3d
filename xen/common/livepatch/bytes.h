/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bytes from outside: how one reads a structure that lies among them, at any
 * address, and the words in which contracts speak of them. That contracts are
 * kept is proven (docs/proof.md), but for the readers' own: what they return is
 * all that a proof knows of a byte.
 */
#ifndef LP_BYTES_H
#define LP_BYTES_H

#include <xen/compiler.h>
#include <xen/elfstructs.h>
#include <xen/string.h>
#include <xen/types.h>
#include <xen/unaligned.h>

typedef Elf_Ehdr lp_unaligned_ehdr __aligned(1);
typedef Elf_Shdr lp_unaligned_shdr __aligned(1);
typedef Elf_Sym lp_unaligned_sym __aligned(1);
typedef Elf_RelA lp_unaligned_rela __aligned(1);
typedef Elf_Note lp_unaligned_note __aligned(1);

/*@ axiomatic Bytes {
      logic Elf_Ehdr ehdr_at{L}(uint8_t *p) reads p[0 .. 63];
      logic Elf_Shdr shdr_at{L}(uint8_t *p) reads p[0 .. 63];
      logic Elf_Sym sym_at{L}(uint8_t *p) reads p[0 .. 23];
      logic Elf_Note note_at{L}(uint8_t *p) reads p[0 .. 11];
    }

    // n entries, each of which begins stride bytes behind the last one
    logic uint8_t *entry_at(uint8_t *table, integer stride, integer i) =
      table + i * stride;
    predicate entries{L}(uint8_t *table, integer n, integer stride,
                         integer bytes) =
      \forall integer i; 0 <= i < n ==>
        0 <= i * stride <= SIZE_MAX &&
        readable(entry_at(table, stride, i), bytes);
    lemma readable_table_has_entries{L}:
      \forall uint8_t *table, integer n, stride, bytes;
        0 < bytes <= stride && n * stride <= SIZE_MAX &&
        readable(table, n * stride) ==> entries(table, n, stride, bytes);

    predicate power_of_two(integer a) = a != 0 && (a & (a - 1)) == 0;
    // of a power of two; 0 asks for nothing
    predicate is_multiple(integer x, integer a) = a == 0 || (x & (a - 1)) == 0;
 */

/*@ requires readable(p, 64);
    assigns \nothing;
    admit ensures \result == ehdr_at(p);
 */
static inline Elf_Ehdr lp_read_ehdr(const uint8_t *p)
{
    return *(const lp_unaligned_ehdr *)p;
}

/*@ requires readable(p, 64);
    assigns \nothing;
    admit ensures \result == shdr_at(p);
 */
static inline Elf_Shdr lp_read_shdr(const uint8_t *p)
{
    return *(const lp_unaligned_shdr *)p;
}

/*@ requires readable(p, 24);
    assigns \nothing;
    admit ensures \result == sym_at(p);
 */
static inline Elf_Sym lp_read_sym(const uint8_t *p)
{
    return *(const lp_unaligned_sym *)p;
}

static inline Elf_RelA lp_read_rela(const uint8_t *p)
{
    return *(const lp_unaligned_rela *)p;
}

/*@ requires readable(p, 12);
    assigns \nothing;
    admit ensures \result == note_at(p);
 */
static inline Elf_Note lp_read_note(const uint8_t *p)
{
    return *(const lp_unaligned_note *)p;
}

#endif
