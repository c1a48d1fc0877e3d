// SPDX-License-Identifier: GPL-2.0
/*
 * Text is written through the arena's second view; a copy of all that was put
 * there tells whether somebody has changed it since. Names are found through
 * an open-addressed hash table.
 */
#include "fake_text.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/symbols_table.h>
#include <xen/version.h>

#include "arena.h"
#include "host_arch.h"

#define SLOT_BITS 15
#define NR_SLOTS (1u << SLOT_BITS)

struct symbol {
    const char *name; /* NULL: a free slot */
    unsigned long address;
    uint32_t hash;
};

const struct host_function host_functions[] = {
    {"answer", {HOST_RETURN(1)}, 16},
    {"question", {HOST_RETURN(2)}, 16},
    {"answer_endbr", {HOST_PAD, HOST_RETURN(1)}, 16},
    {"answer_poison", {HOST_OTHER_PAD, HOST_RETURN(1)}, 16},
    HOST_SMALL_FUNCTIONS,
    {"common/file.c#local", {HOST_RETURN(3)}, 16},
};
const unsigned int host_nr_functions = ARRAY_SIZE(host_functions);

static struct symbol symbols[NR_SLOTS];
static unsigned int nr_symbols;
static uint8_t pristine[HOST_TEXT_BYTES];
static size_t text_used;
static uint8_t default_id[20] = {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6,
                                 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad,
                                 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3};
static const void *id_bytes = default_id;
static unsigned int id_len = sizeof(default_id);

/* The slot of the name, or the free one where it would go. */
static struct symbol *find_slot(const char *name)
{
    const uint32_t hash = symbols_hash(name, strlen(name));
    uint32_t slot = hash * 0x9e3779b1u >> (32 - SLOT_BITS);

    while (symbols[slot].name &&
           (symbols[slot].hash != hash || strcmp(symbols[slot].name, name))) {
        slot = (slot + 1) % NR_SLOTS;
    }
    return &symbols[slot];
}

void host_symbol_add(const char *name, const void *address)
{
    struct symbol *slot = find_slot(name);

    if (nr_symbols + 1 >= NR_SLOTS) {
        panic("host: %u symbols\n", nr_symbols);
    }
    nr_symbols += !slot->name;
    *slot = (struct symbol){
        .name = name,
        .address = (unsigned long)address,
        .hash = symbols_hash(name, strlen(name)),
    };
}

void *host_function_add(const char *name, const void *bytes, size_t size)
{
    uint8_t *at = (uint8_t *)_stext + text_used;

    if (text_used + size > HOST_TEXT_BYTES - HOST_KEPT_BYTES) {
        panic("host: no room for %zu bytes of %s in the text\n", size, name);
    }
    memcpy(pristine + text_used, bytes, size);
    host_arena_write(at, bytes, size);
    text_used = ROUNDUP(text_used + size, 16);
    host_symbol_add(name, at);
    return at;
}

void host_text_reset(void)
{
    memset(symbols, 0, sizeof(symbols));
    nr_symbols = 0;
    text_used = 0;
    memset(pristine, HOST_PADDING, sizeof(pristine));
    host_arena_write(_stext, pristine, sizeof(pristine));
    for (unsigned int i = 0; i < host_nr_functions; i++) {
        host_function_add(host_functions[i].name, host_functions[i].bytes,
                          host_functions[i].size);
    }
    host_symbol_add("boot_only", _sinit + 16);
    host_symbol_add("constant", _srodata + 16);
    host_set_build_id(default_id, sizeof(default_id));
}

void *host_symbol_find(const char *name)
{
    return (void *)find_slot(name)->address;
}

void *host_symbol(const char *name)
{
    void *address = host_symbol_find(name);

    if (!address) {
        panic("host: no symbol %s\n", name);
    }
    return address;
}

int host_call(const char *name)
{
    return host_run_code(host_symbol(name));
}

bool host_text_is_pristine(void)
{
    return memcmp(_stext, pristine, sizeof(pristine)) == 0;
}

void host_set_build_id(const void *bytes, unsigned int len)
{
    id_bytes = bytes;
    id_len = len;
}

int xen_build_id(const void **p, unsigned int *len)
{
    if (id_len == 0) {
        return -ENODATA;
    }
    *p = id_bytes;
    *len = id_len;
    return 0;
}

/* The symbol with the highest address up to addr, or NULL. */
static const struct symbol *find_nearest(unsigned long addr)
{
    const struct symbol *nearest = NULL;

    for (unsigned int i = 0; i < NR_SLOTS; i++) {
        const struct symbol *symbol = &symbols[i];

        if (symbol->name && symbol->address <= addr &&
            (!nearest || symbol->address > nearest->address)) {
            nearest = symbol;
        }
    }
    return nearest;
}

const char *host_symbol_before(unsigned long addr, unsigned long *offset)
{
    const struct symbol *symbol = find_nearest(addr);

    if (!symbol) {
        return NULL;
    }
    *offset = addr - symbol->address;
    return symbol->name;
}

unsigned int host_nr_symbols(void)
{
    return nr_symbols;
}

/* For product code; the C library may lack it. */
size_t __attribute__((weak)) strlcpy(char *to, const char *from, size_t size)
{
    const size_t length = strlen(from);

    if (size) {
        const size_t kept = length < size ? length : size - 1;

        memcpy(to, from, kept);
        to[kept] = '\0';
    }
    return length;
}
