// SPDX-License-Identifier: GPL-2.0
/*
 * <xen/symbols.h> over the fake hypervisor's names, which tests add to. A
 * program that has the hypervisor's own lookup and a table that was made at
 * build time links those in its place.
 */
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <xen/virtual_region.h>

#include "fake_text.h"
#include "stopped.h"

#define SYMBOL_BYTES 16 /* what each symbol is said to have */

unsigned long symbols_lookup_hashed(const struct hashed_name *name)
{
    const void *address;

    host_check_not_stopped("symbols_lookup_hashed");
    if (name->length > KSYM_NAME_LEN) {
        return 0;
    }
    address = host_symbol_find(name->text);
    return is_kernel_init(address) ? 0 : (unsigned long)address;
}

const char *symbols_lookup(unsigned long addr, unsigned long *symbolsize,
                           unsigned long *offset, char *namebuf)
{
    const struct virtual_region *region = find_text_region(addr);
    const char *name;

    if (!region) {
        return NULL;
    }
    if (region->symbols_lookup) {
        return region->symbols_lookup(addr, symbolsize, offset, namebuf);
    }
    name = host_symbol_before(addr, offset);
    if (!name) {
        return NULL;
    }
    *symbolsize = SYMBOL_BYTES;
    strlcpy(namebuf, name, KSYM_NAME_LEN + 1);
    return namebuf;
}

unsigned int symbols_count(void)
{
    return host_nr_symbols();
}
