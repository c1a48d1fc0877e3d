// SPDX-License-Identifier: GPL-2.0
/*
 * A thin layer over libdw, with what a hostile file could make endless bounded.
 */
#include "layout/dwarf_object.h"

#include <dwarf.h>
#include <string.h>

/* Names and qualifiers that one type can have around it. */
#define MOST_LAYERS 64

/* NOLINTNEXTLINE(readability-function-size): libdwfl's type */
static int find_no_file(Dwfl_Module *module, void **user, const char *name,
                        Dwarf_Addr base, const char *file, const char *link,
                        GElf_Word crc, char **found)
{
    (void)module;
    (void)user;
    (void)name;
    (void)base;
    (void)file;
    (void)link;
    (void)crc;
    (void)found;
    return -1;
}

/* Under the name that it has, compressed or not. */
static bool has_debugging(Dwfl_Module *module)
{
    GElf_Addr bias;
    Elf *elf = dwfl_module_getelf(module, &bias);
    Elf_Scn *section = NULL;
    GElf_Shdr header;
    size_t names;

    if (!elf || elf_getshdrstrndx(elf, &names)) {
        return false;
    }
    while ((section = elf_nextscn(elf, section)) != NULL) {
        const char *name = gelf_getshdr(section, &header)
                               ? elf_strptr(elf, names, header.sh_name)
                               : NULL;

        if (name && (strcmp(name, ".debug_info") == 0 ||
                     strcmp(name, ".zdebug_info") == 0)) {
            return true;
        }
    }
    return false;
}

/* libdwfl's last error is the caller's. */
static const char *find_trouble(Dwfl_Module *module)
{
    const int error = dwfl_errno();

    return !module || has_debugging(module) ? dwfl_errmsg(error) : NULL;
}

void dwarf_object_open(const char *path, struct dwarf_object *object)
{
    static const Dwfl_Callbacks callbacks = {
        .find_debuginfo = find_no_file,
        .section_address = dwfl_offline_section_address,
    };
    Dwfl_Module *module;
    Dwarf_Addr bias;

    *object = (struct dwarf_object){.dwfl = dwfl_begin(&callbacks)};
    if (!object->dwfl) {
        object->trouble = dwfl_errmsg(-1);
        return;
    }
    module = dwfl_report_offline(object->dwfl, path, path, -1);
    dwfl_report_end(object->dwfl, NULL, NULL);
    if (module) {
        object->dwarf = dwfl_module_getdwarf(module, &bias);
    }
    if (!object->dwarf) {
        object->trouble = find_trouble(module);
    }
}

void dwarf_object_close(struct dwarf_object *object)
{
    dwfl_end(object->dwfl);
    *object = (struct dwarf_object){0};
}

const char *dwarf_name(Dwarf_Die *die)
{
    return dwarf_diename(die);
}

bool dwarf_type(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;

    return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
           dwarf_formref_die(&attribute, type);
}

static bool is_taken_off(int tag, unsigned int layers)
{
    switch (tag) {
    case DW_TAG_const_type:
    case DW_TAG_volatile_type:
    case DW_TAG_restrict_type:
    case DW_TAG_atomic_type:
        return true;
    case DW_TAG_typedef:
        return layers & DWARF_TYPEDEFS;
    case DW_TAG_array_type:
        return layers & DWARF_ARRAYS;
    default:
        return false;
    }
}

bool dwarf_bare_type(Dwarf_Die *die, unsigned int layers, Dwarf_Die *type)
{
    if (!dwarf_type(die, type)) {
        return false;
    }
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
        Dwarf_Die outer = *type;

        if (!is_taken_off(dwarf_tag(type), layers)) {
            return true;
        }
        if (!dwarf_type(&outer, type)) {
            return false;
        }
    }
    return false;
}

bool dwarf_is_whole_type(Dwarf_Die *die)
{
    const int tag = dwarf_tag(die);

    return (tag == DW_TAG_structure_type || tag == DW_TAG_union_type ||
            tag == DW_TAG_enumeration_type) &&
           !dwarf_hasattr(die, DW_AT_declaration);
}

bool dwarf_number(Dwarf_Die *die, unsigned int attribute, uint64_t *number)
{
    Dwarf_Attribute found;
    Dwarf_Word word;
    Dwarf_Sword sword;

    if (!dwarf_attr(die, attribute, &found)) {
        return false;
    }
    if (dwarf_formudata(&found, &word) == 0) {
        *number = word;
        return true;
    }
    if (dwarf_formsdata(&found, &sword) == 0) {
        *number = (uint64_t)sword;
        return true;
    }
    return false;
}
