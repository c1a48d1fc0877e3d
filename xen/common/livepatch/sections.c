// SPDX-License-Identifier: GPL-2.0
/*
 * One row a section. A payload that carries a special section which this
 * loader would not honour is refused: leaving out a hook or an alternative is
 * not a smaller service but a wrong one.
 */
#include "sections.h"

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/string.h>

#include "log.h"
#include "payload.h"

struct rule {
    const char *name;
    enum {
        MANDATORY,
        OPTIONAL,     /* when it is there, it has content */
        MAY_BE_EMPTY, /* which is as if it were not there */
    } presence;
    size_t entry_bytes; /* the size is a multiple; 0: not supported here */
};

/* Names of sections that only a linker's script or a boot gives a meaning. */
struct refused {
    const char *name;
    bool is_prefix; /* or only the name itself and what follows a '.' */
};

/* Where builders of patches put the names of entries. */
static const char plain_data[] = ".livepatch.strings";

static const struct refused refused[] = {
#define REFUSED_SECTION(name) {name, false},
#define REFUSED_SECTIONS(prefix) {prefix, true},
#include "refused_sections.def"
};

#define HOOKS(kind, suffix)                                                    \
    [LP_SECTION_HOOKS + (kind)] = {".livepatch.hooks." suffix, OPTIONAL,       \
                                   sizeof(void *)}
#define BUGS(kind, suffix)                                                     \
    [LP_SECTION_BUGS + (kind)] = {".bug_frames." suffix, MAY_BE_EMPTY,         \
                                  BUG_FRAME_BYTES(kind)}

static const struct rule rules[LP_SECTION_NR] = {
    [LP_SECTION_XEN_DEPENDS] = {".livepatch.xen_depends", MANDATORY, 1},
    [LP_SECTION_DEPENDS] = {".livepatch.depends", MANDATORY, 1},
    [LP_SECTION_BUILD_ID] = {".note.gnu.build-id", MANDATORY, 1},
    [LP_SECTION_FUNCS] = {".livepatch.funcs", OPTIONAL,
                          sizeof(struct livepatch_func)},
    [LP_SECTION_MODINFO] = {".modinfo", OPTIONAL, 1},
    HOOKS(LP_HOOK_LOAD, "load"),
    HOOKS(LP_HOOK_UNLOAD, "unload"),
    HOOKS(LP_HOOK_PREAPPLY, "preapply"),
    HOOKS(LP_HOOK_APPLY, "apply"),
    HOOKS(LP_HOOK_POSTAPPLY, "postapply"),
    HOOKS(LP_HOOK_PREREVERT, "prerevert"),
    HOOKS(LP_HOOK_REVERT, "revert"),
    HOOKS(LP_HOOK_POSTREVERT, "postrevert"),
    BUGS(BUGFRAME_run_fn, "0"),
    BUGS(BUGFRAME_warn, "1"),
    BUGS(BUGFRAME_bug, "2"),
    BUGS(BUGFRAME_assert, "3"),
    [LP_SECTION_EX_TABLE] = {".ex_table", MAY_BE_EMPTY,
                             ARCH_LIVEPATCH_EX_BYTES},
    [LP_SECTION_ALTERNATIVES] = {".altinstructions", MAY_BE_EMPTY,
                                 ARCH_LIVEPATCH_ALT_BYTES},
    [LP_SECTION_ALTERNATIVE_CODE] = {".altinstr_replacement", MAY_BE_EMPTY,
                                     ARCH_LIVEPATCH_ALT_BYTES ? 1 : 0},
    [LP_SECTION_ALTERNATIVE_CALLS] = {".alt_call_sites", MAY_BE_EMPTY,
                                      ARCH_LIVEPATCH_ALT_CALL_BYTES},
};

const char *lp_sections_name(enum lp_section section)
{
    return rules[section].name;
}

/* All others are data, which nobody but the loader writes. */
/*@ assigns \nothing; */
static bool is_code(const struct rule *rule)
{
    return rule == &rules[LP_SECTION_ALTERNATIVE_CODE];
}

/*
 * Data that executes is also data that an alternative may write to. What is
 * writable besides is refused with all that is both (layout.c).
 */
static bool is_executable_data(const struct rule *rule, const Elf_Shdr *section)
{
    return !is_code(rule) &&
           (section->sh_flags & (SHF_EXECINSTR | SHF_WRITE)) == SHF_EXECINSTR;
}

static int check_shape(const struct lp_elf *elf, const struct rule *rule,
                       const Elf_Shdr *section)
{
    if (rule->entry_bytes == 0) {
        lp_err(elf->payload, "%s: %lu bytes: this section is not supported",
               rule->name, section->sh_size);
        return -EOPNOTSUPP;
    }
    if (!(section->sh_flags & SHF_ALLOC) || section->sh_type == SHT_NOBITS) {
        lp_err(elf->payload,
               "%s: type %u, flags %#lx: must have content and be loaded",
               rule->name, section->sh_type, section->sh_flags);
        return -EINVAL;
    }
    if (is_executable_data(rule, section)) {
        lp_err(elf->payload, "%s: flags %#lx: must not be executable",
               rule->name, section->sh_flags);
        return -EINVAL;
    }
    if (section->sh_size == 0 || section->sh_size % rule->entry_bytes != 0) {
        lp_err(elf->payload, "%s: %lu bytes, expected a multiple of %zu",
               rule->name, section->sh_size, rule->entry_bytes);
        return -EINVAL;
    }
    return 0;
}

/* The row of the section's name, or LP_SECTION_NR. */
static enum lp_section find_rule(const char *name)
{
    for (unsigned int i = 0; i < LP_SECTION_NR; i++) {
        if (!strcmp(name, rules[i].name)) {
            return i;
        }
    }
    return LP_SECTION_NR;
}

static bool is_named(const struct refused *row, const char *name)
{
    const size_t length = strlen(row->name);

    return !strncmp(name, row->name, length) &&
           (row->is_prefix || name[length] == '\0' || name[length] == '.');
}

/* A section that means nothing to the loader, though its name means something
 * to others. An empty one is as if it were not there. */
static int check_unknown(const struct lp_elf *elf, const Elf_Shdr *section)
{
    const char *name = lp_elf_section_name(elf, section);

    if (!(section->sh_flags & SHF_ALLOC) || section->sh_size == 0 ||
        !strcmp(name, plain_data)) {
        return 0;
    }
    for (unsigned int i = 0; i < ARRAY_SIZE(refused); i++) {
        if (is_named(&refused[i], name)) {
            lp_err(elf->payload, "%s: %lu bytes: this section is not supported",
                   name, section->sh_size);
            return -EOPNOTSUPP;
        }
    }
    return 0;
}

static int enter_section(const struct lp_elf *elf, uint32_t index,
                         struct lp_sections *sections)
{
    const Elf_Shdr section = lp_elf_section(elf, index);
    const enum lp_section id = find_rule(lp_elf_section_name(elf, &section));

    if (id == LP_SECTION_NR) {
        return check_unknown(elf, &section);
    }
    if (rules[id].presence == MAY_BE_EMPTY && section.sh_size == 0) {
        return 0;
    }
    if (sections->index[id]) {
        lp_err(elf->payload, "sections %u and %u are both %s",
               sections->index[id], index, rules[id].name);
        return -EINVAL;
    }
    sections->index[id] = index;
    return check_shape(elf, &rules[id], &section);
}

bool lp_sections_is_data(const struct lp_sections *sections, uint32_t index)
{
    /*@ loop invariant 0 <= i <= LP_SECTION_NR;
        loop assigns i;
        loop variant LP_SECTION_NR - i;
     */
    for (unsigned int i = 0; i < LP_SECTION_NR; i++) {
        if (sections->index[i] == index) {
            return !is_code(&rules[i]);
        }
    }
    return false;
}

/* A payload that changes nothing and calls nothing is a mistake. */
static bool has_purpose(const struct lp_sections *sections)
{
    bool has = sections->index[LP_SECTION_FUNCS];

    for (unsigned int i = LP_SECTION_HOOKS; i <= LP_SECTION_HOOKS_LAST; i++) {
        has |= sections->index[i] != 0;
    }
    return has;
}

int lp_sections_find(const struct lp_elf *elf, struct lp_sections *sections)
{
    struct lp_sections found = {{0}};

    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const int rc = enter_section(elf, i, &found);

        if (rc) {
            return rc;
        }
    }
    for (unsigned int i = 0; i < LP_SECTION_NR; i++) {
        if (rules[i].presence == MANDATORY && !found.index[i]) {
            lp_err(elf->payload, "section %s is missing", rules[i].name);
            return -EINVAL;
        }
    }
    if (!has_purpose(&found)) {
        lp_err(elf->payload, "neither %s nor hooks",
               rules[LP_SECTION_FUNCS].name);
        return -EINVAL;
    }
    *sections = found;
    return 0;
}
