// SPDX-License-Identifier: GPL-2.0
/*
 * In the order that ELF wants: sections, then of each object its FILE and what
 * is local, then what is undefined, as it is first used. A use becomes a
 * relocation against the symbol of what it leads to, or its section's.
 */
#include "write/symbols.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "base/name_table.h"

struct maker {
    struct plan *plan;
    struct output *output;
    bool *is_replacing;        /* of each inclusion */
    struct name_table outside; /* names, and the indices of their symbols */
};

static void add_section_symbols(struct output *output)
{
    for (uint32_t i = 1; i < output->nr_sections; i++) {
        output_symbol(
            output,
            &(Elf64_Sym){.st_info = ELF64_ST_INFO(STB_LOCAL, STT_SECTION),
                         .st_shndx = (Elf64_Section)i},
            "", 0);
    }
}

/* Not hooks: the variable would clash with that of another payload that has
 * such a hook. */
static bool is_named(const struct maker *maker, const struct inclusion *of)
{
    static const char loaders[] = ".livepatch.";
    const char *section = maker->output->sections[of->section].name;

    return of->symbol &&
           (of->piece->kind == PIECE_FUNCTION ||
            of->piece->kind == PIECE_VARIABLE) &&
           strncmp(section, loaders, strlen(loaders)) != 0;
}

static void add_local_symbol(struct maker *maker, struct inclusion *of,
                             bool is_replacing)
{
    const struct piece *piece = of->piece;
    const uint8_t type = piece->kind == PIECE_FUNCTION ? STT_FUNC : STT_OBJECT;
    const Elf64_Sym symbol = {
        .st_info = ELF64_ST_INFO(STB_LOCAL, type),
        .st_shndx = (Elf64_Section)of->section,
        .st_value = of->offset,
        .st_size = piece->symbol && piece->symbol->size ? piece->symbol->size
                                                        : piece->size,
    };
    const size_t room =
        SYMBOLS_NAME_MAX - (is_replacing ? 0 : OUTPUT_ID_DIGITS + 1);
    const size_t bytes = strnlen(of->symbol, room);

    of->symbol_index = (is_replacing ? output_symbol : output_symbol_with_id)(
        maker->output, &symbol, of->symbol, bytes);
}

static void add_file_symbol(struct output *output, const char *file)
{
    output_symbol(output,
                  &(Elf64_Sym){.st_info = ELF64_ST_INFO(STB_LOCAL, STT_FILE),
                               .st_shndx = SHN_ABS},
                  file, strlen(file));
}

static void add_local_symbols(struct maker *maker)
{
    const struct object *object = NULL;

    for (size_t i = 0; i < maker->plan->nr_inclusions; i++) {
        struct inclusion *inclusion = &maker->plan->inclusions[i];

        inclusion->symbol_index = inclusion->section;
        if (!is_named(maker, inclusion)) {
            continue;
        }
        if (inclusion->piece->object != object) {
            object = inclusion->piece->object;
            add_file_symbol(maker->output, object->file);
        }
        add_local_symbol(maker, inclusion, maker->is_replacing[i]);
    }
}

static uint32_t outside_symbol(struct maker *maker, const char *name)
{
    void *known = name_table_find(&maker->outside, name);
    uint32_t index;

    if (known) {
        return (uint32_t)(uintptr_t)known;
    }
    index = output_symbol(
        maker->output,
        &(Elf64_Sym){.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)}, name,
        strlen(name));
    name_table_add(&maker->outside, name, (void *)(uintptr_t)index);
    return index;
}

static void relocate(struct maker *maker, const struct inclusion *inclusion,
                     const struct use *use)
{
    const struct reference *reference = use->reference;
    const struct inclusion *inside = use->inside;
    struct output_relocation relocation = {
        .offset = inclusion->offset + reference->offset,
        .type = reference->type,
        .addend = use->distance + reference->bias,
    };

    if (!inside) {
        relocation.symbol = outside_symbol(maker, use->outside);
    } else {
        relocation.symbol = inside->symbol_index;
        if (inside->symbol_index == inside->section) {
            relocation.addend += (int64_t)inside->offset;
        }
    }
    output_relocate(maker->output, inclusion->section, &relocation);
}

static void relocate_all(struct maker *maker)
{
    name_table_open(&maker->outside);
    for (size_t i = 0; i < maker->plan->nr_inclusions; i++) {
        const struct inclusion *inclusion = &maker->plan->inclusions[i];

        for (size_t u = 0; u < inclusion->piece->nr_references; u++) {
            relocate(maker, inclusion, &inclusion->uses[u]);
        }
    }
    name_table_close(&maker->outside);
}

void symbols_make(struct plan *plan, struct output *output)
{
    struct maker maker = {
        .plan = plan,
        .output = output,
        .is_replacing = must_alloc_items(plan->nr_inclusions + 1, sizeof(bool)),
    };

    for (size_t i = 0; i < plan->nr_replacements; i++) {
        maker.is_replacing[plan->replacements[i].by - plan->inclusions] = true;
    }
    add_section_symbols(output);
    add_local_symbols(&maker);
    relocate_all(&maker);
    free(maker.is_replacing);
}
