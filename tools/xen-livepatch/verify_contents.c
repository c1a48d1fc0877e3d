/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the special sections contain: build-ids that are there and fit, metadata
 * that ends, functions that can be replaced. Sections that are missing are no
 * findings here; verify_sections() has them.
 */
#include "payload_verify.h"

#include <string.h>

#include "xen_symbols.h"

#define NOP_BYTES_MAX 31U
#define FUNC_VERSION 2U
#define X86_JUMP_BYTES 5U
#define ARM_BRANCH_BYTES 4U
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

static void verify_sizes(uint16_t machine, const char *place,
                         const struct payload_func *func,
                         struct findings *findings)
{
    uint32_t jump_bytes =
        machine == EM_X86_64 ? X86_JUMP_BYTES : ARM_BRANCH_BYTES;

    if (!func->old_size) {
        findings_add(findings, "EINVAL", "%s: the old function has 0 bytes",
                     place);
    } else if (!func->is_nops && func->old_size < jump_bytes) {
        findings_add(findings, "EINVAL",
                     "%s: the old function has %u bytes, a jump needs %u",
                     place, func->old_size, jump_bytes);
    } else if (func->is_nops && func->new_size > func->old_size) {
        findings_add(findings, "EINVAL",
                     "%s: %u bytes of NOPs in a function of %u", place,
                     func->new_size, func->old_size);
    }
    if (func->is_nops && func->new_size > NOP_BYTES_MAX) {
        findings_add(findings, "EOPNOTSUPP",
                     "%s: %u bytes of NOPs, expected at most %u", place,
                     func->new_size, NOP_BYTES_MAX);
    }
}

/* The first byte of the file that is not the one that the payload expects. */
static void verify_expectation(const struct verify_target *target,
                               const char *place,
                               const struct payload_func *func,
                               const Elf64_Sym *symbol,
                               struct findings *findings)
{
    const unsigned char *bytes =
        xen_symbols_bytes(target->xen, symbol, func->nr_expected);

    for (size_t i = 0; bytes && i < func->nr_expected; i++) {
        if (bytes[i] != func->expected[i]) {
            findings_add(findings, "EINVAL",
                         "%s: byte %zu of the old function is 0x%02x, expected "
                         "0x%02x",
                         place, i, bytes[i], func->expected[i]);
            return;
        }
    }
}

static void verify_target_of(const struct verify_target *target,
                             const char *place, const struct payload_func *func,
                             struct findings *findings)
{
    enum symbol_place where;
    Elf64_Sym symbol;

    if (!func->name) {
        findings_add(findings, "EINVAL", "%s: its name is not in the payload",
                     place);
        return;
    }
    if (func->old_addr || !target->xen) {
        return;
    }
    where = xen_symbols_find(target->xen, func->name, &symbol);
    if (where == SYMBOL_PRESENT) {
        verify_expectation(target, place, func, &symbol, findings);
    } else {
        findings_add(findings, "ENOENT", "%s: %s", place,
                     where == SYMBOL_UNKNOWN
                         ? "the hypervisor has no function of this name"
                         : "in init memory, which is gone after boot");
    }
}

static void verify_func(const struct elf_file *elf, uint32_t i,
                        const struct verify_target *target,
                        struct findings *findings)
{
    struct payload_func func = payload_func_at(elf, i);
    char place[160];

    snprintf(place, sizeof(place), "function %u (%s)", i,
             func.name ? func.name : "?");
    if (func.version != FUNC_VERSION) {
        findings_add(findings, "EOPNOTSUPP", "%s: version %u, expected %u",
                     place, func.version, FUNC_VERSION);
        return;
    }
    verify_target_of(target, place, &func, findings);
    verify_sizes(elf->header.e_machine, place, &func, findings);
}

void verify_contents(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings)
{
    verify_ids(elf, target, findings);
    verify_below(elf, target, findings);
    verify_metadata(elf, findings);
    for (uint32_t i = 0; i < payload_nr_funcs(elf); i++) {
        verify_func(elf, i, target, findings);
    }
}

void payload_verify(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings)
{
    verify_sections(elf, findings);
    if (elf->header.e_machine == EM_X86_64 ||
        elf->header.e_machine == EM_AARCH64) {
        verify_links(elf, target, findings);
    }
    verify_contents(elf, target, findings);
}
