/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The entries of .livepatch.funcs: each one by itself, then what they change of
 * the old functions together. What is changed is known as an address when the
 * hypervisor's file is there, else as a name and an offset.
 *
 * Example: a jump over a function at 0x1000 that starts with ENDBR64 changes
 * the bytes 0x1004 to 0x1008; NOPs over 4 bytes at 0x1008 overlap with it.
 */
#include "verify/payload_verify.h"

#include <stdlib.h>
#include <string.h>

#include "lib/xen_symbols.h"

#define NOP_BYTES_MAX 31U
#define FUNC_VERSION 2U
#define X86_JUMP_BYTES 5U
#define ARM_BRANCH_BYTES 4U
#define LANDING_PAD_BYTES 4U
#define PAGE_BYTES 4096U
#define CHANGED_PAGES_MAX 8192U

/* Bytes of old text that an entry changes. */
struct change {
    const char *base; /* a symbol's name, "" for an address */
    uint64_t where;   /* from there */
    uint32_t nr_bytes;
    uint32_t func;
};

/* An entry, and the words that name it. */
struct entry {
    const struct elf_file *elf;
    const struct verify_target *target;
    struct findings *findings;
    struct payload_func func;
    uint32_t index;
    char place[160];
};

/* The old function by the name of a symbol; false after a finding. */
static bool find_by_name(const struct entry *entry, const char *name,
                         uint64_t offset, struct change *change)
{
    enum symbol_place where = SYMBOL_UNKNOWN;
    Elf64_Sym symbol;

    *change = (struct change){.base = name, .where = offset};
    if (!*name) {
        findings_add(entry->findings, "ENOENT",
                     "%s: neither name nor address of the old function",
                     entry->place);
        return false;
    }
    if (entry->target->xen) {
        where = xen_symbols_find(entry->target->xen, name, &symbol);
    }
    if (where == SYMBOL_PRESENT) {
        *change =
            (struct change){.base = "", .where = symbol.st_value + offset};
    } else if (entry->target->xen && !verify_is_below(entry->target, name)) {
        findings_add(entry->findings, "ENOENT", "%s: %s", entry->place,
                     where == SYMBOL_UNKNOWN
                         ? "the hypervisor has no function of this name"
                         : "in init memory, which is gone after boot");
        return false;
    }
    return true;
}

/* What the entry leads away from; false when that cannot be said. */
static bool find_old(const struct entry *entry, struct change *change)
{
    const struct payload_pointer *old = &entry->func.old;

    switch (old->kind) {
    case POINTER_NULL:
        return find_by_name(entry, entry->func.name, 0, change);
    case POINTER_OUTSIDE:
        return find_by_name(entry, old->name, old->value, change);
    case POINTER_ADDRESS:
        *change = (struct change){.base = "", .where = old->value};
        return true;
    case POINTER_INSIDE:
        findings_add(entry->findings, "EINVAL",
                     "%s: the old function lies in the payload itself",
                     entry->place);
        return false;
    default:
        return false;
    }
}

/* The bytes of the hypervisor's file there; NULL: not known. */
static const unsigned char *bytes_of(const struct entry *entry,
                                     const struct change *old, size_t nr_bytes)
{
    return entry->target->xen && !*old->base
               ? xen_symbols_bytes(entry->target->xen, old->where, nr_bytes)
               : NULL;
}

static void verify_expectation(const struct entry *entry,
                               const struct change *old)
{
    const struct payload_func *func = &entry->func;
    const unsigned char *bytes = bytes_of(entry, old, func->nr_expected);

    if (!func->expected) {
        return;
    }
    if (func->expect_reserved) {
        findings_add(entry->findings, "EINVAL",
                     "%s: reserved bits of its expectation are %u, expected 0",
                     entry->place, func->expect_reserved);
    }
    if (func->nr_expected > func->old_size) {
        findings_add(entry->findings, "ERANGE",
                     "%s: %u bytes are expected of a function of %u",
                     entry->place, func->nr_expected, func->old_size);
        return;
    }
    for (size_t i = 0; bytes && i < func->nr_expected; i++) {
        if (bytes[i] != func->expected[i]) {
            findings_add(entry->findings, "EINVAL",
                         "%s: byte %zu of the old function is 0x%02x, expected "
                         "0x%02x",
                         entry->place, i, bytes[i], func->expected[i]);
            return;
        }
    }
}

/* Whether the old function may be changed. A payload below is known by names
 * only: nobody knows its addresses beforehand. */
static bool verify_text(const struct entry *entry, const struct change *old)
{
    const struct elf_file *xen = entry->target->xen;
    uint32_t nr_bytes = entry->func.old_size;

    if (!xen || *old->base) {
        return true;
    }
    if (!xen_symbols_is_text(xen, old->where, nr_bytes)) {
        findings_add(entry->findings, "EINVAL",
                     "%s: %u bytes at %#llx are not text of the hypervisor",
                     entry->place, nr_bytes, (unsigned long long)old->where);
        return false;
    }
    if (xen_symbols_is_patching_path(xen, old->where, nr_bytes)) {
        findings_add(entry->findings, "EPERM",
                     "%s: part of the patching path, which cannot be patched",
                     entry->place);
    }
    return true;
}

static void verify_replacement(const struct entry *entry)
{
    const struct payload_pointer *new_func = &entry->func.replacement;
    bool is_elsewhere =
        new_func->kind == POINTER_OUTSIDE || new_func->kind == POINTER_ADDRESS;

    if (entry->func.is_nops || new_func->kind == POINTER_UNKNOWN ||
        (is_elsewhere && !entry->target->is_ours) ||
        payload_pointer_is_text(entry->elf, new_func)) {
        return;
    }
    findings_add(entry->findings, "EINVAL",
                 "%s: the new function is not in the payload's text",
                 entry->place);
}

/* ENDBR64, or the NOP that Xen puts in its place: it stays. */
static uint32_t landing_pad_bytes(const struct entry *entry,
                                  const struct change *old)
{
    static const unsigned char pads[][LANDING_PAD_BYTES] = {
        {0xf3, 0x0f, 0x1e, 0xfa}, {0x66, 0x0f, 0x1f, 0x01}};
    const unsigned char *bytes = bytes_of(entry, old, LANDING_PAD_BYTES);

    for (size_t i = 0; i < sizeof(pads) / sizeof(pads[0]); i++) {
        if (entry->elf->header.e_machine == EM_X86_64 && bytes &&
            entry->func.old_size >= LANDING_PAD_BYTES &&
            !memcmp(bytes, pads[i], LANDING_PAD_BYTES)) {
            return LANDING_PAD_BYTES;
        }
    }
    return 0;
}

static void verify_nops(const struct entry *entry, uint32_t pad_bytes)
{
    const struct payload_func *func = &entry->func;

    if (!func->new_size) {
        findings_add(entry->findings, "EINVAL",
                     "%s: neither a new function nor NOPs", entry->place);
    } else if (func->new_size > NOP_BYTES_MAX) {
        findings_add(entry->findings, "EOPNOTSUPP",
                     "%s: %u bytes of NOPs, expected at most %u", entry->place,
                     func->new_size, NOP_BYTES_MAX);
    } else if (func->new_size > func->old_size) {
        findings_add(entry->findings, "EINVAL",
                     "%s: %u bytes of NOPs in a function of %u", entry->place,
                     func->new_size, func->old_size);
    } else if (func->new_size <= pad_bytes) {
        findings_add(entry->findings, "EINVAL",
                     "%s: %u bytes of NOPs, but the first %u are a landing "
                     "pad, which stays",
                     entry->place, func->new_size, pad_bytes);
    }
}

/* Also how many bytes the change has, behind the landing pad. */
static void verify_sizes(const struct entry *entry, struct change *change)
{
    const struct payload_func *func = &entry->func;
    uint32_t jump_bytes = entry->elf->header.e_machine == EM_X86_64
                              ? X86_JUMP_BYTES
                              : ARM_BRANCH_BYTES;
    uint32_t pad_bytes = landing_pad_bytes(entry, change);

    if (func->is_nops) {
        verify_nops(entry, pad_bytes);
    } else if (func->old_size < pad_bytes + jump_bytes) {
        findings_add(entry->findings, "EINVAL",
                     "%s: the old function has %u bytes, a jump needs %u",
                     entry->place, func->old_size, pad_bytes + jump_bytes);
    }
    change->where += pad_bytes;
    change->nr_bytes = func->is_nops ? func->new_size - pad_bytes : jump_bytes;
}

/* One whose old function has an address needs no name. */
static bool verify_name(const struct entry *entry)
{
    const struct payload_func *func = &entry->func;
    bool needs_none = func->has_no_name && func->old.kind != POINTER_NULL;

    if (!func->name && !needs_none) {
        findings_add(entry->findings, "EINVAL",
                     "%s: its name is not in the payload", entry->place);
        return false;
    }
    if (entry->target->is_ours && func->is_name_writable) {
        findings_add(entry->findings, "EINVAL",
                     "%s: its name is in writable data", entry->place);
        return false;
    }
    return true;
}

/* False when what the entry changes cannot be said. */
static bool verify_entry(struct entry *entry, struct change *change)
{
    const struct payload_func *func = &entry->func;

    if (func->version != FUNC_VERSION) {
        findings_add(entry->findings, "EOPNOTSUPP",
                     "%s: version %u, expected %u", entry->place, func->version,
                     FUNC_VERSION);
        return false;
    }
    verify_replacement(entry);
    if (!verify_name(entry)) {
        return false;
    }
    if (!func->old_size) {
        findings_add(entry->findings, "EINVAL",
                     "%s: the old function has 0 bytes", entry->place);
        return false;
    }
    if (!find_old(entry, change) || !verify_text(entry, change)) {
        return false;
    }
    change->func = entry->index;
    verify_expectation(entry, change);
    verify_sizes(entry, change);
    return true;
}

static int compare_changes(const void *one, const void *other)
{
    const struct change *a = one;
    const struct change *b = other;
    int order = strcmp(a->base, b->base);

    if (!order) {
        order = (a->where > b->where) - (a->where < b->where);
    }
    return order ? order : (a->func > b->func) - (a->func < b->func);
}

static void verify_overlaps(const struct change *changes, uint32_t nr,
                            struct findings *findings)
{
    for (uint32_t i = 1; i < nr; i++) {
        const struct change *low = &changes[i - 1];
        const struct change *high = &changes[i];

        if (!strcmp(low->base, high->base) &&
            high->where - low->where < low->nr_bytes) {
            findings_add(findings, "EINVAL",
                         "functions %u and %u: their changes overlap",
                         low->func, high->func);
        }
    }
}

/* Known addresses come first, ascending. */
static void verify_pages(const struct change *changes, uint32_t nr,
                         struct findings *findings)
{
    uint64_t last = UINT64_MAX;
    uint64_t nr_pages = 0;

    for (uint32_t i = 0; i < nr && !*changes[i].base; i++) {
        uint64_t page = changes[i].where / PAGE_BYTES;
        uint64_t end_page =
            (changes[i].where + changes[i].nr_bytes - 1) / PAGE_BYTES;

        nr_pages += (page != last) + (end_page != page);
        last = end_page;
    }
    if (nr_pages > CHANGED_PAGES_MAX) {
        findings_add(findings, "ENOSPC",
                     "the functions lie in %llu pages, expected at most %u",
                     (unsigned long long)nr_pages, CHANGED_PAGES_MAX);
    }
}

void verify_functions(const struct elf_file *elf,
                      const struct verify_target *target,
                      struct findings *findings)
{
    uint32_t nr_funcs = payload_nr_funcs(elf);
    struct change *changes = calloc((size_t)nr_funcs + 1, sizeof(*changes));
    uint32_t nr = 0;

    if (!changes) {
        findings_add(findings, "ENOMEM", "no memory to look at %u functions",
                     nr_funcs);
        return;
    }
    for (uint32_t i = 0; i < nr_funcs; i++) {
        struct entry entry = {.elf = elf,
                              .target = target,
                              .findings = findings,
                              .func = payload_func_at(elf, i),
                              .index = i};

        snprintf(entry.place, sizeof(entry.place), "function %u (%s)", i,
                 entry.func.name ? entry.func.name : "?");
        nr += verify_entry(&entry, &changes[nr]);
    }
    qsort(changes, nr, sizeof(*changes), compare_changes);
    verify_overlaps(changes, nr, findings);
    if (target->is_ours) {
        verify_pages(changes, nr, findings);
    }
    free(changes);
}
