// SPDX-License-Identifier: GPL-2.0
/*
 * Sections by their names, as Xen's linker scripts sort them.
 */
#include "choose/kinds.h"

static bool is_in_one_of(const struct piece *piece, const char *const *names)
{
    for (; *names; names++) {
        if (section_is_named(piece->section, *names)) {
            return true;
        }
    }
    return false;
}

bool is_boot_only(const struct piece *piece)
{
    static const char *const names[] = {
        ".init",  ".initcall1",  ".initcallpresmp", ".exitcall", ".exit",
        ".ctors", ".init_array", ".text.startup",   ".fini",     NULL,
    };

    return is_in_one_of(piece, names);
}

bool is_per_cpu(const struct piece *piece)
{
    static const char *const names[] = {".bss.percpu", ".data.percpu", NULL};

    return is_in_one_of(piece, names);
}

bool is_in_linker_list(const struct piece *piece)
{
    static const char *const names[] = {
        ".data.schedulers",
        ".data.vpci",
        ".data.rel.ro.vpci",
        ".data.paramhypfs",
        ".lockprofile.data",
        ".dev.info",
        ".arch.info",
        ".adev.info",
        ".teemediator.info",
        ".proc.info",
        NULL,
    };

    return is_in_one_of(piece, names);
}

bool is_for_payload(const struct piece *piece)
{
    static const char *const names[] = {".livepatch.hooks", ".livepatch.funcs",
                                        ".modinfo", NULL};

    return is_in_one_of(piece, names);
}
