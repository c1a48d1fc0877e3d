/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own alternatives, at boot: all that this CPU calls for are
 * written in one go, through a window, since text is never writable. What is
 * wrong with one of them is a mistake of this build and ends the boot.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/alternative.h>

/* From the linker script. */
extern const struct alt_instr __alt_instructions[], __alt_instructions_end[];

struct plan {
    struct livepatch_change *changes;
    uint32_t *order; /* numbers of changes, as they lie in memory */
    unsigned int nr;
};

static void __init add_change(struct plan *plan,
                              const struct livepatch_alternative *alt,
                              const uint8_t *bytes)
{
    unsigned int at = plan->nr;
    struct livepatch_change *change = &plan->changes[at];

    change->where = alt->place;
    change->nr_bytes = alt->place_bytes;
    memcpy(change->after, bytes, alt->place_bytes);
    for (; at > 0 && plan->changes[plan->order[at - 1]].where > change->where;
         at--) {
        plan->order[at] = plan->order[at - 1];
    }
    plan->order[at] = plan->nr++;
}

static void __init plan_one(struct plan *plan, const struct alt_instr *record)
{
    const struct livepatch_alternative alt =
        arch_livepatch_read_alternative(record);
    uint8_t bytes[LIVEPATCH_ALTERNATIVE_MAX];

    if (alt.place_bytes > sizeof(plan->changes->after) ||
        arch_livepatch_plan_alternative("the hypervisor", &alt, bytes)) {
        panic("alternative for %ps: %u bytes cannot be exchanged\n", alt.place,
              alt.place_bytes);
    }
    if (arch_livepatch_wants(&alt)) {
        add_change(plan, &alt, bytes);
    }
}

static void __init write_all(const struct plan *plan)
{
    struct livepatch_window *window;

    if (arch_livepatch_window_open(plan->changes, plan->order, plan->nr,
                                   &window)) {
        panic("no window to exchange alternatives\n");
    }
    arch_livepatch_window_write(window);
    arch_livepatch_window_close(window);
}

void __init alternatives_apply(void)
{
    const unsigned int nr_records = __alt_instructions_end - __alt_instructions;
    struct plan plan = {
        .changes = xzalloc_array(struct livepatch_change, nr_records),
        .order = xzalloc_array(uint32_t, nr_records),
    };

    if (plan.changes == NULL || plan.order == NULL) {
        panic("no memory for %u alternatives\n", nr_records);
    }
    for (unsigned int i = 0; i < nr_records; i++) {
        plan_one(&plan, &__alt_instructions[i]);
    }
    if (plan.nr) {
        write_all(&plan);
    }
    xfree(plan.order);
    xfree(plan.changes);
    printk(XENLOG_INFO "%u of %u alternatives are for this CPU\n", plan.nr,
           nr_records);
}
