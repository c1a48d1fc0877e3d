// SPDX-License-Identifier: GPL-2.0
/*
 * Finds what a trapping instruction means, among the bug frames of the text
 * that it lies in. Takes no lock; what is done about it is the arch's.
 */
#include <xen/bug.h>
#include <xen/virtual_region.h>

static bool find_in_frames(const struct bug_frames *frames, enum bug_kind kind,
                           const void *where, struct bug *bug)
{
    const uint8_t *frame = frames->start;

    for (; frame != frames->stop; frame += BUG_FRAME_BYTES(kind)) {
        const struct bug found = bug_frame_read(kind, frame);

        if (found.where == where) {
            *bug = found;
            return true;
        }
    }
    return false;
}

bool bug_find(unsigned long address, struct bug *bug)
{
    const struct virtual_region *region;
    bool found = false;

    rcu_read_lock(&virtual_regions_read);
    region = find_text_region(address);
    for (unsigned int kind = 0; region && !found && kind < BUGFRAME_NR;
         kind++) {
        found = find_in_frames(&region->frame[kind], kind,
                               (const void *)address, bug);
    }
    rcu_read_unlock(&virtual_regions_read);
    return found;
}
