/* SPDX-License-Identifier: GPL-2.0 */
/* Strings whose characters have two bytes. */
//= taken tell
#include "case.h"

void tell(void);
void also(void);

void also(void)
{
    use(u"wide words of both");
}

void tell(void)
{
    use(u"wide words of both");
#ifdef PATCHED
    use(u"other wide words");
#else
    use(u"some wide words");
#endif
}
