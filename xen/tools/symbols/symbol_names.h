/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which symbols of an image the hypervisor knows, and by what name: a symbol
 * local to a file is FILE#name, the file being that of the last FILE symbol
 * before it. Shared with what reads xen-syms in its place (tools/lib/loader).
 */
#ifndef SYMBOL_NAMES_H
#define SYMBOL_NAMES_H

#include <elf.h>
#include <stdbool.h>
#include <string.h>

/* Mapping symbols ($a, $d, ...) and compiler's helpers are nobody's target. */
static inline bool symbol_is_wanted(unsigned char info, const char *name)
{
    const unsigned int type = ELF64_ST_TYPE(info);

    return (type == STT_NOTYPE || type == STT_OBJECT || type == STT_FUNC) &&
           name[0] != '\0' && name[0] != '$' && !strstr(name, "_compiled.");
}

/* What stands before its own name: file and "#", or nothing. `file` is that of
 * the last FILE symbol; "": there was none. */
static inline const char *symbol_file(unsigned char info, const char *file)
{
    return ELF64_ST_BIND(info) == STB_LOCAL ? file : "";
}

/* The whole name: printf(SYMBOL_SPELLED, SYMBOL_SPELLING(file, name)). */
#define SYMBOL_SPELLED "%s%s%s"
#define SYMBOL_SPELLING(file, name) (file), (file)[0] ? "#" : "", (name)

#endif
