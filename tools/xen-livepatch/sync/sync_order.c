/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Three passes: what each file is by itself, which of them are the same, and a
 * walk from the hypervisor upwards: what goes on top of the one placed last.
 * Lists sorted by build-id keep the cost of each step low.
 */
#include "sync/sync_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What the passes share. */
struct sorting {
    const struct sync_view *view;
    struct sync_order *order;
    size_t *by_own;   /* indices of all of the folder's payloads, sorted */
    size_t *by_below; /* by these ids, then by name */
};

static const struct folder_payload *payload_at(const struct sorting *sorting,
                                               size_t i)
{
    return &sorting->view->folder->payloads[i];
}

static int compare_ids(const struct kept_id *one, struct build_id other)
{
    if (one->nr_bytes != other.nr_bytes) {
        return one->nr_bytes < other.nr_bytes ? -1 : 1;
    }
    return one->nr_bytes ? memcmp(one->bytes, other.bytes, one->nr_bytes) : 0;
}

static int compare_places(size_t one, size_t other)
{
    return one < other ? -1 : one > other;
}

static int compare_own(const void *one, const void *other, void *closure)
{
    size_t a = *(const size_t *)one;
    size_t b = *(const size_t *)other;
    int order = compare_ids(&payload_at(closure, a)->own,
                            kept_id_view(&payload_at(closure, b)->own));

    return order ? order : compare_places(a, b);
}

static int compare_below(const void *one, const void *other, void *closure)
{
    size_t a = *(const size_t *)one;
    size_t b = *(const size_t *)other;
    int order = compare_ids(&payload_at(closure, a)->below,
                            kept_id_view(&payload_at(closure, b)->below));

    return order ? order : compare_places(a, b);
}

/* Where those with this id begin in a sorted list. */
static size_t find_first(const struct sorting *sorting, const size_t *list,
                         struct build_id id)
{
    size_t low = 0;
    size_t high = sorting->view->folder->nr;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct folder_payload *payload =
            payload_at(sorting, list[middle]);
        const struct kept_id *here =
            list == sorting->by_own ? &payload->own : &payload->below;

        if (compare_ids(here, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The folder's payload of that build-id which counts; SYNC_NONE: none. What is
 * for another hypervisor is no payload of this one, whatever its build-id. */
static size_t find_own(const struct sorting *sorting, struct build_id id)
{
    size_t nr = sorting->view->folder->nr;
    size_t found = SYNC_NONE;

    for (size_t at = find_first(sorting, sorting->by_own, id);
         id.nr_bytes && at < nr; at++) {
        size_t i = sorting->by_own[at];

        if (!kept_id_is(&payload_at(sorting, i)->own, id)) {
            break;
        }
        if (sorting->order->fits[i] != SYNC_OTHER_HYPERVISOR &&
            (found == SYNC_NONE || sorting->order->fits[found] == SYNC_SAME)) {
            found = i;
        }
    }
    return found;
}

bool sync_is_pinned(const struct sync_view *view,
                    const struct loaded_payload *payload)
{
    const struct folder_mark *pin =
        folder_marks_find(&view->folder->pins, payload->entry->name);

    return pin && (pin->trouble || !pin->id.nr_bytes ||
                   kept_id_is(&payload->own, kept_id_view(&pin->id)));
}

/* Whether a pin wants another build of it than this file is. */
static bool is_pinned_off(const struct sync_view *view,
                          const struct folder_payload *file)
{
    const struct folder_mark *pin =
        folder_marks_find(&view->folder->pins, file->name);
    const struct loaded_payload *loaded =
        pin ? loaded_find(view->loaded, file->name) : NULL;

    if (!pin) {
        return false;
    }
    if (pin->id.nr_bytes) {
        return !kept_id_is(&file->own, kept_id_view(&pin->id));
    }
    return loaded && loaded->own.nr_bytes &&
           !kept_id_is(&file->own, kept_id_view(&loaded->own));
}

static bool is_pin_unclear(const struct sync_view *view,
                           const struct folder_payload *file)
{
    const struct folder_mark *pin =
        folder_marks_find(&view->folder->pins, file->name);

    return pin && pin->trouble;
}

/* Of the file by itself; NOTHING_BELOW: it has no place yet. */
static enum sync_fit judge_file(const struct sync_view *view,
                                const struct folder_payload *file)
{
    if (file->is_bad) {
        return SYNC_BAD;
    }
    if (file->is_masked) {
        return SYNC_MASKED;
    }
    if (file->hypervisor.nr_bytes &&
        !kept_id_is(&file->hypervisor, view->running)) {
        return SYNC_OTHER_HYPERVISOR;
    }
    if (folder_marks_find(&view->folder->holds, file->name)) {
        return SYNC_HELD;
    }
    if (is_pin_unclear(view, file)) {
        return SYNC_PIN_UNCLEAR;
    }
    if (is_pinned_off(view, file)) {
        return SYNC_PINNED;
    }
    if (file->is_suspect) {
        return SYNC_SUSPECT;
    }
    return file->obstacle ? SYNC_REFUSED : SYNC_NOTHING_BELOW;
}

/* Whether `i` is to be taken of two files of one build-id. */
static bool is_better(const struct sorting *sorting, size_t i, size_t other)
{
    const struct folder_payload *one = payload_at(sorting, i);
    const struct folder_payload *two = payload_at(sorting, other);
    const struct loaded_payload *loaded =
        loaded_find_id(sorting->view->loaded, kept_id_view(&one->own));

    if (!one->rank != !two->rank) {
        return one->rank != 0;
    }
    return loaded && !strcmp(loaded->entry->name, one->name);
}

static void judge_same(struct sorting *sorting)
{
    struct sync_order *order = sorting->order;
    size_t kept = SYNC_NONE;

    for (size_t at = 0; at < sorting->view->folder->nr; at++) {
        size_t i = sorting->by_own[at];
        size_t worse = i;

        if (order->fits[i] != SYNC_NOTHING_BELOW) {
            continue;
        }
        if (kept == SYNC_NONE ||
            !kept_id_is(&payload_at(sorting, kept)->own,
                        kept_id_view(&payload_at(sorting, i)->own))) {
            kept = i;
            continue;
        }
        if (is_better(sorting, i, kept)) {
            worse = kept;
            kept = i;
        }
        order->fits[worse] = SYNC_SAME;
        order->rivals[worse] = payload_at(sorting, kept)->name;
    }
}

/* Which files the loaded payloads are. */
static void match_loaded(struct sorting *sorting)
{
    const struct sync_view *view = sorting->view;

    for (size_t i = 0; i < view->loaded->nr; i++) {
        const struct loaded_payload *payload = &view->loaded->payloads[i];
        const struct folder_payload *named =
            payload_folder_find(view->folder, payload->entry->name);
        size_t by_name = named && !named->is_bad && !named->is_masked
                             ? (size_t)(named - view->folder->payloads)
                             : SYNC_NONE;

        sorting->order->reissues[i] = SYNC_NONE;
        if (!payload->own.nr_bytes) {
            sorting->order->files[i] = by_name;
            continue;
        }
        sorting->order->files[i] =
            find_own(sorting, kept_id_view(&payload->own));
        if (sorting->order->files[i] == SYNC_NONE) {
            sorting->order->reissues[i] = by_name;
        }
    }
}

static void place(struct sorting *sorting, size_t i)
{
    sorting->order->places[sorting->order->nr++] = i;
    sorting->order->fits[i] = SYNC_FITS;
}

static int compare_ranks(const void *one, const void *other, void *closure)
{
    return payload_at(closure, *(const size_t *)one)->rank -
           payload_at(closure, *(const size_t *)other)->rank;
}

static void place_ranked(struct sorting *sorting)
{
    struct sync_order *order = sorting->order;

    for (size_t i = 0; i < sorting->view->folder->nr; i++) {
        if (order->fits[i] == SYNC_NOTHING_BELOW &&
            payload_at(sorting, i)->rank) {
            place(sorting, i);
        }
    }
    qsort_r(order->places, order->nr, sizeof(*order->places), compare_ranks,
            sorting);
}

static bool is_file_applied(const struct sorting *sorting, size_t file)
{
    const struct loaded *loaded = sorting->view->loaded;

    for (size_t i = 0; i < loaded->nr; i++) {
        if (sorting->order->files[i] == file && loaded->payloads[i].place) {
            return true;
        }
    }
    return false;
}

/* Whether the file that has the loaded payload's name must not replace it. */
static bool is_reissue_refused(const struct sorting *sorting, size_t i)
{
    size_t file = sorting->order->reissues[i];

    return file != SYNC_NONE && sorting->order->fits[file] == SYNC_REFUSED;
}

/* What is applied on top of `top`, is not of the folder, and stays. */
static const struct loaded_payload *find_stranger(const struct sorting *sorting,
                                                  struct build_id top)
{
    const struct sync_view *view = sorting->view;

    for (size_t i = 0; i < view->loaded->nr; i++) {
        const struct loaded_payload *payload = &view->loaded->payloads[i];
        bool is_pinned = sync_is_pinned(view, payload);

        if (payload->place && kept_id_is(&payload->below, top) &&
            sorting->order->files[i] == SYNC_NONE &&
            (is_pinned || is_reissue_refused(sorting, i) ||
             (!view->wants_prune &&
              sorting->order->reissues[i] == SYNC_NONE))) {
            return payload;
        }
    }
    return NULL;
}

/* Those that go on top of `top`, but for `taken`, have no place. */
static void refuse_others(struct sorting *sorting, struct build_id top,
                          size_t taken, const char *rival)
{
    const size_t *list = sorting->by_below;

    for (size_t at = find_first(sorting, list, top);
         at < sorting->view->folder->nr &&
         kept_id_is(&payload_at(sorting, list[at])->below, top);
         at++) {
        if (list[at] != taken &&
            sorting->order->fits[list[at]] == SYNC_NOTHING_BELOW) {
            sorting->order->fits[list[at]] = SYNC_PLACE_TAKEN;
            sorting->order->rivals[list[at]] = rival;
        }
    }
}

/* The file to place on top of `top`, SYNC_NONE: none goes there. */
static size_t find_next(const struct sorting *sorting, struct build_id top)
{
    const size_t *list = sorting->by_below;
    size_t found = SYNC_NONE;

    for (size_t at = find_first(sorting, list, top);
         top.nr_bytes && at < sorting->view->folder->nr &&
         kept_id_is(&payload_at(sorting, list[at])->below, top);
         at++) {
        if (sorting->order->fits[list[at]] != SYNC_NOTHING_BELOW) {
            continue;
        }
        if (is_file_applied(sorting, list[at])) {
            return list[at];
        }
        found = found == SYNC_NONE ? list[at] : found;
    }
    return found;
}

/* Go up from `top` as far as something goes on top of it. */
static void walk(struct sorting *sorting, struct build_id top)
{
    size_t nr_steps = sorting->view->folder->nr + sorting->view->loaded->nr;

    while (nr_steps-- && top.nr_bytes) {
        size_t next = find_next(sorting, top);
        const struct loaded_payload *stranger =
            next != SYNC_NONE && is_file_applied(sorting, next)
                ? NULL
                : find_stranger(sorting, top);

        if (stranger) {
            refuse_others(sorting, top, SYNC_NONE, stranger->entry->name);
            top = kept_id_view(&stranger->own);
            continue;
        }
        if (next == SYNC_NONE) {
            return;
        }
        place(sorting, next);
        refuse_others(sorting, top, next, payload_at(sorting, next)->name);
        top = kept_id_view(&payload_at(sorting, next)->own);
    }
}

/* Those that want a place which the order file gave to another one. */
static void refuse_beside_ranked(struct sorting *sorting)
{
    const struct sync_order *order = sorting->order;
    struct build_id top = sorting->view->running;

    for (size_t k = 0; k < order->nr; k++) {
        const struct folder_payload *here =
            payload_at(sorting, order->places[k]);

        refuse_others(sorting, top, order->places[k], here->name);
        top = kept_id_view(&here->own);
    }
}

/* Payloads for Xen before 4.14 say only what lies below them: one to which no
 * way leads from this hypervisor is for another. */
static void judge_unplaced(struct sorting *sorting)
{
    struct sync_order *order = sorting->order;

    for (size_t i = 0; i < sorting->view->folder->nr; i++) {
        const struct folder_payload *file = payload_at(sorting, i);
        size_t below = find_own(sorting, kept_id_view(&file->below));

        if (order->fits[i] != SYNC_NOTHING_BELOW) {
            continue;
        }
        if (below != SYNC_NONE && below != i) {
            order->rivals[i] = payload_at(sorting, below)->name;
            order->belows[i] = below;
        } else if (!file->hypervisor.nr_bytes) {
            order->fits[i] = SYNC_OTHER_HYPERVISOR;
        }
    }
}

static int allocate(const struct sync_view *view, struct sorting *sorting)
{
    struct sync_order *order = sorting->order;
    size_t nr = view->folder->nr + 1;
    size_t nr_loaded = view->loaded->nr + 1;

    *order = (struct sync_order){
        .nr_files = view->folder->nr,
        .places = calloc(nr, sizeof(*order->places)),
        .fits = calloc(nr, sizeof(*order->fits)),
        .rivals = calloc(nr, sizeof(*order->rivals)),
        .belows = calloc(nr, sizeof(*order->belows)),
        .files = calloc(nr_loaded, sizeof(*order->files)),
        .reissues = calloc(nr_loaded, sizeof(*order->reissues)),
    };
    sorting->by_own = calloc(nr, sizeof(size_t));
    sorting->by_below = calloc(nr, sizeof(size_t));
    return order->places && order->fits && order->rivals && order->belows &&
                   order->files && order->reissues && sorting->by_own &&
                   sorting->by_below
               ? 0
               : -ENOMEM;
}

static void sort_out(struct sorting *sorting)
{
    const struct sync_view *view = sorting->view;
    struct sync_order *order = sorting->order;
    size_t nr = view->folder->nr;

    for (size_t i = 0; i < nr; i++) {
        order->fits[i] = judge_file(view, payload_at(sorting, i));
        order->belows[i] = SYNC_NONE;
        sorting->by_own[i] = i;
        sorting->by_below[i] = i;
    }
    qsort_r(sorting->by_own, nr, sizeof(size_t), compare_own, sorting);
    qsort_r(sorting->by_below, nr, sizeof(size_t), compare_below, sorting);
    judge_same(sorting);
    match_loaded(sorting);
    place_ranked(sorting);
    if (order->nr) {
        size_t last = order->places[order->nr - 1];

        refuse_beside_ranked(sorting);
        walk(sorting, kept_id_view(&payload_at(sorting, last)->own));
    } else {
        walk(sorting, view->running);
    }
    judge_unplaced(sorting);
}

int sync_order_make(const struct sync_view *view, struct sync_order *order)
{
    struct sync_order made;
    struct sorting sorting = {.view = view, .order = &made};
    int rc = allocate(view, &sorting);

    if (!rc) {
        sort_out(&sorting);
        *order = made;
    } else {
        sync_order_free(&made);
    }
    free(sorting.by_own);
    free(sorting.by_below);
    return rc;
}

enum sync_fit sync_order_root(const struct sync_order *order, size_t file)
{
    size_t nr_steps = order->nr_files; /* they may make a ring */

    while (nr_steps-- && order->fits[file] == SYNC_NOTHING_BELOW &&
           order->belows[file] != SYNC_NONE) {
        file = order->belows[file];
    }
    return order->fits[file];
}

void sync_order_free(struct sync_order *order)
{
    free(order->places);
    free(order->fits);
    free(order->rivals);
    free(order->belows);
    free(order->files);
    free(order->reissues);
}
