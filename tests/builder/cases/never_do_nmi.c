/* SPDX-License-Identifier: GPL-2.0 */
/* A function that cannot be replaced while the hypervisor runs. */
//= refused do_nmi: any moment
#include "case.h"

int do_nmi(int value);

int do_nmi(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
