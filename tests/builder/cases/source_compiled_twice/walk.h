/* SPDX-License-Identifier: GPL-2.0 */
/* What both files include. */
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
int JOIN(walk_, LEVEL)(int value);

int JOIN(walk_, LEVEL)(int value)
{
    printk(STRING_OF(LEVEL));
#ifdef PATCHED
    use(&value);
#endif
    return ask(value);
}
