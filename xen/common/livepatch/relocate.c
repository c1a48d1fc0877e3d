// SPDX-License-Identifier: GPL-2.0
/*
 * Compute, check, then store. With S the symbol's value, A the record's addend
 * and P the address of the place: value = S + A, less P when the type is
 * pc-relative; the field holds `bits` bits of value >> shift.
 */
#include "relocate.h"

#include <xen/errno.h>
#include <xen/livepatch_arch.h>

#include "log.h"

/* A section of records and the section they change. */
struct batch {
    const struct lp_elf *elf;
    const char *name;       /* of the section of records */
    const uint8_t *records; /* in the file */
    uint64_t stride;
    uint64_t nr;
    uint8_t *target; /* in the image */
    uint64_t target_bytes;
};

static bool fits(const struct livepatch_howto *howto, uint64_t value)
{
    const int64_t shifted = (int64_t)value >> howto->shift;
    int64_t half;

    if (howto->range == LIVEPATCH_RELOC_ANY || howto->bits >= 64) {
        return true;
    }
    if (howto->range == LIVEPATCH_RELOC_UNSIGNED) {
        return (value >> howto->shift) >> howto->bits == 0;
    }
    half = 1LL << (howto->bits - 1);
    return shifted >= -half && shifted < half;
}

static int check_symbol(const struct batch *batch,
                        const struct lp_symbols *symbols, uint64_t index,
                        uint64_t symbol)
{
    const char *payload = batch->elf->payload;

    if (symbol == STN_UNDEF) {
        lp_err(payload, "%s[%lu]: relocation against symbol 0", batch->name,
               index);
        return -EOPNOTSUPP;
    }
    if (symbol >= symbols->nr) {
        lp_err(payload, "%s[%lu]: symbol %lu of %u", batch->name, index, symbol,
               symbols->nr);
        return -EINVAL;
    }
    if (!symbols->symbol[symbol].has_value) {
        lp_err(payload,
               "%s[%lu]: symbol %lu lies in a section that is not loaded",
               batch->name, index, symbol);
        return -EINVAL;
    }
    return 0;
}

static int check_place(const struct batch *batch, uint64_t index,
                       uint64_t offset, const struct livepatch_howto *howto)
{
    if (offset > batch->target_bytes ||
        howto->place_bytes > batch->target_bytes - offset) {
        lp_err(batch->elf->payload,
               "%s[%lu]: %s of %u bytes at %#lx in a section of %#lx bytes",
               batch->name, index, howto->name, howto->place_bytes, offset,
               batch->target_bytes);
        return -EINVAL;
    }
    return 0;
}

static int relocate_record(const struct batch *batch,
                           const struct lp_symbols *symbols, uint64_t index)
{
    const struct livepatch_howto *howto;
    Elf_RelA record;
    uint64_t value;
    uint8_t *place;
    int rc;

    __builtin_memcpy(&record, batch->records + index * batch->stride,
                     sizeof(record));
    rc = check_symbol(batch, symbols, index, ELF64_R_SYM(record.r_info));
    if (rc) {
        return rc;
    }
    howto = arch_livepatch_howto(ELF64_R_TYPE(record.r_info));
    if (!howto) {
        lp_err(batch->elf->payload, "%s[%lu]: relocation type %lu", batch->name,
               index, ELF64_R_TYPE(record.r_info));
        return -EOPNOTSUPP;
    }
    rc = check_place(batch, index, record.r_offset, howto);
    if (rc) {
        return rc;
    }
    place = batch->target + record.r_offset;
    value = symbols->symbol[ELF64_R_SYM(record.r_info)].value +
            record.r_addend - (howto->pc_relative ? (uint64_t)place : 0);
    if (!fits(howto, value)) {
        lp_err(batch->elf->payload, "%s[%lu]: %s: %#lx does not fit %u bits",
               batch->name, index, howto->name, value, howto->bits);
        return -EOVERFLOW;
    }
    arch_livepatch_store_field(howto, place, value);
    return 0;
}

static int check_batch(const struct lp_elf *elf, const Elf_Shdr *section)
{
    const char *name = lp_elf_section_name(elf, section);

    if (section->sh_type == SHT_REL) {
        lp_err(elf->payload, "%s: SHT_REL; only SHT_RELA is supported", name);
        return -EOPNOTSUPP;
    }
    if (section->sh_link != elf->symtab) {
        lp_err(elf->payload, "%s: sh_link is %u, the symbol table is %u", name,
               section->sh_link, elf->symtab);
        return -EINVAL;
    }
    if (section->sh_entsize < sizeof(Elf_RelA) ||
        section->sh_size % section->sh_entsize != 0) {
        lp_err(elf->payload,
               "%s: %#lx bytes in entries of %#lx (a record has %zu)", name,
               section->sh_size, section->sh_entsize, sizeof(Elf_RelA));
        return -EINVAL;
    }
    return 0;
}

static int relocate_section(const struct lp_elf *elf,
                            const struct lp_layout *layout,
                            const struct lp_image *image,
                            const struct lp_symbols *symbols,
                            const Elf_Shdr *section)
{
    struct batch batch;
    int rc = check_batch(elf, section);

    if (rc) {
        return rc;
    }
    batch = (struct batch){
        .elf = elf,
        .name = lp_elf_section_name(elf, section),
        .records = lp_elf_section_bytes(elf, section),
        .stride = section->sh_entsize,
        .nr = section->sh_size / section->sh_entsize,
        .target = lp_image_section(image, layout, section->sh_info),
        .target_bytes = lp_elf_section(elf, section->sh_info).sh_size,
    };
    for (uint64_t i = 0; rc == 0 && i < batch.nr; i++) {
        rc = relocate_record(&batch, symbols, i);
    }
    return rc;
}

/* Records for a section that is not loaded are nobody's business. */
static bool has_work(const struct lp_layout *layout, const Elf_Shdr *section)
{
    return (section->sh_type == SHT_RELA || section->sh_type == SHT_REL) &&
           section->sh_size != 0 &&
           lp_layout_is_placed(layout, section->sh_info);
}

int lp_relocate(const struct lp_elf *elf, const struct lp_layout *layout,
                const struct lp_image *image, const struct lp_symbols *symbols)
{
    int rc = 0;

    for (uint32_t i = 1; rc == 0 && i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (has_work(layout, &section)) {
            rc = relocate_section(elf, layout, image, symbols, &section);
        }
    }
    return rc;
}
