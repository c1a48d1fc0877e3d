/* SPDX-License-Identifier: GPL-2.0 */
/* What both files include. */
static noinline int judge(int value)
{
    printk("judging");
#ifdef PATCHED
    if (value > 100) {
        return -1;
    }
#endif
    return ask(value) * 3;
}
