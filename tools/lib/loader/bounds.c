/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A table of pairs of names, the first that is there of each. A part that has
 * no names is empty.
 */
#include "lib/loader/bounds.h"

#include <errno.h>

#include "lib/loader/image.h"

#define NAMES_MAX 3

#define INIT 0 /* its row */

static const struct part {
    size_t range; /* its place in struct loader_hypervisor */
    const char *starts[NAMES_MAX];
    const char *ends[NAMES_MAX];
} parts[] = {
    [INIT] = {offsetof(struct loader_hypervisor, init),
              {"_sinit", "__init_begin"},
              {"_einit", "__init_end"}},
    {offsetof(struct loader_hypervisor, text), {"_stext"}, {"_etext"}},
    {offsetof(struct loader_hypervisor, rodata), {"_srodata"}, {"_erodata"}},
    {offsetof(struct loader_hypervisor, ro_after_init),
     {"_sro_after_init", "__ro_after_init_start"},
     {"_ero_after_init", "__ro_after_init_end"}},
    {offsetof(struct loader_hypervisor, data),
     {"_sdata", "__2M_rwdata_start", "__init_end"},
     {"_ebss", "__bss_end", "_end"}},
    {offsetof(struct loader_hypervisor, nopatch), {"_snopatch"}, {"_enopatch"}},
    {offsetof(struct loader_hypervisor, verify), {"_sverify"}, {"_everify"}},
};

static const struct name *find_first(const struct names *names,
                                     const char *const texts[NAMES_MAX])
{
    const struct name *found = NULL;

    for (unsigned int i = 0; i < NAMES_MAX && texts[i] && !found; i++) {
        found = names_find(names, texts[i]);
    }
    return found;
}

/* As linked; empty: it has no names. */
static struct loader_range find_linked(const struct names *names,
                                       const struct part *part)
{
    const struct name *start = find_first(names, part->starts);
    const struct name *end = find_first(names, part->ends);

    if (!start || !end || start->address > end->address) {
        return (struct loader_range){0, 0};
    }
    return (struct loader_range){start->address, end->address};
}

static struct loader_range find_range(const struct image *image,
                                      const struct names *names,
                                      const struct part *part)
{
    struct loader_range linked = find_linked(names, part);

    if (linked.start < image->linked || linked.end > image->linked_end) {
        return (struct loader_range){0, 0};
    }
    return (struct loader_range){image_to_mapped(image, linked.start),
                                 image_to_mapped(image, linked.end)};
}

struct loader_range bounds_of_init(const struct names *names)
{
    return find_linked(names, &parts[INIT]);
}

int bounds_find(const struct image *image, const struct names *names,
                struct loader_hypervisor *hypervisor, FILE *err)
{
    hypervisor->image = (struct loader_range){
        image->mapped, image_to_mapped(image, image->linked_end)};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        *(struct loader_range *)((char *)hypervisor + parts[i].range) =
            find_range(image, names, &parts[i]);
    }
    if (hypervisor->text.start == hypervisor->text.end) {
        fputs("it has no text between _stext and _etext.\n", err);
        return -EINVAL;
    }
    return 0;
}
