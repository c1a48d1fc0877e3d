// SPDX-License-Identifier: GPL-2.0
/*
 * The tables as one, and the flips.
 */
#include "set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

static const struct table *const tables[] = {
    &broken_file_rows,   &broken_section_rows,    &broken_special_rows,
    &broken_symbol_rows, &broken_relocation_rows, &broken_range_rows,
    &broken_note_rows,   &broken_entry_rows,      &broken_hook_rows,
    &broken_code_rows,   &broken_call_rows,       &broken_unsupported_rows,
};

unsigned int broken_nr_rows(void)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
        nr += tables[i]->nr;
    }
    return nr;
}

static const struct row *find_row(unsigned int i)
{
    unsigned int table = 0;

    while (i >= tables[table]->nr) {
        i -= tables[table++]->nr;
    }
    return &tables[table]->row[i];
}

static struct payload_file make_file(const struct row *row)
{
    struct payload_builder *builder = broken_start_good();
    struct payload_file good, file;

    for (unsigned int i = 0; i < MAX_CHANGES; i++) {
        if (row->change[i].part == IN_BUILDER) {
            row->change[i].add(builder);
        }
    }
    good = builder_finish(builder);
    file = broken_change(&good, row->change);
    payload_file_free(&good);
    return file;
}

void broken_make_row(unsigned int i, struct broken_payload *payload)
{
    const struct row *row = find_row(i);
    const struct payload_file file = make_file(row);

    *payload = (struct broken_payload){
        .error = row->error,
        .says = row->says,
        .bytes = file.bytes,
        .size = file.size,
    };
    snprintf(payload->name, sizeof(payload->name), "%s", row->name);
}

/* A number that depends on i alone (the finaliser of a hash: each bit of i
 * reaches each bit of the result). */
static uint64_t scramble(uint64_t i)
{
    i = (i + 1) * 0x9e3779b97f4a7c15;
    i = (i ^ (i >> 32)) * 0xd6e8feb86659fd93;
    i = (i ^ (i >> 32)) * 0xd6e8feb86659fd93;
    return i ^ (i >> 32);
}

void broken_make_flip(unsigned int i, struct broken_payload *payload)
{
    const struct row nothing = {.name = "flip"};
    const struct payload_file file = make_file(&nothing);
    const size_t bit = scramble(i) % (8 * file.size);

    file.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    *payload = (struct broken_payload){
        .error = BROKEN_ANY,
        .says = "",
        .bytes = file.bytes,
        .size = file.size,
    };
    snprintf(payload->name, sizeof(payload->name), "byte_%zu_bit_%zu", bit / 8,
             bit % 8);
}

void broken_make(unsigned int i, struct broken_payload *payload)
{
    const unsigned int nr_rows = broken_nr_rows();

    if (i < nr_rows) {
        broken_make_row(i, payload);
    } else {
        broken_make_flip(i - nr_rows, payload);
    }
}

void broken_discard(struct broken_payload *payload)
{
    free(payload->bytes);
    payload->bytes = NULL;
}
