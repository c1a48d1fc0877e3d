/* SPDX-License-Identifier: GPL-2.0 */
/* A new number behind the others. */
//= taken check
#include "case.h"

enum kind {
    KIND_ONE,
    KIND_TWO,
#ifdef PATCHED
    KIND_NEW,
#endif
};
int check(enum kind kind);

int check(enum kind kind)
{
#ifdef PATCHED
    if (kind == KIND_NEW) {
        return 7;
    }
#endif
    return ask(kind == KIND_TWO);
}
