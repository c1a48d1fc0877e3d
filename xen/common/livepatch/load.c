// SPDX-License-Identifier: GPL-2.0
/*
 * The loading pipeline, and its order, which is this:
 *
 *     of the file    outline -> is it what its maker made? -> lp_elf
 *                    -> lp_sections -> lp_layout
 *     writing        copy, relocate, alternatives, alternative calls, old
 *                    addresses, sorting
 *     the seal       lp_image -> lp_sealed_image
 *     reading        entries, hooks, bug frames, exception table, build-ids,
 *                    metadata, symbols
 *     the registry
 *
 * Nothing that was checked can change afterwards: of the file only what stays
 * in its own buffer is believed; who writes checks what that write needs and
 * hands on no conclusion; who concludes takes a struct lp_part, which there is
 * of a sealed image alone, and then the hardware keeps it. Sections with a
 * meaning lie in the read-only region whatever the file says (layout.c). So a
 * new check goes behind the seal, and what writes before it.
 *
 * The hypervisor that the payload was built for is checked before anything is
 * allocated. One ladder at the end of lp_load() undoes what a failed load did.
 */
#include "load.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/string.h>
#include <xen/version.h>
#include <xen/xmalloc.h>

#include "alternatives.h"
#include "elf.h"
#include "entries.h"
#include "hooks.h"
#include "image.h"
#include "layout.h"
#include "linkage.h"
#include "log.h"
#include "notes.h"
#include "patch.h"
#include "relocate.h"
#include "resolve.h"
#include "revoked.h"
#include "sections.h"
#include "special.h"
#include "symtab.h"
#include "verify.h"

/* A file found fit for this hypervisor, and the plan for its memory. */
struct blueprint {
    struct lp_elf elf;
    struct lp_sections sections;
    struct lp_layout layout;
    struct lp_voucher voucher;
};

/* The hypervisor's own build-id; -ENODATA. */
static int read_running_id(const char *payload, struct lp_build_id *id)
{
    const void *bytes;
    const int rc = xen_build_id(&bytes, &id->len);

    if (rc) {
        lp_err(payload, "this hypervisor has no build-id");
        return rc;
    }
    id->bytes = bytes;
    return 0;
}

/* The hypervisor that the file asks for, read from the file itself. */
static int read_wanted_id(const struct lp_elf *elf,
                          const struct lp_sections *sections,
                          struct lp_build_id *id)
{
    const Elf_Shdr section =
        lp_elf_section(elf, sections->index[LP_SECTION_XEN_DEPENDS]);

    return lp_notes_build_id(
        elf->payload, lp_sections_name(LP_SECTION_XEN_DEPENDS),
        lp_elf_section_bytes(elf, &section), section.sh_size, id);
}

static int check_built_for_us(const struct lp_elf *elf,
                              const struct lp_sections *sections)
{
    struct lp_build_id wanted, running;
    char wanted_text[LP_ID_TEXT], running_text[LP_ID_TEXT];
    int rc = read_wanted_id(elf, sections, &wanted);

    if (rc == 0) {
        rc = read_running_id(elf->payload, &running);
    }
    if (rc) {
        return rc;
    }
    if (!lp_notes_same_id(&wanted, &running)) {
        lp_err(elf->payload,
               "built for the hypervisor with build-id %s, running is %s",
               lp_notes_id_text(&wanted, wanted_text),
               lp_notes_id_text(&running, running_text));
        return -EINVAL;
    }
    return 0;
}

/* ---- what still writes to the image ------------------------------------ */

/* A special section's content in the image; start NULL: there is none. */
static struct lp_span in_image(const struct blueprint *plan,
                               const struct lp_image *image,
                               enum lp_section which)
{
    const uint32_t index = plan->sections.index[which];

    if (!index) {
        return (struct lp_span){.start = NULL};
    }
    return (struct lp_span){
        .start = lp_image_section(image, &plan->layout, index),
        .bytes = lp_elf_section(&plan->elf, index).sh_size,
    };
}

/* Code comes to be as it will run. */
static int exchange_code(const struct blueprint *plan,
                         const struct lp_scope *scope,
                         const struct lp_payload *payload)
{
    const struct lp_span records =
        in_image(plan, &payload->image, LP_SECTION_ALTERNATIVES);
    const struct lp_span code =
        in_image(plan, &payload->image, LP_SECTION_ALTERNATIVE_CODE);
    const struct lp_span calls =
        in_image(plan, &payload->image, LP_SECTION_ALTERNATIVE_CALLS);
    const int rc = lp_alternatives_apply(payload, scope, &records, &code);

    return rc ? rc : lp_alternatives_bind_calls(payload, scope, &calls);
}

/* What the loader itself has to say in the payload's data. */
static int complete_data(const struct blueprint *plan,
                         const struct lp_scope *scope,
                         const struct lp_payload *payload)
{
    const struct lp_span entries =
        in_image(plan, &payload->image, LP_SECTION_FUNCS);
    const struct lp_span ex_table =
        in_image(plan, &payload->image, LP_SECTION_EX_TABLE);

    lp_entries_find_old(payload, scope, &entries);
    return lp_special_sort_ex_table(payload, &ex_table);
}

/* All writing, and its end: nothing of what follows can change any more. */
static int write_and_seal(const struct blueprint *plan,
                          const struct lp_scope *scope,
                          const struct lp_symbols *symbols,
                          const struct lp_payload *payload,
                          struct lp_sealed_image *sealed)
{
    int rc = lp_relocate(&plan->elf, &plan->layout, &payload->image, symbols);

    if (rc == 0) {
        rc = exchange_code(plan, scope, payload);
    }
    if (rc == 0) {
        rc = complete_data(plan, scope, payload);
    }
    return rc ? rc : lp_image_seal(payload->name, &payload->image, sealed);
}

/* ---- what reads the sealed image --------------------------------------- */

/* A special section's content, when the file has one: false if not. */
static bool find_part(const struct blueprint *plan,
                      const struct lp_sealed_image *sealed,
                      enum lp_section which, struct lp_part *part)
{
    const uint32_t index = plan->sections.index[which];

    if (index) {
        *part = lp_image_part(sealed, &plan->layout, index,
                              lp_elf_section(&plan->elf, index).sh_size);
    }
    return index != 0;
}

static int read_id(const struct blueprint *plan,
                   const struct lp_sealed_image *sealed, enum lp_section which,
                   struct lp_build_id *id)
{
    struct lp_part note = {.start = NULL};

    find_part(plan, sealed, which, &note);
    return lp_notes_build_id(plan->elf.payload, lp_sections_name(which),
                             note.start, note.bytes, id);
}

static int read_ids(const struct blueprint *plan,
                    const struct lp_sealed_image *sealed,
                    struct lp_payload *payload)
{
    const int rc = read_id(plan, sealed, LP_SECTION_BUILD_ID, &payload->id);

    return rc ? rc
              : read_id(plan, sealed, LP_SECTION_DEPENDS, &payload->depends);
}

static int check_id_is_new(struct registry_locked locked,
                           const struct lp_payload *payload)
{
    const struct lp_payload *twin = lp_registry_find_id(locked, &payload->id);
    char text[LP_ID_TEXT];

    if (twin) {
        lp_err(payload->name, "build-id %s is loaded already, as '%s'",
               lp_notes_id_text(&payload->id, text), twin->name);
        return -EEXIST;
    }
    return 0;
}

static int read_metadata(const struct blueprint *plan,
                         const struct lp_sealed_image *sealed,
                         struct lp_payload *payload)
{
    struct lp_part text;

    if (!find_part(plan, sealed, LP_SECTION_MODINFO, &text)) {
        return 0;
    }
    if (text.start[text.bytes - 1] != '\0') {
        lp_err(payload->name, ".modinfo: last of %zu bytes is %#x, not NUL",
               text.bytes, text.start[text.bytes - 1]);
        return -EINVAL;
    }
    payload->metadata = (const char *)text.start;
    payload->metadata_bytes = text.bytes;
    return 0;
}

static int read_hooks(const struct blueprint *plan,
                      const struct lp_sealed_image *sealed,
                      struct lp_payload *payload)
{
    struct lp_part hooks;
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < LP_HOOK_NR; i++) {
        if (find_part(plan, sealed, LP_SECTION_HOOKS + i, &hooks)) {
            rc = lp_hooks_read(payload, i, &hooks);
        }
    }
    return rc;
}

static int read_bugs(const struct blueprint *plan,
                     const struct lp_sealed_image *sealed,
                     struct lp_payload *payload)
{
    struct lp_part frames;
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < BUGFRAME_NR; i++) {
        if (find_part(plan, sealed, LP_SECTION_BUGS + i, &frames)) {
            rc = lp_special_bugs(payload, i, &frames);
        }
    }
    return rc;
}

static int read_image(const struct blueprint *plan,
                      const struct lp_sealed_image *sealed,
                      struct lp_payload *payload)
{
    struct lp_part part;
    int rc = 0;

    if (find_part(plan, sealed, LP_SECTION_FUNCS, &part)) {
        rc = lp_entries_read(payload, &part);
    }
    if (rc == 0) {
        rc = read_hooks(plan, sealed, payload);
    }
    if (rc == 0) {
        rc = read_bugs(plan, sealed, payload);
    }
    if (rc == 0 && find_part(plan, sealed, LP_SECTION_EX_TABLE, &part)) {
        rc = lp_special_ex_table(payload, &part);
    }
    if (rc == 0) {
        rc = read_ids(plan, sealed, payload);
    }
    return rc ? rc : read_metadata(plan, sealed, payload);
}

/* ---- the order ---------------------------------------------------------- */

static int complete_with_symbols(const struct blueprint *plan,
                                 const struct lp_scope *scope,
                                 const struct lp_symbols *symbols,
                                 struct lp_payload *payload)
{
    struct lp_sealed_image sealed;
    int rc = write_and_seal(plan, scope, symbols, payload, &sealed);

    if (rc == 0) {
        rc = read_image(plan, &sealed, payload);
    }
    return rc ? rc
              : lp_symtab_keep(&plan->elf, &plan->layout, symbols, payload);
}

static int fill_and_read(const struct blueprint *plan,
                         const struct lp_scope *scope,
                         struct lp_payload *payload)
{
    struct lp_symbols symbols;
    int rc = lp_resolve_symbols(&plan->elf, &plan->layout, &payload->image,
                                scope, &symbols);

    if (rc) {
        return rc;
    }
    rc = complete_with_symbols(plan, scope, &symbols, payload);
    lp_resolve_discard(&symbols);
    return rc;
}

/* Everything about a payload whose sections stand in its image. */
static int complete(struct registry_locked locked, const struct blueprint *plan,
                    struct lp_payload *payload)
{
    struct linkage linkage;
    int rc;

    lp_linkage_begin(locked, &linkage);
    rc = fill_and_read(plan, &linkage.scope, payload);
    payload->before_is_bare = !lp_registry_top(locked);
    if (rc == 0) {
        rc = lp_revoked_check_id(locked, payload);
    }
    if (rc == 0) {
        rc = lp_revoked_check(locked, payload);
    }
    if (rc == 0) {
        rc = check_id_is_new(locked, payload);
    }
    if (rc == 0) {
        rc = lp_linkage_end(locked, payload);
    }
    if (rc == 0) {
        rc = lp_patch_open(payload);
    }
    return rc;
}

static int publish(struct registry_locked locked, const struct blueprint *plan,
                   struct lp_payload *payload)
{
    const struct livepatch_key *key = plan->voucher.key;
    const struct lp_span *text = &payload->image.region[LP_TEXT];
    const int rc = lp_registry_add(locked, payload);

    if (rc) {
        return rc;
    }
    payload->load_time = NOW();
    payload->region.text_start = text->start;
    payload->region.text_end = text->start + text->bytes;
    payload->region.symbols_lookup = lp_registry_symbol;
    register_virtual_region(&payload->region);
    lp_info(payload->name, "loaded: %u functions, %zu bytes at %p; %s%s",
            payload->nfuncs, payload->image.bytes, payload->image.base,
            lp_verify_words(&plan->voucher), key ? key->id : "");
    return 0;
}

/* Gives back what complete() and the image took; what was not, is empty. */
static void free_parts(struct lp_payload *payload)
{
    lp_patch_close(payload);
    lp_symtab_discard(payload);
    lp_entries_discard(payload);
    lp_linkage_discard(payload);
    lp_image_destroy(&payload->image);
}

/* Gives the planned payload its memory and its place in the registry. */
static int build(struct registry_locked locked, const struct blueprint *plan)
{
    const char *name = plan->elf.payload;
    struct lp_payload *payload = xzalloc(struct lp_payload);
    int rc;

    if (!payload) {
        lp_err(name, "no memory for its description");
        return -ENOMEM;
    }
    strlcpy(payload->name, name, sizeof(payload->name));
    payload->reappliable = !plan->layout.has_private_data;
    rc = lp_image_create(&plan->elf, &plan->layout, &payload->image);
    if (rc) {
        goto free_payload;
    }
    rc = complete(locked, plan, payload);
    if (rc == 0) {
        rc = publish(locked, plan, payload);
    }
    if (rc == 0) {
        return 0;
    }
    free_parts(payload);
free_payload:
    xfree(payload);
    return rc;
}

int lp_load(struct registry_locked locked, const char *name, const void *bytes,
            size_t size)
{
    struct blueprint plan;
    int rc = lp_elf_open_outline(name, bytes, size, ARCH_LIVEPATCH_ELF_MACHINE,
                                 &plan.elf);

    if (rc == 0) {
        rc = lp_verify(&plan.elf, &plan.voucher);
    }
    if (rc == 0) {
        rc = lp_elf_open_symbols(&plan.elf);
    }
    if (rc == 0) {
        rc = lp_sections_find(&plan.elf, &plan.sections);
    }
    if (rc == 0) {
        rc = check_built_for_us(&plan.elf, &plan.sections);
    }
    if (rc == 0) {
        rc = lp_layout_plan(&plan.elf, &plan.sections,
                            lp_relocate_count_got(&plan.elf), &plan.layout);
    }
    if (rc) {
        return rc;
    }
    rc = build(locked, &plan);
    lp_layout_discard(&plan.layout);
    return rc;
}

void lp_unload(struct registry_locked locked, struct lp_payload *payload)
{
    lp_registry_remove(locked, payload);
    unregister_virtual_region(&payload->region);
    lp_info(payload->name, "unloaded");
    free_parts(payload);
    xfree(payload);
}
