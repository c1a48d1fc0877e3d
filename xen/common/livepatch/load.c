// SPDX-License-Identifier: GPL-2.0
/*
 * The loading pipeline. Each stage is a type that the next one takes as const:
 *
 *     bytes -> lp_elf -> lp_sections -> lp_layout -> lp_image -> lp_symbols
 *           -> struct lp_payload -> registry
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
#include "sections.h"
#include "special.h"
#include "symtab.h"

/* A file found fit for this hypervisor, and the plan for its memory. */
struct blueprint {
    struct lp_elf elf;
    struct lp_sections sections;
    struct lp_layout layout;
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

/* A special section's content in the image. */
static struct lp_span in_image(const struct blueprint *plan,
                               const struct lp_image *image,
                               enum lp_section which)
{
    const uint32_t index = plan->sections.index[which];

    return (struct lp_span){
        .start = lp_image_section(image, &plan->layout, index),
        .bytes = lp_elf_section(&plan->elf, index).sh_size,
    };
}

static int read_id(const struct blueprint *plan, const struct lp_image *image,
                   enum lp_section which, struct lp_build_id *id)
{
    const struct lp_span note = in_image(plan, image, which);

    return lp_notes_build_id(plan->elf.payload, lp_sections_name(which),
                             note.start, note.bytes, id);
}

static int read_ids(const struct blueprint *plan, struct lp_payload *payload)
{
    const int rc =
        read_id(plan, &payload->image, LP_SECTION_BUILD_ID, &payload->id);

    return rc ? rc
              : read_id(plan, &payload->image, LP_SECTION_DEPENDS,
                        &payload->depends);
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
                         struct lp_payload *payload)
{
    struct lp_span text;

    if (!plan->sections.index[LP_SECTION_MODINFO]) {
        return 0;
    }
    text = in_image(plan, &payload->image, LP_SECTION_MODINFO);
    if (text.start[text.bytes - 1] != '\0') {
        lp_err(payload->name, ".modinfo: last of %zu bytes is %#x, not NUL",
               text.bytes, text.start[text.bytes - 1]);
        return -EINVAL;
    }
    payload->metadata = (const char *)text.start;
    payload->metadata_bytes = text.bytes;
    return 0;
}

static int read_entries(const struct blueprint *plan,
                        const struct lp_scope *scope,
                        struct lp_payload *payload)
{
    struct lp_span entries;

    if (!plan->sections.index[LP_SECTION_FUNCS]) {
        return 0;
    }
    entries = in_image(plan, &payload->image, LP_SECTION_FUNCS);
    return lp_entries_read(payload, scope, &entries);
}

static int read_hooks(const struct blueprint *plan, struct lp_payload *payload)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < LP_HOOK_NR; i++) {
        const enum lp_section which = LP_SECTION_HOOKS + i;

        if (plan->sections.index[which]) {
            const struct lp_span hooks = in_image(plan, &payload->image, which);

            rc = lp_hooks_read(payload, i, &hooks);
        }
    }
    return rc;
}

static int read_bugs(const struct blueprint *plan, struct lp_payload *payload)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < BUGFRAME_NR; i++) {
        const enum lp_section which = LP_SECTION_BUGS + i;

        if (plan->sections.index[which]) {
            const struct lp_span frames =
                in_image(plan, &payload->image, which);

            rc = lp_special_bugs(payload, i, &frames);
        }
    }
    return rc;
}

static int read_ex_table(const struct blueprint *plan,
                         struct lp_payload *payload)
{
    struct lp_span table;

    if (!plan->sections.index[LP_SECTION_EX_TABLE]) {
        return 0;
    }
    table = in_image(plan, &payload->image, LP_SECTION_EX_TABLE);
    return lp_special_ex_table(payload, &table);
}

static int apply_alternatives(const struct blueprint *plan,
                              const struct lp_payload *payload)
{
    struct lp_span records, code = {.start = NULL};

    if (!plan->sections.index[LP_SECTION_ALTERNATIVES]) {
        return 0;
    }
    records = in_image(plan, &payload->image, LP_SECTION_ALTERNATIVES);
    if (plan->sections.index[LP_SECTION_ALTERNATIVE_CODE]) {
        code = in_image(plan, &payload->image, LP_SECTION_ALTERNATIVE_CODE);
    }
    return lp_special_alternatives(payload, &records, &code);
}

static int read_special(const struct blueprint *plan,
                        struct lp_payload *payload)
{
    int rc = apply_alternatives(plan, payload);

    if (rc == 0) {
        rc = read_bugs(plan, payload);
    }
    if (rc == 0) {
        rc = read_ex_table(plan, payload);
    }
    return rc;
}

/* Steps that need to know where the file's symbols are. */
static int complete_with_symbols(const struct blueprint *plan,
                                 const struct lp_scope *scope,
                                 const struct lp_symbols *symbols,
                                 struct lp_payload *payload)
{
    int rc = lp_relocate(&plan->elf, &plan->layout, &payload->image, symbols);

    if (rc == 0) {
        rc = read_entries(plan, scope, payload);
    }
    if (rc == 0) {
        rc = read_hooks(plan, payload);
    }
    if (rc == 0) {
        rc = read_special(plan, payload);
    }
    if (rc == 0) {
        rc = lp_symtab_keep(&plan->elf, &plan->layout, symbols, payload);
    }
    return rc;
}

static int fill_in_addresses(const struct blueprint *plan,
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
    rc = fill_in_addresses(plan, &linkage.scope, payload);
    payload->before_is_bare = !lp_registry_top(locked);
    if (rc == 0) {
        rc = read_ids(plan, payload);
    }
    if (rc == 0) {
        rc = check_id_is_new(locked, payload);
    }
    if (rc == 0) {
        rc = read_metadata(plan, payload);
    }
    if (rc == 0) {
        rc = lp_linkage_end(locked, payload);
    }
    if (rc == 0) {
        rc = lp_image_seal(payload->name, &payload->image);
    }
    if (rc == 0) {
        rc = lp_patch_open(payload);
    }
    return rc;
}

static int publish(struct registry_locked locked, struct lp_payload *payload)
{
    const struct lp_span *text = &payload->image.region[LP_TEXT];
    const struct lp_span *rodata = &payload->image.region[LP_RODATA];
    const int rc = lp_registry_add(locked, payload);

    if (rc) {
        return rc;
    }
    payload->region.text_start = text->start;
    payload->region.text_end = text->start + text->bytes;
    payload->region.rodata_start = rodata->start;
    payload->region.rodata_end = rodata->start + rodata->bytes;
    payload->region.symbols_lookup = lp_registry_symbol;
    register_virtual_region(&payload->region);
    lp_info(payload->name, "loaded: %u functions, %zu bytes at %p",
            payload->nfuncs, payload->image.bytes, payload->image.base);
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
        rc = publish(locked, payload);
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
    int rc =
        lp_elf_open(name, bytes, size, ARCH_LIVEPATCH_ELF_MACHINE, &plan.elf);

    if (rc == 0) {
        rc = lp_sections_find(&plan.elf, &plan.sections);
    }
    if (rc == 0) {
        rc = check_built_for_us(&plan.elf, &plan.sections);
    }
    if (rc == 0) {
        rc = lp_layout_plan(&plan.elf, lp_relocate_count_got(&plan.elf),
                            &plan.layout);
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
