// SPDX-License-Identifier: GPL-2.0
/*
 * Compute, check, then store. With S the symbol's value, A the record's addend
 * and P the address of the place: value = S + A, less P when the type is
 * pc-relative; the field holds `bits` bits of value >> shift.
 */
#include "relocate.h"

#include <xen/errno.h>
#include <xen/livepatch_arch.h>

#include "got.h"
#include "log.h"

/* A section of records, the section they change, and what they refer to. */
struct batch {
    const struct lp_elf *elf;
    const struct lp_symbols *symbols;
    struct lp_got *got;
    const char *name;       /* of the section of records */
    const uint8_t *records; /* in the file */
    uint64_t stride;
    uint64_t nr;
    uint8_t *target; /* in the image */
    uint64_t target_bytes;
    const struct livepatch_howto *howto; /* of the type met last */
};

static bool fits(const struct livepatch_howto *howto, uint64_t value)
{
    const int64_t shifted = (int64_t)value >> howto->shift;
    int64_t half;
    bool fits_signed, fits_unsigned;

    if (howto->range == LIVEPATCH_RELOC_ANY || howto->bits >= 64) {
        return true;
    }
    half = 1LL << (howto->bits - 1);
    fits_signed = shifted >= -half && shifted < half;
    fits_unsigned = (value >> howto->shift) >> howto->bits == 0;
    return (fits_signed && howto->range != LIVEPATCH_RELOC_UNSIGNED) ||
           (fits_unsigned && howto->range != LIVEPATCH_RELOC_SIGNED);
}

/* Records of one type often follow each other. NULL: not supported. */
static const struct livepatch_howto *find_howto(struct batch *batch,
                                                uint32_t type)
{
    if (!batch->howto || batch->howto->type != type) {
        batch->howto = arch_livepatch_howto(type);
    }
    return batch->howto;
}

static int check_symbol(const struct batch *batch, uint64_t index,
                        uint64_t symbol)
{
    const struct lp_symbols *symbols = batch->symbols;
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

/* S + A - P, with the symbol's word in the GOT for S where the type says so. */
static uint64_t compute(const struct batch *batch, const Elf_RelA *record,
                        const struct livepatch_howto *howto,
                        const uint8_t *place)
{
    const uint32_t number = ELF64_R_SYM(record->r_info);
    uint64_t symbol = batch->symbols->symbol[number].value;

    if (howto->via_got) {
        symbol = lp_got_slot(batch->got, number, symbol);
    }
    return symbol + record->r_addend -
           (howto->pc_relative ? (uint64_t)place : 0);
}

static int apply_record(const struct batch *batch, uint64_t index,
                        const Elf_RelA *record,
                        const struct livepatch_howto *howto)
{
    uint8_t *place = batch->target + record->r_offset;
    const uint64_t value = compute(batch, record, howto, place);

    if (!fits(howto, value)) {
        lp_err(batch->elf->payload, "%s[%lu]: %s: %#lx does not fit %u bits",
               batch->name, index, howto->name, value, howto->bits);
        return -EOVERFLOW;
    }
    arch_livepatch_store_field(howto, place, value);
    return 0;
}

static Elf_RelA read_record(const struct batch *batch, uint64_t index)
{
    Elf_RelA record;

    __builtin_memcpy(&record, batch->records + index * batch->stride,
                     sizeof(record));
    return record;
}

static int relocate_record(struct batch *batch, uint64_t index)
{
    const Elf_RelA record = read_record(batch, index);
    const uint32_t type = ELF64_R_TYPE(record.r_info);
    const struct livepatch_howto *howto;
    int rc = check_symbol(batch, index, ELF64_R_SYM(record.r_info));

    if (rc) {
        return rc;
    }
    howto = find_howto(batch, type);
    if (!howto) {
        lp_err(batch->elf->payload,
               "%s[%lu]: relocation type %u is not supported", batch->name,
               index, type);
        return -EOPNOTSUPP;
    }
    rc = check_place(batch, index, record.r_offset, howto);
    return rc ? rc : apply_record(batch, index, &record, howto);
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

static struct batch make_batch(const struct lp_elf *elf,
                               const Elf_Shdr *section)
{
    return (struct batch){
        .elf = elf,
        .name = lp_elf_section_name(elf, section),
        .records = lp_elf_section_bytes(elf, section),
        .stride = section->sh_entsize,
        .nr = section->sh_size / section->sh_entsize,
    };
}

/* Where a section of records leads to. */
struct destination {
    const struct lp_layout *layout;
    const struct lp_image *image;
    const struct lp_symbols *symbols;
    struct lp_got got;
};

static int relocate_section(const struct lp_elf *elf, struct destination *to,
                            const Elf_Shdr *section)
{
    struct batch batch;
    int rc = check_batch(elf, section);

    if (rc) {
        return rc;
    }
    batch = make_batch(elf, section);
    batch.symbols = to->symbols;
    batch.got = &to->got;
    batch.target = lp_image_section(to->image, to->layout, section->sh_info);
    batch.target_bytes = lp_elf_section(elf, section->sh_info).sh_size;
    for (uint64_t i = 0; rc == 0 && i < batch.nr; i++) {
        rc = relocate_record(&batch, i);
    }
    return rc;
}

static uint64_t count_got_records(struct batch *batch)
{
    uint64_t nr = 0;

    for (uint64_t i = 0; i < batch->nr; i++) {
        const struct livepatch_howto *howto =
            find_howto(batch, ELF64_R_TYPE(read_record(batch, i).r_info));

        nr += howto && howto->via_got;
    }
    return nr;
}

/* A malformed section is lp_relocate()'s to refuse. */
uint32_t lp_relocate_count_got(const struct lp_elf *elf)
{
    uint64_t nr = 0;

    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (section.sh_type == SHT_RELA &&
            section.sh_entsize >= sizeof(Elf_RelA)) {
            struct batch batch = make_batch(elf, &section);

            nr += count_got_records(&batch);
        }
    }
    return min(nr, (uint64_t)elf->nr_symbols);
}

/* Records for a section that is not loaded are nobody's business. */
static bool has_work(const struct lp_layout *layout, const Elf_Shdr *section)
{
    return (section->sh_type == SHT_RELA || section->sh_type == SHT_REL) &&
           section->sh_size != 0 &&
           lp_layout_is_placed(layout, section->sh_info);
}

static int relocate_all(const struct lp_elf *elf, struct destination *to)
{
    int rc = 0;

    for (uint32_t i = 1; rc == 0 && i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (has_work(to->layout, &section)) {
            rc = relocate_section(elf, to, &section);
        }
    }
    return rc;
}

int lp_relocate(const struct lp_elf *elf, const struct lp_layout *layout,
                const struct lp_image *image, const struct lp_symbols *symbols)
{
    struct destination to = {
        .layout = layout,
        .image = image,
        .symbols = symbols,
    };
    int rc = lp_got_begin(layout, image, symbols->nr, &to.got);

    if (rc) {
        lp_err(elf->payload, "no memory for %u GOT slots", layout->got_slots);
    } else {
        rc = relocate_all(elf, &to);
    }
    lp_got_end(&to.got);
    return rc;
}
