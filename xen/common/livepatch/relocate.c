// SPDX-License-Identifier: GPL-2.0
/*
 * Compute, check, then store. What a type computes from the symbol, the addend
 * and the place is said where its row is declared (<xen/livepatch_howto.h>).
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
    const uint8_t *end;     /* of the last of them */
    uint64_t stride;
    uint8_t *target; /* in the image */
    uint64_t target_bytes;
};

/* The type of the records at hand: they often follow each other by type. */
struct kind {
    uint32_t type;
    const struct livepatch_howto *howto; /* NULL: not supported */
    bool is_checked;     /* not every value, place or addend will do */
    uint64_t place_mask; /* bits of S + A and P that count; 0: P is not taken */
    uint64_t nr_places; /* offsets in the target that have room for the field */
};

static bool is_ranged(const struct livepatch_howto *howto)
{
    return howto->range != LIVEPATCH_RELOC_ANY && howto->bits < 64;
}

static bool is_checked(const struct livepatch_howto *howto)
{
    return is_ranged(howto) || howto->place_align || howto->is_exact ||
           howto->no_addend;
}

/* Of a ranged type. */
static bool fits(const struct livepatch_howto *howto, uint64_t value)
{
    const int64_t shifted = (int64_t)value >> howto->shift;
    const int64_t half = 1LL << (howto->bits - 1);
    const bool fits_signed = shifted >= -half && shifted < half;
    const bool fits_unsigned = (value >> howto->shift) >> howto->bits == 0;

    return (fits_signed && howto->range != LIVEPATCH_RELOC_UNSIGNED) ||
           (fits_unsigned && howto->range != LIVEPATCH_RELOC_SIGNED);
}

static struct kind make_kind(const struct batch *batch, uint32_t type)
{
    const struct livepatch_howto *howto = arch_livepatch_howto(type);
    struct kind kind = {.type = type, .howto = howto};

    if (!howto) {
        return kind;
    }
    kind.is_checked = is_checked(howto);
    if (howto->pc_relative) {
        kind.place_mask = howto->by_page ? ~(LIVEPATCH_RELOC_PAGE - 1) : ~0ULL;
    }
    if (howto->place_bytes <= batch->target_bytes) {
        kind.nr_places = batch->target_bytes - howto->place_bytes + 1;
    }
    return kind;
}

/* The number of a record, for messages. */
static uint64_t number_of(const struct batch *batch, const uint8_t *at)
{
    return (at - batch->records) / batch->stride;
}

static int refuse_symbol(const struct batch *batch, const uint8_t *at)
{
    const char *payload = batch->elf->payload;
    const uint64_t index = number_of(batch, at);
    const uint64_t symbol = ELF64_R_SYM(lp_read_rela(at).r_info);

    if (symbol == STN_UNDEF) {
        lp_err(payload, "%s[%lu]: relocation against symbol 0", batch->name,
               index);
        return -EOPNOTSUPP;
    }
    if (symbol >= batch->symbols->nr) {
        lp_err(payload, "%s[%lu]: symbol %lu of %u", batch->name, index, symbol,
               batch->symbols->nr);
    } else {
        lp_err(payload,
               "%s[%lu]: symbol %lu lies in a section that is not loaded",
               batch->name, index, symbol);
    }
    return -EINVAL;
}

/* There is no place for a field of a type that is not supported. */
static int refuse_place(const struct batch *batch, const uint8_t *at,
                        const struct kind *kind)
{
    const char *payload = batch->elf->payload;
    const struct livepatch_howto *howto = kind->howto;

    if (!howto) {
        lp_err(payload, "%s[%lu]: relocation type %u is not supported",
               batch->name, number_of(batch, at), kind->type);
        return -EOPNOTSUPP;
    }
    lp_err(payload,
           "%s[%lu]: %s of %u bytes at %#lx in a section of %#lx bytes",
           batch->name, number_of(batch, at), howto->name, howto->place_bytes,
           lp_read_rela(at).r_offset, batch->target_bytes);
    return -EINVAL;
}

static int refuse_value(const struct batch *batch, const uint8_t *at,
                        const struct livepatch_howto *howto, uint64_t value)
{
    lp_err(batch->elf->payload, "%s[%lu]: %s: %#lx does not fit %u bits",
           batch->name, number_of(batch, at), howto->name, value, howto->bits);
    return -EOVERFLOW;
}

/* What a row asks for, of a value at its place. */
static int check_value(const struct batch *batch, const uint8_t *at,
                       const struct livepatch_howto *howto,
                       const uint8_t *place, uint64_t value)
{
    const char *payload = batch->elf->payload;
    const uint64_t lost = (1ULL << howto->shift) - 1;

    if (is_ranged(howto) && !fits(howto, value)) {
        return refuse_value(batch, at, howto, value);
    }
    if (howto->place_align && (uint64_t)place % howto->place_align) {
        lp_err(payload, "%s[%lu]: %s at %p: must be aligned to %u", batch->name,
               number_of(batch, at), howto->name, place, howto->place_align);
        return -EINVAL;
    }
    if (howto->is_exact && (value & lost)) {
        lp_err(payload, "%s[%lu]: %s: %#lx is no multiple of %lu", batch->name,
               number_of(batch, at), howto->name, value, lost + 1);
        return -EINVAL;
    }
    if (howto->no_addend && lp_read_rela(at).r_addend) {
        lp_err(payload, "%s[%lu]: %s with an addend is not supported",
               batch->name, number_of(batch, at), howto->name);
        return -EOPNOTSUPP;
    }
    return 0;
}

/* Or NULL: symbol 0 is one of those without a value. */
static const struct lp_symbol *find_symbol(const struct batch *batch,
                                           const Elf_RelA *record)
{
    const uint64_t number = ELF64_R_SYM(record->r_info);
    const struct lp_symbol *symbol = &batch->symbols->symbol[number];

    return number < batch->symbols->nr && symbol->has_value ? symbol : NULL;
}

/* S, or the symbol's word in the GOT where the type says so. */
static uint64_t target_of(const struct batch *batch, const Elf_RelA *record,
                          const struct livepatch_howto *howto,
                          const struct lp_symbol *symbol)
{
    return howto->via_got ? lp_got_slot(batch->got, ELF64_R_SYM(record->r_info),
                                        symbol->value)
                          : symbol->value;
}

static int relocate_record(const struct batch *batch, const uint8_t *at,
                           struct kind *kind)
{
    const Elf_RelA record = lp_read_rela(at);
    const struct lp_symbol *symbol = find_symbol(batch, &record);
    uint8_t *place;
    uint64_t value;
    int rc = 0;

    if (unlikely(!symbol)) {
        return refuse_symbol(batch, at);
    }
    if (unlikely(ELF64_R_TYPE(record.r_info) != kind->type)) {
        *kind = make_kind(batch, ELF64_R_TYPE(record.r_info));
    }
    if (unlikely(record.r_offset >= kind->nr_places)) {
        return refuse_place(batch, at, kind);
    }
    place = batch->target + record.r_offset;
    value = target_of(batch, &record, kind->howto, symbol) + record.r_addend;
    if (kind->place_mask) {
        value =
            (value & kind->place_mask) - ((uint64_t)place & kind->place_mask);
    }
    if (kind->is_checked) {
        rc = check_value(batch, at, kind->howto, place, value);
    }
    if (rc == 0) {
        arch_livepatch_store_field(kind->howto, place, value);
    }
    return rc;
}

/* Not inlined: the loop has the registers for itself. */
static noinline int relocate_records(const struct batch *batch)
{
    struct kind kind = make_kind(batch, 0);
    int rc = 0;

    for (const uint8_t *at = batch->records; rc == 0 && at < batch->end;
         at += batch->stride) {
        rc = relocate_record(batch, at, &kind);
    }
    return rc;
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
    const uint64_t nr = section->sh_size / section->sh_entsize;
    const uint8_t *records = lp_elf_section_bytes(elf, section);

    return (struct batch){
        .elf = elf,
        .name = lp_elf_section_name(elf, section),
        .records = records,
        .end = records + nr * section->sh_entsize,
        .stride = section->sh_entsize,
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
    return relocate_records(&batch);
}

static bool is_via_got(uint32_t type)
{
    const struct livepatch_howto *howto = arch_livepatch_howto(type);

    return howto && howto->via_got;
}

static uint64_t count_got_records(const struct batch *batch)
{
    uint32_t type = 0;
    bool counts = is_via_got(type);
    uint64_t nr = 0;

    for (const uint8_t *at = batch->records; at < batch->end;
         at += batch->stride) {
        const uint32_t next = ELF64_R_TYPE(lp_read_rela(at).r_info);

        if (next != type) {
            type = next;
            counts = is_via_got(type);
        }
        nr += counts;
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
            const struct batch batch = make_batch(elf, &section);

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
