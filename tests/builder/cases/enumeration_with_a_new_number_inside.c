/* SPDX-License-Identifier: GPL-2.0 */
/* Those behind it have others now. */
//= refused enum kind: 'KIND_TWO' was 1, is 2; what exists has the old
//= taken check
#include "case.h"

enum kind {
    KIND_ONE,
#ifdef PATCHED
    KIND_NEW,
#endif
    KIND_TWO,
    KIND_LAST = 9,
};
int check(enum kind kind);

int check(enum kind kind)
{
    return ask(kind == KIND_TWO);
}
