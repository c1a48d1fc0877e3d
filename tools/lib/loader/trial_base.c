/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload says what it lies on by a build-id: another payload's or a
 * hypervisor's.
 */
#include "lib/loader/trial_base.h"

struct build_id trial_id_of(const struct trial_payload *payload,
                            const char *section)
{
    struct elf_file elf;

    return elf_file_try(payload->bytes, payload->nr_bytes, &elf)
               ? payload_build_id(&elf, section)
               : (struct build_id){NULL, 0};
}

/* What lies under the payload in the trial. */
static struct build_id base_of(const struct trial *trial)
{
    return trial->nr_below
               ? trial_id_of(&trial->below[trial->nr_below - 1], SECTION_OWN_ID)
               : trial_id_of(&trial->payload, SECTION_XEN_DEPENDS);
}

static struct build_id id_of_hypervisor(const struct trial *trial)
{
    return trial->xen ? payload_build_id(trial->xen, SECTION_OWN_ID)
                      : trial->running;
}

bool trial_is_lowest(const struct trial *trial)
{
    struct build_id below = trial_id_of(&trial->payload, SECTION_DEPENDS);

    return build_id_is_same(
               below, trial_id_of(&trial->payload, SECTION_XEN_DEPENDS)) ||
           build_id_is_same(below, id_of_hypervisor(trial));
}

bool trial_has_base(const struct trial *trial)
{
    return build_id_is_same(trial_id_of(&trial->payload, SECTION_DEPENDS),
                            base_of(trial));
}

bool trial_lacks_base(const struct trial *trial)
{
    return !trial->nr_below && !trial_is_lowest(trial);
}

bool trial_misses_base(const struct trial *trial)
{
    return trial_id_of(&trial->payload, SECTION_DEPENDS).nr_bytes &&
           trial_lacks_base(trial);
}
