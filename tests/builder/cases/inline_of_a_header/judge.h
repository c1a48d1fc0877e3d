/* SPDX-License-Identifier: GPL-2.0 */
/* What both files include. */
static inline int judge(int value)
{
#ifdef PATCHED
    if (value > 100) {
        return -1;
    }
#endif
    return value * 3;
}
