// SPDX-License-Identifier: GPL-2.0
/*
 * symbols_lookup() for tests: the hypervisor's function own_fn of 0x80 bytes
 * at 0x1000, and payload fix1's new_fn of 0x40 bytes at 0x2000.
 */
#include <xen/string.h>
#include <xen/symbols.h>

const char *symbols_lookup(unsigned long addr, unsigned long *symbolsize,
                           unsigned long *offset, char *namebuf)
{
    if (addr >= 0x1000 && addr < 0x1080) {
        *symbolsize = 0x80;
        *offset = addr - 0x1000;
        strlcpy(namebuf, "own_fn", KSYM_NAME_LEN + 1);
        return namebuf;
    }
    if (addr >= 0x2000 && addr < 0x2040) {
        *symbolsize = 0x40;
        *offset = addr - 0x2000;
        strlcpy(namebuf, "fix1", KSYM_NAME_LEN + 1);
        return "new_fn";
    }
    return NULL;
}
