/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The format of the symbol table, shared by the program that writes it at
 * build time (xen/tools/symbols) and the code that reads it
 * (xen/common/symbols.c).
 *
 * Symbols are numbered in the order of their addresses. To find one by name,
 * hash the name; bucket b = hash % symbols_nr_buckets owns the entries
 * symbols_bucket_start[b] up to symbols_bucket_start[b + 1]; an entry with the
 * same hash names a symbol whose name is then compared.
 */
#ifndef XEN_SYMBOLS_TABLE_H
#define XEN_SYMBOLS_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct symbols_hash_entry {
    uint32_t hash;
    uint32_t symbol; /* number */
};

extern const uint32_t symbols_nr;
extern const uint32_t symbols_nr_buckets; /* a power of two */
extern const uint32_t symbols_offset[];   /* from _start, ascending */

/* Where in symbols_names each name is, and, once more, where the last one
 * ends. Each name has a NUL behind it. */
extern const uint32_t symbols_name_start[];
extern const char symbols_names[];

extern const uint32_t symbols_bucket_start[];
extern const struct symbols_hash_entry symbols_hash_entries[];

/* Each bit of the result depends on each of the word: a multiplication (by 2^64
 * / golden ratio) carries bits upwards, into a high half that is folded back.
 */
/*@ assigns \nothing; */
static inline uint64_t symbols_hash_step(uint64_t hash, uint64_t word)
{
    const unsigned __int128 product =
        (unsigned __int128)(hash ^ word) * 0x9e3779b97f4a7c15ULL;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/*@ requires \valid_read(name + (0 .. 7)); assigns \nothing; */
static inline uint64_t symbols_name_word(const char *name)
{
    uint64_t word;

    __builtin_memcpy(&word, name, sizeof(word));
    return word;
}

/*@ requires \valid_read(name + (0 .. 3)); assigns \nothing; */
static inline uint32_t symbols_name_half(const char *name)
{
    uint32_t half;

    __builtin_memcpy(&half, name, sizeof(half));
    return half;
}

/* All of a name of less than eight bytes: its halves, which may overlap, or
 * its first, middle and last byte. */
/*@ requires \valid_read(name + (0 .. length - 1)) && length < 8;
    assigns \nothing;
 */
static inline uint64_t symbols_short_word(const char *name, size_t length)
{
    if (length < sizeof(uint32_t)) {
        return length ? (unsigned char)name[0] +
                            (unsigned char)name[length / 2] * 0x100 +
                            (unsigned char)name[length - 1] * 0x10000
                      : 0;
    }
    return symbols_name_half(name) +
           symbols_name_half(name + length - sizeof(uint32_t)) * 0x100000000UL;
}

/*
 * Eight bytes a step; the last step takes the last eight bytes, some of them
 * for the second time. Example: a name of 11 bytes is hashed as bytes 0-7 and
 * 3-10, one of 5 as bytes 0-3 and 1-4. The table's writer and its reader have
 * the same byte order.
 */
/*@ requires \valid_read(name + (0 .. length - 1));
    assigns \nothing;
 */
static inline uint32_t symbols_hash(const char *name, size_t length)
{
    uint64_t hash = length;
    const char *last;

    if (length < sizeof(uint64_t)) {
        return (uint32_t)symbols_hash_step(hash,
                                           symbols_short_word(name, length));
    }
    last = name + length - sizeof(uint64_t);
    /*@ loop invariant \base_addr(name) == \base_addr(last) &&
          \at(name, Pre) <= name <= last + 7;
        loop assigns name, hash;
        loop variant last + 7 - name;
     */
    for (; name < last; name += sizeof(uint64_t)) {
        hash = symbols_hash_step(hash, symbols_name_word(name));
    }
    return (uint32_t)symbols_hash_step(hash, symbols_name_word(last));
}

#endif
