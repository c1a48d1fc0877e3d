/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own alternatives and alternative calls, at boot: all that
 * this CPU calls for, and a call of what each pointer holds by now, are
 * written in one go, through a window, since text is never writable. What is
 * wrong with one of them is a mistake of this build and ends the boot.
 */
#include <xen/alternative-call.h>
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/alternative.h>

/* From the linker script. */
extern const struct alt_instr __alt_instructions[], __alt_instructions_end[];
extern const struct alt_call __alt_call_sites_start[], __alt_call_sites_end[];

struct plan {
    struct livepatch_change *changes;
    uint32_t *order; /* numbers of changes, as they lie in memory */
    unsigned int nr;
};

static void __init add_change(struct plan *plan, uint8_t *place,
                              const uint8_t *bytes, unsigned int nr_bytes)
{
    unsigned int at = plan->nr;
    struct livepatch_change *change = &plan->changes[at];

    change->where = place;
    change->nr_bytes = nr_bytes;
    memcpy(change->after, bytes, nr_bytes);
    for (; at > 0 && plan->changes[plan->order[at - 1]].where > change->where;
         at--) {
        plan->order[at] = plan->order[at - 1];
    }
    plan->order[at] = plan->nr++;
}

static void __init plan_alternative(struct plan *plan,
                                    const struct alt_instr *record)
{
    const struct livepatch_alternative alt =
        arch_livepatch_read_alternative(record);
    uint8_t bytes[LIVEPATCH_ALTERNATIVE_MAX];

    if (alt.place_bytes > sizeof(plan->changes->after) ||
        livepatch_plan_alternative("the hypervisor", &alt, bytes)) {
        panic("alternative for %ps: %u bytes cannot be exchanged\n", alt.place,
              alt.place_bytes);
    }
    if (arch_livepatch_wants(&alt)) {
        add_change(plan, alt.place, bytes, alt.place_bytes);
    }
}

static void __init plan_call(struct plan *plan, const struct alt_call *record)
{
    uint8_t *site = ALT_CALL_PTR(record);
    uint8_t bytes[ARCH_LIVEPATCH_CALL_BYTES];
    const void *pointer, *target = NULL;

    if (arch_livepatch_find_pointer("the hypervisor", site, &pointer) == 0) {
        target = *(void *const *)pointer;
    }
    if (!is_kernel_text(target) ||
        arch_livepatch_plan_alt_call("the hypervisor", site, target,
                                     _etext - (const char *)target, bytes)) {
        panic("alternative call at %ps: no function to call\n", site);
    }
    add_change(plan, site, bytes, sizeof(bytes));
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
    const unsigned int nr_calls = __alt_call_sites_end - __alt_call_sites_start;
    struct plan plan = {
        .changes =
            xzalloc_array(struct livepatch_change, nr_records + nr_calls),
        .order = xzalloc_array(uint32_t, nr_records + nr_calls),
    };

    if (plan.changes == NULL || plan.order == NULL) {
        panic("no memory for %u alternatives\n", nr_records + nr_calls);
    }
    for (unsigned int i = 0; i < nr_records; i++) {
        plan_alternative(&plan, &__alt_instructions[i]);
    }
    for (unsigned int i = 0; i < nr_calls; i++) {
        plan_call(&plan, &__alt_call_sites_start[i]);
    }
    if (plan.nr) {
        write_all(&plan);
    }
    xfree(plan.order);
    xfree(plan.changes);
    printk(XENLOG_INFO "%u of %u alternatives are for this CPU\n",
           plan.nr - nr_calls, nr_records);
    printk(XENLOG_INFO "%u alternative calls are direct\n", nr_calls);
}
