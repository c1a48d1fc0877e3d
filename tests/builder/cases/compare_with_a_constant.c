/* SPDX-License-Identifier: GPL-2.0 */
/* An instruction with a constant behind the distance to a variable. */
//= taken check
#include "case.h"

read_mostly static int first = 5;
read_mostly static int second = 6;
read_mostly static int third = 7;
int check(int value);
int other(int value);
void change(void);

void change(void)
{
    use(&first);
    use(&second);
    use(&third);
}

int check(int value)
{
#ifdef PATCHED
    if (second == 0x12345) {
        return 5;
    }
    second = 0x54321;
#endif
    return ask(value);
}

int other(int value)
{
    if (third == 0x12345) {
        return 4;
    }
    return first == 3 ? 8 : ask(value);
}
