// SPDX-License-Identifier: GPL-2.0
/*
 * What there is: GET, LIST, and the console's key 'x'.
 */
#include "run.h"

#include <stdio.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/keyhandler.h>
#include <xen/lib.h>

#include "answer.h"
#include "host/console.h"
#include "host/guest.h"

#define LIST_MOST 1024

static uint32_t state_of(const struct model_payload *payload)
{
    return payload->is_applied ? LIVEPATCH_STATE_APPLIED
                               : LIVEPATCH_STATE_CHECKED;
}

static void check_status(const struct model_payload *payload,
                         const struct xen_livepatch_status *status)
{
    if (status->state != state_of(payload) || status->rc != payload->rc) {
        give_up("states: '%s' is in state %u, rc %d; expected %u, %d",
                payload->name, status->state, status->rc, state_of(payload),
                payload->rc);
    }
}

void perform_get(struct run *run, const struct script_step *step)
{
    const struct wire_name name =
        request_name(request_loaded_name(&run->model, step->name));
    const int which = name.error ? -1 : model_find(&run->model, name.text);
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, XEN_SYSCTL_LIVEPATCH_GET, &reasons);
    int rc;

    op.u.get.name = name.wire;
    if (name.error) {
        reasons_add(&reasons, name.error);
    } else if (which < 0) {
        reasons_add(&reasons, ENOENT);
    }
    rc = request_send(step, &op);
    note_done("GET '%s': %d\n", name.text ? name.text : "?", rc);
    request_judge("GET", rc, &reasons);
    if (rc == 0) {
        check_status(&run->model.payload[which], &op.u.get.status);
    }
}

/* The caller's buffers of a LIST. */
struct list_buffers {
    struct xen_livepatch_status *status;
    char *names;
    uint32_t *lengths;
    char *metadata;
    uint32_t *metadata_lengths;
    unsigned int nr;
    size_t names_bytes, metadata_bytes;
};

/* As the entries should have been written. */
struct list_progress {
    unsigned int nr, visited;
    size_t names, metadata;
    bool is_full;
};

static const struct model_payload *entry(const struct run *run, unsigned int i)
{
    return &run->model.payload[run->model.loaded.at[i]];
}

static struct list_buffers make_buffers(unsigned int nr)
{
    struct list_buffers buffers = {.nr = nr};

    nr = nr < MODEL_PAYLOADS ? nr : MODEL_PAYLOADS;
    buffers.names_bytes = nr * XEN_LIVEPATCH_NAME_SIZE;
    buffers.metadata_bytes = nr * 64;
    buffers.nr = nr;
    buffers.status = answer_fresh(nr * sizeof(*buffers.status));
    buffers.names = answer_fresh(buffers.names_bytes);
    buffers.lengths = answer_fresh(nr * sizeof(*buffers.lengths));
    buffers.metadata = answer_fresh(buffers.metadata_bytes);
    buffers.metadata_lengths =
        answer_fresh(nr * sizeof(*buffers.metadata_lengths));
    return buffers;
}

static void set_buffers(struct xen_sysctl_livepatch_list *list,
                        const struct list_buffers *buffers)
{
    list->status.p = buffers->status;
    list->name.p = buffers->names;
    list->len.p = buffers->lengths;
    list->metadata.p = buffers->metadata;
    list->metadata_len.p = buffers->metadata_lengths;
}

static struct list_progress foresee_list(const struct run *run, uint32_t idx,
                                         uint32_t nr, uint64_t names_room,
                                         uint64_t metadata_room)
{
    struct list_progress progress = {.nr = 0};
    const unsigned int count = run->model.loaded.nr;

    while (progress.visited < nr && idx + progress.visited < count) {
        const struct model_payload *payload =
            entry(run, idx + progress.visited++);
        const size_t length = strlen(payload->name) + 1;
        const size_t metadata = payload->recipe.metadata_bytes;

        if (progress.names + length > names_room ||
            progress.metadata + metadata > metadata_room) {
            progress.is_full = true;
            break;
        }
        progress.names += length;
        progress.metadata += metadata;
        progress.nr++;
    }
    return progress;
}

static void check_entries(const struct run *run, uint32_t idx,
                          const struct list_buffers *buffers,
                          const struct list_progress *progress)
{
    size_t name = 0, metadata = 0;

    for (unsigned int i = 0; i < progress->nr; i++) {
        const struct model_payload *payload = entry(run, idx + i);

        check_status(payload, &buffers->status[i]);
        answer_check_number("LIST: a name's length", buffers->lengths[i],
                            strlen(payload->name) + 1);
        answer_check_number("LIST: metadata's length",
                            buffers->metadata_lengths[i],
                            payload->recipe.metadata_bytes);
        if (memcmp(buffers->names + name, payload->name, buffers->lengths[i]) ||
            memcmp(buffers->metadata + metadata, payload->recipe.metadata,
                   buffers->metadata_lengths[i])) {
            give_up("list: entry %u is not '%s' with its metadata", idx + i,
                    payload->name);
        }
        name += buffers->lengths[i];
        metadata += buffers->metadata_lengths[i];
    }
    answer_check_fresh("LIST: status", buffers->status,
                       progress->nr * sizeof(*buffers->status),
                       buffers->nr * sizeof(*buffers->status));
    answer_check_fresh("LIST: names", buffers->names, name,
                       buffers->names_bytes);
    answer_check_fresh("LIST: metadata", buffers->metadata, metadata,
                       buffers->metadata_bytes);
}

static void check_list(const struct run *run, uint32_t idx, uint32_t nr_asked,
                       int rc, const struct xen_sysctl_livepatch_list *list,
                       const struct list_progress *progress)
{
    const unsigned int count = run->model.loaded.nr;
    const struct list_progress all =
        foresee_list(run, 0, count, UINT64_MAX, UINT64_MAX);
    const bool is_sizes = nr_asked == 0 || count == 0;

    answer_check_number("LIST: version", list->version,
                        run->first_version + run->model.nr_changes);
    answer_check_number("LIST: number", (uint64_t)(int64_t)rc,
                        is_sizes            ? 0
                        : progress->is_full ? (uint64_t)(int64_t)-ENOBUFS
                                            : progress->nr);
    answer_check_number("LIST: nr", list->nr,
                        is_sizes ? count : count - idx - progress->visited);
    answer_check_number("LIST: all names", list->name_total_size,
                        is_sizes ? all.names : progress->names);
    answer_check_number("LIST: all metadata", list->metadata_total_size,
                        is_sizes ? all.metadata : progress->metadata);
}

/* 255 is plenty. */
static uint32_t room_of(uint8_t choice)
{
    return choice == 0 || choice == 255 ? UINT32_MAX : choice;
}

static void make_list(const struct script_list *raw,
                      struct xen_sysctl_livepatch_list *list)
{
    static const uint32_t counts[] = {LIST_MOST, 0, 1,  2,
                                      3,         5, 64, LIST_MOST + 1};

    *list = (struct xen_sysctl_livepatch_list){
        .idx =
            raw->idx < CHOOSE_WRONG ? raw->idx % 6 : UINT32_MAX - raw->idx % 3,
        .nr = counts[raw->nr % ARRAY_SIZE(counts)],
        .pad = raw->defect >= CHOOSE_WRONG && raw->defect & 1,
        .name_total_size = room_of(raw->names_room),
        .metadata_total_size = room_of(raw->metadata_room),
    };
}

static void list_reasons(const struct run *run,
                         const struct xen_sysctl_livepatch_list *list,
                         bool is_broken, const struct list_progress *progress,
                         struct reasons *reasons)
{
    const unsigned int count = run->model.loaded.nr;

    if (list->nr > LIST_MOST) {
        reasons_add(reasons, E2BIG);
    }
    if (list->pad || (count && list->idx >= count)) {
        reasons_add(reasons, EINVAL);
    }
    if (!reasons->nr && is_broken && progress->nr) {
        reasons_add(reasons, EFAULT);
    }
}

void perform_list(struct run *run, const struct script_step *step)
{
    const bool has_rooms = request_version(step) == 0x16;
    const bool is_broken =
        step->list.defect >= CHOOSE_WRONG && step->list.defect & 2;
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, XEN_SYSCTL_LIVEPATCH_LIST, &reasons);
    struct xen_sysctl_livepatch_list asked;
    struct list_progress progress;
    struct list_buffers buffers;
    int rc;

    make_list(&step->list, &asked);
    progress = foresee_list(run, asked.idx, asked.nr,
                            has_rooms ? asked.name_total_size : UINT64_MAX,
                            has_rooms ? asked.metadata_total_size : UINT64_MAX);
    buffers = make_buffers(asked.nr);
    set_buffers(&asked, &buffers);
    op.u.list = asked;
    if (is_broken) {
        host_guest_break(buffers.status, 1);
    }
    list_reasons(run, &asked, is_broken, &progress, &reasons);
    rc = request_send(step, &op);
    note_done("LIST from %u, %u: %d\n", asked.idx, asked.nr, rc);
    if (reasons.nr) {
        request_judge("LIST", rc, &reasons);
        return;
    }
    check_list(run, asked.idx, asked.nr, rc, &op.u.list, &progress);
    check_entries(run, asked.idx, &buffers, &progress);
}

/* The console's account names every payload and its state. */
void perform_key(struct run *run, const struct script_step *step)
{
    (void)step;
    host_log_clear();
    handle_keypress('x');
    note_done("key 'x'\n");
    for (unsigned int i = 0; i < run->model.loaded.nr; i++) {
        const struct model_payload *payload = entry(run, i);
        char line[XEN_LIVEPATCH_NAME_SIZE + 32];

        snprintf(line, sizeof(line), "%s: %s", payload->name,
                 payload->is_applied ? "APPLIED"
                 : payload->is_spent ? "SPENT"
                                     : "CHECKED");
        if (!host_log_holds(line)) {
            give_up("key: no line says '%s'", line);
        }
    }
}
