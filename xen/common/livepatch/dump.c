// SPDX-License-Identifier: GPL-2.0
/*
 * The console's view of all payloads and of the stops so far: key 'x'.
 */
#include <xen/init.h>
#include <xen/keyhandler.h>
#include <xen/livepatch_payload.h>
#include <xen/smp.h>
#include <xen/string.h>

#include "entries.h"
#include "log.h"
#include "notes.h"
#include "registry.h"
#include "state.h"
#include "telemetry.h"

static void dump_entry(const struct lp_payload *payload, unsigned int i)
{
    const struct livepatch_func *func = &payload->funcs[i];
    char text[KSYM_NAME_LEN + 1];

    livepatch_log(XENLOG_INFO "    %s at %p (%u bytes) -> %p (%u)%s",
                  lp_entries_name(func, text), func->old_addr, func->old_size,
                  func->new_addr, func->new_size,
                  payload->is_written ? "" : ", not in force");
}

/* Metadata is key=value strings, one after the other. */
static void dump_metadata(const struct lp_payload *payload)
{
    const uint32_t bytes = payload->metadata_bytes;
    uint32_t at = 0;

    while (at < bytes) {
        const char *text = payload->metadata + at;

        livepatch_log(XENLOG_INFO "    %s", text);
        at += strnlen(text, bytes - at) + 1;
    }
}

static void dump_payload(const struct lp_payload *payload)
{
    const struct lp_image *image = &payload->image;
    char id[LP_ID_TEXT], depends[LP_ID_TEXT];

    livepatch_log(XENLOG_INFO "  %s: %s, rc %d, build-id %s on %s",
                  payload->name, lp_state_name(payload->state), payload->rc,
                  lp_notes_id_text(&payload->id, id),
                  lp_notes_id_text(&payload->depends, depends));
    printk(XENLOG_INFO
           "    text %p+%zu data %p+%zu rodata %p+%zu, %u symbols, used by "
           "%u\n",
           image->region[LP_TEXT].start, image->region[LP_TEXT].bytes,
           image->region[LP_RW].start, image->region[LP_RW].bytes,
           image->region[LP_RODATA].start, image->region[LP_RODATA].bytes,
           payload->symbols.nr, payload->nr_users);
    dump_metadata(payload);
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        dump_entry(payload, i);
    }
}

static void dump_spread(const char *what,
                        const struct livepatch_ext_spread *spread)
{
    if (spread->nr) {
        printk(XENLOG_INFO
               "    %s ns: last %lu, min %lu, median %lu, max %lu\n",
               what, spread->last, spread->min, spread->median, spread->max);
    }
}

static void dump_cpu(unsigned int cpu)
{
    const struct livepatch_ext_cpu part = lp_telemetry_of(cpu);

    printk(XENLOG_INFO "  pCPU %u: in %lu stops, late for %lu\n", cpu,
           part.stopped.nr, part.nr_late);
    dump_spread("arrival", &part.arrival);
    dump_spread("stopped", &part.stopped);
}

static void dump_telemetry(void)
{
    const struct livepatch_ext_summary summary = lp_telemetry_summary();
    unsigned int cpu;

    printk(XENLOG_INFO "livepatch: %lu stops, %lu missed their deadline\n",
           summary.nr_stops, summary.nr_missed);
    if (summary.total.nr == 0) {
        return;
    }
    dump_spread("gather", &summary.gather);
    dump_spread("stop", &summary.stop);
    dump_spread("total", &summary.total);
    for_each_online_cpu (cpu) {
        dump_cpu(cpu);
    }
}

/* The lock is held all the time: nothing printed can be freed meanwhile. It is
 * not waited for: whoever has it may be waiting for this pCPU to stop. */
static void dump_payloads(unsigned char key)
{
    struct registry_locked locked;
    const struct lp_payload *payload;

    (void)key;
    if (!registry_trylock(&locked)) {
        printk(XENLOG_INFO "livepatch: a request is under way: try again\n");
        return;
    }
    payload = lp_registry_at(locked, 0);
    printk(XENLOG_INFO "livepatch: %u payloads\n", lp_registry_count(locked));
    for (; payload; payload = lp_registry_next(locked, payload)) {
        dump_payload(payload);
    }
    dump_telemetry();
    registry_unlock(locked);
}

static int init_dump(void)
{
    register_keyhandler('x', dump_payloads, "show live patches and their stops",
                        true);
    return 0;
}
__initcall(init_dump);
