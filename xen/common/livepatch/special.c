// SPDX-License-Identifier: GPL-2.0
/*
 * Walks each section's records. How a record lies in memory the architecture
 * knows.
 */
#include "special.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/xmalloc.h>

#include "log.h"
#include "order.h"

static int check_aligned(const struct lp_payload *payload, const char *what,
                         const void *start, unsigned long align)
{
    if (!IS_ALIGNED((unsigned long)start, align)) {
        lp_err(payload->name, "%s at %p: must be aligned to %lu", what, start,
               align);
        return -EINVAL;
    }
    return 0;
}

static bool is_own_text(const struct lp_payload *payload, const void *p)
{
    return lp_image_holds(&payload->image, LP_TEXT, p, 1);
}

/* Text of the hypervisor that stays. */
static bool is_text(const struct lp_payload *payload, const void *p)
{
    return is_own_text(payload, p) || is_kernel_text(p);
}

/* True when a string starts at p and ends before `end`, and is not too long. */
static bool ends_before(const char *p, const void *end)
{
    const size_t room = (const char *)end - p;

    return memchr(p, '\0', min(room, (size_t)LP_SPECIAL_STRING_MAX)) != NULL;
}

static bool is_constant_string(const struct lp_payload *payload, const char *p)
{
    const struct lp_span *own = &payload->image.region[LP_RODATA];

    if (lp_image_holds(&payload->image, LP_RODATA, p, 1)) {
        return ends_before(p, own->start + own->bytes);
    }
    return is_kernel_rodata(p) && ends_before(p, _erodata);
}

static int check_bug(const struct lp_payload *payload, const struct bug *bug,
                     size_t number)
{
    if (!is_own_text(payload, bug->where)) {
        lp_err(payload->name,
               ".bug_frames.%u[%zu]: instruction at %p is not in the payload's "
               "text",
               bug->kind, number, bug->where);
        return -EINVAL;
    }
    if (bug->kind == BUGFRAME_run_fn) {
        if (bug->subject && !is_text(payload, bug->subject)) {
            lp_err(payload->name,
                   ".bug_frames.%u[%zu]: function at %p is not in text",
                   bug->kind, number, bug->subject);
            return -EINVAL;
        }
        return 0;
    }
    if (!is_constant_string(payload, bug->subject)) {
        lp_err(payload->name,
               ".bug_frames.%u[%zu]: file name at %p is no string in read-only "
               "data",
               bug->kind, number, bug->subject);
        return -EINVAL;
    }
    if (bug->kind == BUGFRAME_assert &&
        !is_constant_string(payload, bug->message)) {
        lp_err(payload->name,
               ".bug_frames.%u[%zu]: claim at %p is no string in read-only "
               "data",
               bug->kind, number, bug->message);
        return -EINVAL;
    }
    return 0;
}

int lp_special_bugs(struct lp_payload *payload, enum bug_kind kind,
                    const struct lp_part *section)
{
    const size_t bytes = BUG_FRAME_BYTES(kind);
    const size_t nr = section->bytes / bytes;
    int rc =
        check_aligned(payload, "bug frames", section->start, BUG_FRAME_ALIGN);

    for (size_t i = 0; rc == 0 && i < nr; i++) {
        const struct bug bug = bug_frame_read(kind, section->start + i * bytes);

        rc = check_bug(payload, &bug, i);
    }
    if (rc == 0) {
        payload->region.frame[kind] = (struct bug_frames){
            .start = section->start,
            .stop = section->start + section->bytes,
        };
    }
    return rc;
}

static int check_ex_entry(const struct lp_payload *payload,
                          const struct exception_table_entry *entry,
                          size_t number)
{
    const void *addr = (const void *)ex_addr(entry);
    const void *cont = (const void *)ex_cont(entry);

    if (!is_own_text(payload, addr) || !is_own_text(payload, cont)) {
        lp_err(payload->name,
               ".ex_table[%zu]: from %p to %p: not both in the payload's text",
               number, addr, cont);
        return -EINVAL;
    }
    return 0;
}

static int check_ex_table(const struct lp_payload *payload,
                          const struct exception_table_entry *entries,
                          size_t nr)
{
    int rc = check_aligned(payload, "exception table", entries,
                           __alignof__(*entries));

    for (size_t i = 0; rc == 0 && i < nr; i++) {
        rc = check_ex_entry(payload, &entries[i], i);
    }
    return rc;
}

/* Entries count from where they stand; meanwhile, from the text's start. */
static void rank_ex_table(const struct exception_table_entry *entries,
                          unsigned long text, struct lp_ranked *ranked,
                          uint32_t *cont, uint32_t nr)
{
    for (uint32_t i = 0; i < nr; i++) {
        ranked[i] = (struct lp_ranked){
            .key = ex_addr(&entries[i]) - text,
            .number = i,
        };
        cont[i] = ex_cont(&entries[i]) - text;
    }
}

static void write_ex_table(struct exception_table_entry *entries,
                           unsigned long text, const struct lp_ranked *ranked,
                           const uint32_t *cont, uint32_t nr)
{
    for (uint32_t i = 0; i < nr; i++) {
        struct exception_table_entry *entry = &entries[i];

        entry->addr = text + ranked[i].key - (unsigned long)&entry->addr;
        entry->cont =
            text + cont[ranked[i].number] - (unsigned long)&entry->cont;
    }
}

/* Each names text of the payload's. */
static int sort_ex_table(const struct lp_payload *payload,
                         struct exception_table_entry *entries, uint32_t nr)
{
    const unsigned long text =
        (unsigned long)payload->image.region[LP_TEXT].start;
    struct lp_ranked *ranked = xmalloc_array(struct lp_ranked, 2UL * nr);
    uint32_t *cont = xmalloc_array(uint32_t, nr);
    const int rc = ranked && cont ? 0 : -ENOMEM;

    if (rc) {
        lp_err(payload->name, "no memory to sort an exception table of %u", nr);
    } else {
        rank_ex_table(entries, text, ranked, cont, nr);
        lp_order_sort(ranked, ranked + nr, nr);
        write_ex_table(entries, text, ranked, cont, nr);
    }
    xfree(cont);
    xfree(ranked);
    return rc;
}

int lp_special_sort_ex_table(const struct lp_payload *payload,
                             const struct lp_span *section)
{
    struct exception_table_entry *entries = (void *)section->start;
    const size_t nr = section->bytes / sizeof(*entries);
    const int rc = nr ? check_ex_table(payload, entries, nr) : 0;

    return rc || nr == 0 ? rc : sort_ex_table(payload, entries, nr);
}

int lp_special_ex_table(struct lp_payload *payload,
                        const struct lp_part *section)
{
    const struct exception_table_entry *entries = (const void *)section->start;
    const size_t nr = section->bytes / sizeof(*entries);
    const int rc = check_ex_table(payload, entries, nr);

    if (rc == 0) {
        payload->region.ex = entries;
        payload->region.ex_end = entries + nr;
    }
    return rc;
}
