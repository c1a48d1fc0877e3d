/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What stands under a name: a table that grows with what is added, in time that
 * does not grow with it, whoever has chosen the names (an object is not to be
 * trusted). Names and what stands under them stay the caller's, and must last
 * as long as the table.
 */
#ifndef BUILDER_NAME_TABLE_H
#define BUILDER_NAME_TABLE_H

struct lh_table;

struct name_table {
    struct lh_table *entries;
};

void name_table_open(struct name_table *table);
void name_table_close(struct name_table *table);

/* What stands under the name from now on: what did before, if anything, else
 * `value`, which is not NULL. */
void *name_table_add(struct name_table *table, const char *name, void *value);

/* NULL: nothing. */
void *name_table_find(const struct name_table *table, const char *name);

#endif
