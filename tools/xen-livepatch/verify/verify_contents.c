/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the special sections contain beside functions: build-ids that are there
 * and fit, metadata that ends, hooks that can be called. Sections that are
 * missing are no findings here; verify_sections() has them.
 */
#include "verify/payload_verify.h"

#include <string.h>

#define BUILD_ID_TEXT_BYTES 129U

/* At most 64 bytes as digits. */
static const char *text_of(struct build_id id, char *text)
{
    size_t nr_bytes = id.nr_bytes < 64 ? id.nr_bytes : 64;

    text[0] = '\0';
    for (size_t i = 0; i < nr_bytes; i++) {
        sprintf(text + 2 * i, "%02x", id.bytes[i]);
    }
    return text;
}

static void verify_id(const struct elf_file *elf, const char *section,
                      struct findings *findings)
{
    if (elf_file_find(elf, section) &&
        !payload_build_id(elf, section).nr_bytes) {
        findings_add(findings, "EINVAL", "section %s: no build-id in it",
                     section);
    } else if (elf_file_find(elf, section) &&
               !payload_build_id_is_first(elf, section)) {
        findings_add(findings, "EINVAL",
                     "section %s: another note stands before the build-id",
                     section);
    }
}

static void verify_ids(const struct elf_file *elf,
                       const struct verify_target *target,
                       struct findings *findings)
{
    struct build_id wanted = payload_build_id(elf, SECTION_XEN_DEPENDS);
    char wanted_text[BUILD_ID_TEXT_BYTES];
    char found_text[BUILD_ID_TEXT_BYTES];

    verify_id(elf, SECTION_OWN_ID, findings);
    verify_id(elf, SECTION_DEPENDS, findings);
    verify_id(elf, SECTION_XEN_DEPENDS, findings);
    if (wanted.nr_bytes && target->build_id.nr_bytes &&
        !build_id_is_same(wanted, target->build_id)) {
        findings_add(findings, "EINVAL",
                     "built for hypervisor %s, this one is %s: take the "
                     "payload of that build",
                     text_of(wanted, wanted_text),
                     text_of(target->build_id, found_text));
    }
}

/* What it goes on top of: the hypervisor, or one of the payloads below. */
static void verify_below(const struct elf_file *elf,
                         const struct verify_target *target,
                         struct findings *findings)
{
    struct build_id wanted = payload_build_id(elf, SECTION_DEPENDS);
    bool is_there =
        build_id_is_same(wanted, payload_build_id(elf, SECTION_XEN_DEPENDS));
    char wanted_text[BUILD_ID_TEXT_BYTES];

    for (size_t i = 0; i < target->nr_below; i++) {
        is_there = is_there ||
                   build_id_is_same(wanted, payload_build_id(&target->below[i],
                                                             SECTION_OWN_ID));
    }
    if (wanted.nr_bytes && target->nr_below && !is_there) {
        findings_add(findings, "EINVAL",
                     "goes on top of payload %s, which is none of those below",
                     text_of(wanted, wanted_text));
    }
}

static void verify_metadata(const struct elf_file *elf,
                            struct findings *findings)
{
    size_t nr_bytes;
    const char *metadata = payload_metadata(elf, &nr_bytes);

    if (metadata && nr_bytes && metadata[nr_bytes - 1]) {
        findings_add(findings, "EINVAL",
                     "section %s: last byte is %#04x, expected NUL",
                     SECTION_METADATA, (unsigned char)metadata[nr_bytes - 1]);
    }
}

static void verify_hook(const struct elf_file *elf,
                        const struct verify_target *target,
                        const struct hook_kind *kind, uint32_t i,
                        struct findings *findings)
{
    struct payload_pointer hook = payload_hook_at(elf, kind, i);
    bool is_elsewhere =
        hook.kind == POINTER_OUTSIDE || hook.kind == POINTER_ADDRESS;

    if (hook.kind == POINTER_NULL && kind->is_list) {
        findings_add(findings, "EINVAL", "%s hook %u: NULL", kind->name, i);
        return;
    }
    if (hook.kind == POINTER_NULL || hook.kind == POINTER_UNKNOWN ||
        (is_elsewhere && !target->is_ours) ||
        payload_pointer_is_text(elf, &hook)) {
        return;
    }
    findings_add(findings, "EINVAL", "%s hook %u: not in the payload's text",
                 kind->name, i);
}

static void verify_hooks(const struct elf_file *elf,
                         const struct verify_target *target,
                         struct findings *findings)
{
    for (size_t k = 0; k < NR_HOOK_KINDS; k++) {
        uint32_t nr_hooks = payload_nr_hooks(elf, &hook_kinds[k]);

        for (uint32_t i = 0; i < nr_hooks; i++) {
            verify_hook(elf, target, &hook_kinds[k], i, findings);
        }
    }
}

/* A payload of the same build would be taken for the one that is there. */
static void verify_own_id(const struct elf_file *elf,
                          const struct verify_target *target,
                          struct findings *findings)
{
    struct build_id own = payload_build_id(elf, SECTION_OWN_ID);

    for (size_t i = 0; i < target->nr_below; i++) {
        if (own.nr_bytes &&
            build_id_is_same(
                own, payload_build_id(&target->below[i], SECTION_OWN_ID))) {
            findings_add(findings, "EEXIST", "has the build-id of %s",
                         target->below[i].path);
        }
    }
}

void verify_contents(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings)
{
    verify_ids(elf, target, findings);
    verify_below(elf, target, findings);
    verify_own_id(elf, target, findings);
    verify_metadata(elf, findings);
    verify_hooks(elf, target, findings);
}

bool verify_is_below(const struct verify_target *target, const char *name)
{
    for (size_t i = 0; i < target->nr_below; i++) {
        if (payload_exports_has(&target->below_exports[i], name)) {
            return true;
        }
    }
    return false;
}

void payload_verify(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings)
{
    verify_sections(elf, target, findings);
    verify_symbols(elf, target, findings);
    if (elf->header.e_machine == EM_X86_64 ||
        elf->header.e_machine == EM_AARCH64) {
        verify_links(elf, target, findings);
    }
    verify_contents(elf, target, findings);
    verify_functions(elf, target, findings);
    if (elf->header.e_machine == EM_X86_64) {
        verify_special(elf, target, findings);
    }
}
