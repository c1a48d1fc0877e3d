/* SPDX-License-Identifier: GPL-2.0 */
/* A note about the instructions that are used is no change. */
// only: x86-gcc x86-clang
//= nothing
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    __asm__ volatile(".pushsection .note.gnu.property, \"a\", %note\n"
                     ".long 4, 0x10, 5\n"
                     ".asciz \"GNU\"\n"
                     ".long 0xc0010002, 4, 1, 0\n"
                     ".popsection\n");
#endif
    return ask(value);
}
