/* SPDX-License-Identifier: GPL-2.0 */
/* The last one counts the others. */
//= warning enum kind: 'NR_KINDS' was 2, is 3; the last one is taken
//= taken check
#include "case.h"

enum kind {
    KIND_ONE,
    KIND_TWO,
#ifdef PATCHED
    KIND_NEW,
#endif
    NR_KINDS,
};
int check(enum kind kind);

int check(enum kind kind)
{
    return kind < NR_KINDS ? ask(kind == KIND_TWO) : 0;
}
