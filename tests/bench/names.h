/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names for many symbols, by number: such as a compiler makes, or such as
 * somebody chose who wants looking them up to be slow.
 */
#ifndef BENCH_NAMES_H
#define BENCH_NAMES_H

#define NAME_BYTES 32

enum names {
    NAMES_DISTINCT,
    NAMES_ONE,   /* the same one each time */
    NAMES_EQUAL, /* distinct ones whose symbols_hash() is 0 */
};

/* To be called with number = 0, 1, 2 ... */
void name_write(enum names names, unsigned int number, char text[NAME_BYTES]);

#endif
