/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entries and sections of relocations over one block of zeros.
 */
#include "fake/busy_payload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NR_TABLES 8U /* of relocations, all over the same bytes */
#define BLOCK_BYTES 0x100000U
static unsigned char file[2 * BLOCK_BYTES];

void busy_payload_write(const struct sample_elf *payload, const char *path)
{
    Elf64_Ehdr header;
    Elf64_Shdr *sections;
    size_t nr_bytes;
    FILE *stream;

    sample_write(payload, path);
    stream = fopen(path, "rb");
    nr_bytes = (fread(file, 1, BLOCK_BYTES / 2, stream) + 7) & ~(size_t)7;
    fclose(stream);
    memcpy(&header, file, sizeof(header));
    sections = (void *)(file + nr_bytes);
    memcpy(sections, file + header.e_shoff, header.e_shnum * sizeof(*sections));
    for (unsigned int i = 0; i <= NR_TABLES; i++) {
        unsigned int at = i ? header.e_shnum + i - 1
                            : sample_index(payload, ".livepatch.funcs");

        if (i) {
            sections[at] = (Elf64_Shdr){
                .sh_type = SHT_RELA,
                .sh_info = sample_index(payload, ".livepatch.funcs"),
                .sh_link = sample_index(payload, ".symtab"),
                .sh_entsize = sizeof(Elf64_Rela)};
        }
        sections[at].sh_offset = BLOCK_BYTES / 2;
        sections[at].sh_size = BLOCK_BYTES;
    }
    header.e_shoff = nr_bytes;
    header.e_shnum += NR_TABLES;
    memcpy(file, &header, sizeof(header));
    stream = fopen(path, "wb");
    assert_int_equal(fwrite(file, 1, BLOCK_BYTES * 3 / 2, stream),
                     BLOCK_BYTES * 3 / 2);
    fclose(stream);
}
