/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's table of its own symbols. Global symbols are `name`; a
 * symbol local to a file is `path/file.c#name`, the path relative to xen/.
 */
#ifndef XEN_SYMBOLS_H
#define XEN_SYMBOLS_H

#include <xen/string.h>
#include <xen/symbols_table.h>
#include <xen/types.h>

#define KSYM_NAME_LEN 127

/*
 * A name that is measured and hashed once, to be looked up in several tables.
 * Of one that is longer than KSYM_NAME_LEN the first KSYM_NAME_LEN + 1 bytes
 * are looked at, and that is its length here: it is in no table.
 */
struct hashed_name {
    const char *text;
    uint32_t length;
    uint32_t hash;
};

/*@ requires string(text);
    assigns \nothing;
    ensures \result.text == text && \result.length <= KSYM_NAME_LEN + 1;
    ensures \valid_read(text + (0 .. \result.length - 1));
 */
static inline struct hashed_name hash_name(const char *text)
{
    const size_t length = strnlen(text, KSYM_NAME_LEN + 1);

    return (struct hashed_name){
        .text = text,
        .length = length,
        .hash = symbols_hash(text, length),
    };
}

/*
 * The address of the symbol with exactly this name; 0 when there is none, for
 * a name longer than KSYM_NAME_LEN, and for a symbol in init memory (which is
 * freed after boot). One probe of a hash index, whatever the size of the table.
 */
unsigned long symbols_lookup_hashed(const struct hashed_name *name);

static inline unsigned long symbols_lookup_by_name(const char *symname)
{
    const struct hashed_name name = hash_name(symname);

    return symbols_lookup_hashed(&name);
}

/*
 * The symbol that holds addr; its size and addr's offset in it. namebuf is at
 * least KSYM_NAME_LEN + 1 bytes. For a payload's text the payload's region
 * answers, and the result differs from namebuf, which then holds the payload's
 * name. NULL (outputs untouched) when addr lies in no known text or data.
 */
const char *symbols_lookup(unsigned long addr, unsigned long *symbolsize,
                           unsigned long *offset, char *namebuf);

typedef const char *symbols_lookup_t(unsigned long addr,
                                     unsigned long *symbolsize,
                                     unsigned long *offset, char *namebuf);

/* Symbols in the table. */
unsigned int symbols_count(void);

#endif
