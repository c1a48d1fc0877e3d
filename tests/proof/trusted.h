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
#include <xen/string.h>
#undef memcmp

#include "../../xen/common/livepatch/bytes.h"

/* Of the macro's text tests/proof/rounding.smt2 is the proof. */
/*@ requires 1 <= a && x + (a - 1) <= UINT64_MAX;
    assigns \nothing;
    ensures x <= \result < x + a && is_multiple(\result, a);
 */
uint64_t rounded_up(uint64_t x, uint64_t a);
#undef ROUNDUP
#define ROUNDUP(x, a) rounded_up(x, a)

/*@ assigns \nothing;
    ensures \result == NULL || \valid(\result + (0 .. nr - 1));
 */
size_t *allocated_size_t(size_t nr);
#undef xmalloc_array
#define xmalloc_array(type, nr) allocated_##type(nr)

/*@ assigns \nothing; */
void xfree(void *memory);

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

#endif
