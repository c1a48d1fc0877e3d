/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What proofs believe of what is not proven: contracts of functions outside
 * the proven layer. Included before everything else of a file that is proven.
 */
#ifndef PROOF_TRUSTED_H
#define PROOF_TRUSTED_H

#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/xmalloc.h>
#define memcmp memcmp_of_anything
#define memcpy memcpy_of_anything
#define memset memset_of_anything
#define strnlen strnlen_of_anything
#include <xen/string.h>
#undef memcmp
#undef memcpy
#undef memset
#undef strnlen

#include "../../xen/common/livepatch/bytes.h"
#include "../../xen/common/livepatch/order.h"

/* Of the macro's text tests/proof/rounding.smt2 is the proof: when what is
 * added up is no more than the highest signed number of x's type. */
/*@ requires 1 <= a && x + (a - 1) <= highest;
    assigns \nothing;
    ensures x <= \result < x + a && is_multiple(\result, a);
 */
uint64_t rounded_up(uint64_t x, uint64_t a, int64_t highest);
#undef ROUNDUP
#define ROUNDUP(x, a) rounded_up(x, a, INT64_MAX >> (64 - 8 * sizeof(x)))

/*@ assigns \nothing;
    ensures \result == NULL || \valid(\result + (0 .. nr - 1));
 */
size_t *allocated_size_t(size_t nr);
#undef xmalloc_array
#define xmalloc_array(type, nr) allocated_##type(nr)

/*@ assigns \nothing; */
void xfree(void *memory);

/*@ requires string(s);
    assigns \nothing;
    ensures \result <= most && \valid_read(s + (0 .. \result - 1));
 */
size_t strnlen(const char *s, size_t most);

/*@ requires \valid(to + (0 .. size - 1));
    assigns to[0 .. size - 1];
 */
size_t strlcpy(char *to, const char *from, size_t size);

/* What its format makes of the arguments is not looked at. */
/*@ assigns \nothing; */
void livepatch_log(const char *fmt, ...);

/*@ requires \valid_read(a + (0 .. bytes - 1));
    requires \valid_read(b + (0 .. bytes - 1));
    assigns \nothing;
 */
int memcmp(const uint8_t *a, const uint8_t *b, size_t bytes);

/*@ requires \valid_read(a + (0 .. bytes - 1));
    assigns \nothing;
 */
int memcmp_literal(const uint8_t *a, const char *literal, size_t bytes);

/*@ assigns \nothing;
    ensures \result != NULL;
 */
const char *literal(const char *text);

/*@ requires \valid_read(from + (0 .. bytes - 1));
    requires \valid(to + (0 .. bytes - 1));
    assigns to[0 .. bytes - 1];
 */
void *memcpy(uint8_t *to, const uint8_t *from, size_t bytes);

/*@ requires \valid(to + (0 .. bytes - 1));
    assigns to[0 .. bytes - 1];
 */
void *memset(uint8_t *to, int value, size_t bytes);

/* Where what is copied is not bytes. */
/*@ requires bytes % sizeof(*to) == 0;
    requires \valid_read(from + (0 .. bytes / sizeof(*to) - 1));
    requires \valid(to + (0 .. bytes / sizeof(*to) - 1));
    assigns to[0 .. bytes / sizeof(*to) - 1];
 */
void *memcpy_ranked(struct lp_ranked *to, const struct lp_ranked *from,
                    size_t bytes);
#ifdef PROOF_OF_order
#define memcpy memcpy_ranked
#endif

/* What one source alone wants, and would make the goals of others longer. */
#ifdef PROOF_OF_guest_walk
/* tests/proof/masks.smt2 is the proof. */
/*@ admit lemma masked_is_no_more: \forall uint64_t x, mask;
      0 <= (x & mask) <= mask;
    admit lemma page_is_aligned: \forall uint64_t x;
      (x & 0x000ffffffffff000) % 4096 == 0;
    admit lemma one_is_shifted: \forall uint64_t s; s < 64 ==>
      1 <= (1 << s) <= UINT64_MAX;
 */

/* Memory that others write at any time: what is read may be anything. */
/*@ requires \valid_read(p); assigns \nothing; */
uint64_t loaded(const uint64_t *p);
#define __atomic_load_n(p, order) loaded(p)
/*@ requires \valid(p) && \valid(expected); assigns *p, *expected; */
bool exchanged(uint64_t *p, uint64_t *expected, uint64_t value);
#define __atomic_compare_exchange_n(p, expected, value, weak, order,           \
                                    otherwise)                                 \
    exchanged(p, expected, value)

/* A guest's memory, in words, and what gives a walk its words. */
#define GUEST_WORDS (1UL << 49)
extern uint64_t *guest_word;
/*@ requires gpa % 8 == 0 && gpa / 8 < GUEST_WORDS;
    assigns \nothing;
    ensures \result == NULL || \exists integer i; 0 <= i < GUEST_WORDS &&
      \result == guest_word + i && \valid(\result);
 */
uint64_t *entry_of_guest(paddr_t gpa);
#endif

#ifdef PROOF_OF_acpi
#define boot_map boot_map_of_anything
#include <xen/paging.h>
#undef boot_map

/* Memory that firmware left: an address has one place. */
/*@ axiomatic Firmware {
      logic uint8_t *place_of(paddr_t start);
    }
 */
/*@ assigns \nothing;
    ensures \result == NULL ||
      (\result == place_of(start) && readable(\result, bytes));
 */
const uint8_t *boot_map(paddr_t start, size_t bytes);

/*@ assigns \nothing; */
void printk(const char *fmt, ...);

/*@ assigns \nothing; ensures \false; */
void panic(const char *fmt, ...);
#endif

#endif
