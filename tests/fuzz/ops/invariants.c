// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold after every request, each in a function of its own.
 */
#include "run.h"

#include <string.h>
#include <unistd.h>

#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/symbols.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "host/arena.h"
#include "host/guest.h"
#include "host/host.h"
#include "host/window.h"
#include "registry.h"

#define HYPERVISOR_BYTES 512 /* of its text, where the functions are */

static const struct script_step plain;

static void compare_text(const struct model *model, const char *whose,
                         unsigned long at, unsigned int nr)
{
    uint8_t
        ought[TEXT_BYTES > HYPERVISOR_BYTES ? TEXT_BYTES : HYPERVISOR_BYTES];
    const uint8_t *is = (const uint8_t *)at;

    if (!model_text_read(model, &model->stack, at, nr, ought)) {
        give_up("text: the model knows no text at %#lx", at);
    }
    for (unsigned int i = 0; i < nr; i++) {
        if (is[i] != ought[i]) {
            give_up("text: byte %#x of %s is %#x, expected %#x", i, whose,
                    is[i], ought[i]);
        }
    }
}

/* The text is the original overlaid by what is applied, in its order. */
static void text_is_what_is_applied(const struct run *run)
{
    const struct model *model = &run->model;

    compare_text(model, "the hypervisor", (unsigned long)_stext,
                 HYPERVISOR_BYTES);
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        const struct model_payload *payload =
            &model->payload[model->loaded.at[i]];

        compare_text(model, payload->name, payload->base, TEXT_BYTES);
    }
}

/* LIST of everything: names, order, states, metadata, version. */
static void list_is_the_models(struct run *run)
{
    perform_list(run, &plain);
}

static void check_record(const struct expected_record *ought, uint64_t number,
                         const struct livepatch_ext_record *is)
{
    const unsigned int nr_cpus = ought->has_stopped ? 1 + ought->is_late : 0;

    if (is->sequence != number || is->cmd != ought->cmd ||
        is->rc != ought->rc || strcmp(is->name, ought->name)) {
        give_up("history: record %lu of %u '%s', %d; expected %lu, %u '%s', "
                "%d",
                is->sequence, is->cmd, is->name, is->rc, number, ought->cmd,
                ought->name, ought->rc);
    }
    if (is->nr_cpus != nr_cpus || is->nr_late != ought->is_late) {
        give_up("history: %u pCPUs, %u late; expected %u, %u", is->nr_cpus,
                is->nr_late, nr_cpus, ought->is_late);
    }
    if ((ought->nr_payloads && is->nr_payloads != ought->nr_payloads) ||
        (ought->nr_functions && is->nr_functions != ought->nr_functions)) {
        give_up("history: %u payloads, %u functions; expected %u, %u",
                is->nr_payloads, is->nr_functions, ought->nr_payloads,
                ought->nr_functions);
    }
}

/* Each upload and action has left one record, nothing else has. */
static void history_tells_what_was_done(struct run *run)
{
    struct livepatch_ext_record *records =
        host_guest_alloc(3 * sizeof(*records));
    struct reasons none = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(&plain, LIVEPATCH_EXT_HISTORY, &none);
    struct livepatch_ext_history *history = (void *)&op.u;

    *history = (struct livepatch_ext_history){
        .records = (uintptr_t)records,
        .from = run->next_record,
        .nr = 3,
        .stride = sizeof(*records),
    };
    request_judge("HISTORY", request_send(&plain, &op), &none);
    if (run->nr_records == 1 && run->record[0].is_optional) {
        run->nr_records = history->nr;
    }
    if (history->nr != run->nr_records) {
        give_up("history: %u new records, expected %u", history->nr,
                run->nr_records);
    }
    for (unsigned int i = 0; i < run->nr_records; i++) {
        check_record(&run->record[i], run->next_record++, &records[i]);
    }
}

static struct livepatch_ext_summary read_summary(void)
{
    struct livepatch_ext_summary *summary = host_guest_alloc(sizeof(*summary));
    struct reasons none = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(&plain, LIVEPATCH_EXT_TELEMETRY, &none);

    *(struct livepatch_ext_telemetry *)&op.u = (struct livepatch_ext_telemetry){
        .summary = (uintptr_t)summary,
        .summary_stride = sizeof(*summary),
        .cpu_stride = sizeof(struct livepatch_ext_cpu),
    };
    request_judge("TELEMETRY", request_send(&plain, &op), &none);
    return *summary;
}

static void stops_are_counted(const struct run *run)
{
    const struct livepatch_ext_summary summary = read_summary();

    if (summary.nr_stops != run->nr_stops ||
        summary.nr_missed != run->nr_missed) {
        give_up("telemetry: %lu stops, %lu missed; expected %lu, %lu",
                summary.nr_stops, summary.nr_missed, run->nr_stops,
                run->nr_missed);
    }
}

/* Pages: those of the loaded images. Heap: as before, unless a payload came or
 * went. */
static void memory_is_the_payloads(struct run *run)
{
    const unsigned long heap = xmalloc_bytes_used();
    unsigned long pages = run->pages;

    for (unsigned int i = 0; i < run->model.loaded.nr; i++) {
        pages += run->model.payload[run->model.loaded.at[i]].pages;
    }
    if (vmap_pages_used() != pages) {
        give_up("memory: %lu pages, expected %lu", vmap_pages_used(), pages);
    }
    if (heap != run->heap && !run->changes_memory) {
        give_up("memory: %lu heap bytes, %lu before the request", heap,
                run->heap);
    }
    run->heap = heap;
}

/* One for each payload that changes text, from its load on. */
static void windows_are_the_payloads(const struct run *run)
{
    const struct model *model = &run->model;
    unsigned int nr = 0;

    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        nr += model->payload[model->loaded.at[i]].recipe.nr_functions != 0;
    }
    if (host_windows() != nr) {
        give_up("windows: %u, expected %u", host_windows(), nr);
    }
}

static void check_symbol(const struct model_payload *payload, unsigned int i)
{
    unsigned long size, offset = 1;
    char whose[KSYM_NAME_LEN + 1] = "";
    const char *name =
        symbols_lookup(payload->base + TEXT_EXPORT(i), &size, &offset, whose);

    if (!name || strcmp(name, recipe_symbol_names[SYMBOL_EXPORT + i]) ||
        offset || strcmp(whose, payload->name)) {
        give_up("symbols: %#x in '%s' is %s+%#lx of '%s'", TEXT_EXPORT(i),
                payload->name, name ? name : "nothing", offset, whose);
    }
}

/* A payload's text is read-only and known; its symbols are found. */
static void payloads_are_known(const struct run *run)
{
    const struct model *model = &run->model;

    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        const struct model_payload *payload =
            &model->payload[model->loaded.at[i]];
        const void *text = (const void *)payload->base;

        if (!lp_registry_find_address(text) ||
            host_arena_prot(text) != PAGE_HYPERVISOR_RX) {
            give_up("image: '%s' is %s, its text has permissions %#x",
                    payload->name,
                    lp_registry_find_address(text) ? "known" : "unknown",
                    host_arena_prot(text));
        }
        for (unsigned int j = 0; j < RECIPE_EXPORTS; j++) {
            if ((payload->recipe.exports | payload->recipe.locals) >> j & 1) {
                check_symbol(payload, j);
            }
        }
    }
}

/* Whether the byte can be written: the kernel says so without a fault. */
static bool is_writable(void *byte)
{
    static int ends[2];

    if (!ends[1] && (pipe(ends) || write(ends[1], byte, 1) != 1)) {
        give_up("constants: no pipe");
    }
    return read(ends[0], byte, 1) == 1;
}

/* Hooks have written them in the stop, and nobody can now. */
static void constants_are_what_hooks_wrote(const struct run *run)
{
    uint8_t *is = hook_constants();

    for (unsigned int i = 0; i < HOOK_CONSTANTS; i++) {
        if (is[i] != run->model.constant[i]) {
            give_up("constants: number %u is %u, expected %u", i, is[i],
                    run->model.constant[i]);
        }
    }
    if (is_writable(is)) {
        give_up("constants: they can be written");
    }
}

void invariants_start(struct run *run)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_LIST};
    struct livepatch_ext_summary summary;

    request_send(&plain, &op);
    run->first_version = op.u.list.version;
    op = (struct xen_sysctl_livepatch_op){.cmd = LIVEPATCH_EXT_HISTORY};
    {
        struct livepatch_ext_history *history = (void *)&op.u;
        const uint32_t nr = 300;

        history->records = (uintptr_t)host_guest_alloc(nr * 16);
        history->nr = nr;
        history->stride = 16;
        request_send(&plain, &op);
        run->next_record = history->from ? history->from : 1;
    }
    summary = read_summary();
    run->nr_stops = summary.nr_stops;
    run->nr_missed = summary.nr_missed;
    run->heap = xmalloc_bytes_used();
    run->pages = vmap_pages_used();
    memcpy(run->model.constant, hook_constants(), HOOK_CONSTANTS);
}

void invariants_check(struct run *run)
{
    windows_are_the_payloads(run);
    memory_is_the_payloads(run);
    text_is_what_is_applied(run);
    constants_are_what_hooks_wrote(run);
    history_tells_what_was_done(run);
    stops_are_counted(run);
    list_is_the_models(run);
    payloads_are_known(run);
    check_payloads(run);
    run->nr_records = 0;
    run->changes_memory = false;
}

void invariants_check_end(struct run *run)
{
    char left[256];

    if (run->model.loaded.nr || !host_is_balanced(left, sizeof(left))) {
        give_up("memory: %s", run->model.loaded.nr ? "payloads stay" : left);
    }
}
