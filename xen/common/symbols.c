// SPDX-License-Identifier: GPL-2.0
/*
 * Looks up symbols of the hypervisor in the table that the build made of them
 * (<xen/symbols_table.h>): by name with one probe of a hash index, by address
 * with a binary search. Text of a payload is answered by its region.
 */
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <xen/virtual_region.h>

static unsigned long symbol_address(uint32_t symbol)
{
    return (unsigned long)_start + symbols_offset[symbol];
}

static const char *symbol_name(uint32_t symbol)
{
    return symbols_names + symbols_name_start[symbol];
}

static bool has_name(uint32_t symbol, const struct hashed_name *name)
{
    const size_t bytes =
        symbols_name_start[symbol + 1] - symbols_name_start[symbol];

    return bytes == name->length + 1UL && name->length <= KSYM_NAME_LEN &&
           memcmp(symbol_name(symbol), name->text, name->length) == 0;
}

unsigned long symbols_lookup_hashed(const struct hashed_name *name)
{
    const uint32_t bucket = name->hash & (symbols_nr_buckets - 1);
    const uint32_t end = symbols_bucket_start[bucket + 1];

    for (uint32_t i = symbols_bucket_start[bucket]; i < end; i++) {
        const struct symbols_hash_entry *entry = &symbols_hash_entries[i];

        if (entry->hash == name->hash && has_name(entry->symbol, name)) {
            const unsigned long address = symbol_address(entry->symbol);

            return is_kernel_init((void *)address) ? 0 : address;
        }
    }
    return 0;
}

/* The symbols with addresses up to offset: the first `nr` of the table. */
static uint32_t count_up_to(uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = symbols_nr;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (symbols_offset[middle] <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A symbol reaches to the next one, or to the end of the image. */
static const char *lookup_own(unsigned long addr, unsigned long *symbolsize,
                              unsigned long *offset, char *namebuf)
{
    const uint32_t nr = count_up_to(addr - (unsigned long)_start);
    uint32_t symbol = nr - 1;
    unsigned long next;

    if (nr == 0) {
        return NULL;
    }
    while (symbol && symbols_offset[symbol - 1] == symbols_offset[symbol]) {
        symbol--;
    }
    next = nr < symbols_nr ? symbol_address(nr) : (unsigned long)_end;
    *symbolsize = next - symbol_address(symbol);
    *offset = addr - symbol_address(symbol);
    strlcpy(namebuf, symbol_name(symbol), KSYM_NAME_LEN + 1);
    return namebuf;
}

static const char *lookup(unsigned long addr, unsigned long *symbolsize,
                          unsigned long *offset, char *namebuf)
{
    const struct virtual_region *region = find_text_region(addr);

    if (region && region->symbols_lookup) {
        return region->symbols_lookup(addr, symbolsize, offset, namebuf);
    }
    if (region || is_kernel((void *)addr)) {
        return lookup_own(addr, symbolsize, offset, namebuf);
    }
    return NULL;
}

const char *symbols_lookup(unsigned long addr, unsigned long *symbolsize,
                           unsigned long *offset, char *namebuf)
{
    const char *name;

    rcu_read_lock(&virtual_regions_read);
    name = lookup(addr, symbolsize, offset, namebuf);
    rcu_read_unlock(&virtual_regions_read);
    return name;
}

unsigned int symbols_count(void)
{
    return symbols_nr;
}
