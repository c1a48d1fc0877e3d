// SPDX-License-Identifier: GPL-2.0
/*
 * Records grow in sections that are made when the first of them comes.
 */
#include "payload_special.h"

#include <xen/extable.h>

struct payload_place payload_add_section(struct payload_builder *builder,
                                         const char *name, uint64_t flags,
                                         const void *content, size_t bytes)
{
    const uint32_t section =
        builder_section(builder, name, SHT_PROGBITS, flags, 4, content, bytes);
    const uint32_t symbol =
        builder_symbol(builder, "", (uint16_t)section, 0,
                       ELF64_ST_INFO(STB_LOCAL, STT_SECTION));

    return (struct payload_place){.symbol = symbol};
}

uint32_t payload_find_section(struct payload_builder *builder, const char *name)
{
    const uint32_t found = builder_find(builder, name);

    return found ? found
                 : builder_section(builder, name, SHT_PROGBITS, SHF_ALLOC, 4,
                                   NULL, 0);
}

void payload_put_distance(struct payload_builder *builder, uint32_t section,
                          uint64_t at, uint64_t from, struct payload_place to,
                          int64_t more)
{
    builder_relocation(builder, section, at, HOST_RELOC_PC32, to.symbol,
                       to.offset + (int64_t)(at - from) + more);
}

void payload_add_fixup(struct payload_builder *builder,
                       struct payload_place where, struct payload_place cont)
{
    const uint32_t section = payload_find_section(builder, ".ex_table");
    const uint64_t at = builder_append(builder, section, NULL,
                                       sizeof(struct exception_table_entry));

    payload_put_distance(builder, section, at, at, where, 0);
    payload_put_distance(builder, section, at + 4, at + 4, cont, 0);
}

struct payload_place payload_add_code(struct payload_builder *builder,
                                      const void *code, size_t bytes)
{
    return payload_add_section(builder, ".altinstr_replacement",
                               SHF_ALLOC | SHF_EXECINSTR, code, bytes);
}
