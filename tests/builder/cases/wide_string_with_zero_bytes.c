/* SPDX-License-Identifier: GPL-2.0 */
/* Characters one of whose bytes is zero do not end a string. */
//= taken tell
#include "case.h"

void tell(void);

void tell(void)
{
    use(U"words of four bytes");
#ifdef PATCHED
    use(u"\x0100\x0200");
#else
    use(u"\x0100\x0300");
#endif
}
