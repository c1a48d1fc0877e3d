// SPDX-License-Identifier: GPL-2.0
/*
 * A table of json-c, which the builder has anyway: it grows by itself, and
 * where a name falls is different in each run, so that nobody can choose names
 * that all fall on one place. Nobody goes through it: its order shows nowhere.
 */
#include "base/name_table.h"

#include <json-c/linkhash.h>
#include <stddef.h>

#include "lib/memory.h"

#define FIRST_ROOM 64

void name_table_open(struct name_table *table)
{
    table->entries = lh_kchar_table_new(FIRST_ROOM, NULL);
    if (!table->entries) {
        no_memory();
    }
}

void name_table_close(struct name_table *table)
{
    lh_table_free(table->entries);
    table->entries = NULL;
}

void *name_table_add(struct name_table *table, const char *name, void *value)
{
    const unsigned long hash = lh_get_hash(table->entries, name);
    const struct lh_entry *known =
        lh_table_lookup_entry_w_hash(table->entries, name, hash);

    if (known) {
        return lh_entry_v(known);
    }
    if (lh_table_insert_w_hash(table->entries, name, value, hash, 0) != 0) {
        no_memory();
    }
    return value;
}

void *name_table_find(const struct name_table *table, const char *name)
{
    const struct lh_entry *known = lh_table_lookup_entry(table->entries, name);

    return known ? lh_entry_v(known) : NULL;
}
