// SPDX-License-Identifier: GPL-2.0
/*
 * The ranges of text that the hypervisor may be executing: its own and those
 * that payloads register. Takes and drops regions under a lock, finds the one
 * of an address without any.
 */
#include <xen/kernel.h>
#include <xen/spinlock.h>
#include <xen/virtual_region.h>

static LIST_HEAD(regions);
static DEFINE_SPINLOCK(regions_lock);
DEFINE_RCU_READ_LOCK(virtual_regions_read);

void register_virtual_region(struct virtual_region *r)
{
    spin_lock(&regions_lock);
    list_add_tail_rcu(&r->list, &regions);
    spin_unlock(&regions_lock);
}

void unregister_virtual_region(struct virtual_region *r)
{
    spin_lock(&regions_lock);
    list_del_rcu(&r->list);
    spin_unlock(&regions_lock);
    rcu_barrier();
}

static bool has_text(const struct virtual_region *region, unsigned long addr)
{
    return is_in_range((const void *)addr, region->text_start,
                       region->text_end);
}

const struct virtual_region *find_text_region(unsigned long addr)
{
    const struct virtual_region *region;

    if (has_text(&core_region, addr)) {
        return &core_region;
    }
    if (system_state < SYS_STATE_active && has_text(&core_init_region, addr)) {
        return &core_init_region;
    }
    list_for_each_entry_rcu (region, &regions, list) {
        if (has_text(region, addr)) {
            return region;
        }
    }
    return NULL;
}

size_t text_bytes_from(unsigned long addr)
{
    const struct virtual_region *region;
    size_t bytes = 0;

    rcu_read_lock(&virtual_regions_read);
    region = find_text_region(addr);
    if (region) {
        bytes = (unsigned long)region->text_end - addr;
    }
    rcu_read_unlock(&virtual_regions_read);
    return bytes;
}
