// SPDX-License-Identifier: GPL-2.0
/*
 * The one thing that may be wrong with a payload.
 */
#include "oven.h"

#include <stddef.h>
#include <string.h>

#include <xen/livepatch_arch.h>

static void add_bad_relocation(struct oven *oven)
{
    const enum recipe_defect defect = oven->recipe->defect;
    const uint64_t place =
        defect == DEFECT_RELOCATION_PLACE ? TEXT_BYTES - 7 : TEXT_REFERENCE(0);
    const uint32_t type = defect == DEFECT_RELOCATION_TYPE    ? 42 + 37
                          : defect == DEFECT_RELOCATION_VALUE ? R_X86_64_8
                                                              : R_X86_64_64;

    builder_relocation(oven->builder, oven->text, place, type,
                       defect == DEFECT_SYMBOL_0 ? 0 : oven->text_symbol, 0);
}

void oven_add_defect(struct oven *oven)
{
    struct payload_builder *builder = oven->builder;
    const uint8_t nothing[8] = {0};

    switch (oven->recipe->defect) {
    case DEFECT_SYMBOL_0:
    case DEFECT_RELOCATION_TYPE:
    case DEFECT_RELOCATION_PLACE:
    case DEFECT_RELOCATION_VALUE:
        add_bad_relocation(oven);
        break;
    case DEFECT_HOOK_POINTER:
        builder_append(builder,
                       builder_section(builder, ".livepatch.hooks.unload",
                                       SHT_PROGBITS, SHF_ALLOC, 8, NULL, 0),
                       nothing, sizeof(nothing));
        break;
    case DEFECT_WRITABLE_CODE:
        builder_section(builder, ".text.odd", SHT_PROGBITS,
                        SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR, 8, NULL, 8);
        break;
    case DEFECT_COMMON:
        builder_symbol(builder, "shared", SHN_COMMON, 8, GLOBAL);
        break;
    case DEFECT_ALIGNMENT:
        builder_section(builder, ".rodata.odd", SHT_PROGBITS, SHF_ALLOC,
                        oven->recipe->where & 1 ? 3 : 8192, NULL, 8);
        break;
    case DEFECT_TWO_IDS:
        builder_note(builder, ".note.gnu.build-id", nothing, sizeof(nothing));
        break;
    case DEFECT_CLASH:
        builder_symbol(builder, "question", oven->text, TEXT_EXPORT(0) + 8,
                       GLOBAL);
        break;
    default:
        break;
    }
}

/* Writes a telling number somewhere. */
static void break_anywhere(const struct payload_file *file, uint8_t where,
                           uint8_t value)
{
    static const uint64_t numbers[] = {
        0, 1, 8, 0x7f, 0xffff, 0x7fffffff, 1ULL << 63, UINT64_MAX};
    static const unsigned int widths[] = {1, 2, 4, 8};
    const unsigned int width = widths[value & 3];
    const size_t at = (size_t)(where * 256 + value) * 37 % (file->size - 8);

    memcpy(file->bytes + at - at % width, &numbers[value >> 2 & 7], width);
}

void oven_break_file(const struct recipe *recipe, struct payload_file *file)
{
    switch (recipe->defect) {
    case DEFECT_MAGIC:
        file->bytes[recipe->where & 3] ^= 0x80;
        break;
    case DEFECT_MACHINE:
        file_header(file)->e_machine = EM_AARCH64;
        break;
    case DEFECT_TRUNCATED:
        file->size -= 1 + recipe->where;
        break;
    case DEFECT_XEN_DEPENDS:
        file_content(file, ".livepatch.xen_depends")[16] ^= 1;
        break;
    case DEFECT_METADATA:
        file_content(file, ".modinfo")[recipe->metadata_bytes - 1] = 'x';
        break;
    case DEFECT_ENTRY_VERSION:
        file_content(
            file,
            ".livepatch.funcs")[offsetof(struct livepatch_func, version)] = 1;
        break;
    case DEFECT_ENTRY_NAME:
        file_record(file, ".rela.livepatch.funcs", 0)->r_info =
            ELF64_R_INFO(1, R_X86_64_NONE);
        break;
    case DEFECT_NO_DEPENDS:
        file_named_section(file, ".livepatch.depends")->sh_name++;
        break;
    case DEFECT_WILD:
        break_anywhere(file, recipe->where, recipe->value);
        break;
    default:
        break;
    }
}
