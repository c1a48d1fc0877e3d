/* SPDX-License-Identifier: GPL-2.0 */
/* A pointer to a new function leads into the payload. */
//= taken tell
//= taken helper: new function
#include "case.h"

void tell(void);

#ifdef PATCHED
static int helper(int value)
{
    return ask(value) + 2;
}
#endif

void tell(void)
{
#ifdef PATCHED
    use((const void *)helper);
#else
    use(NULL);
#endif
}
