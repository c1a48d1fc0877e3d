/* SPDX-License-Identifier: GPL-2.0 */
/* Memory of a type that no variable has. */
//= refused struct thing: 8 bytes in all, now 16
//= taken set
#include "case.h"

struct thing {
    struct thing *next;
#ifdef PATCHED
    int new;
#endif
};
int set(void *memory);

int set(void *memory)
{
    struct thing *thing = memory;

#ifdef PATCHED
    thing->new = 1;
#endif
    thing->next = NULL;
    return ask(0);
}
