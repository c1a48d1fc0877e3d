/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One walk over the symbol table, twice: to count and to copy. Then two arrays,
 * one in the order of addresses and one in that of names.
 */
#include "lib/loader/names.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "symbol_names.h"

static bool is_loaded(const struct elf_file *xen, const Elf64_Sym *symbol)
{
    return symbol->st_shndx != SHN_UNDEF &&
           symbol->st_shndx < xen->header.e_shnum &&
           (elf_file_section(xen, symbol->st_shndx).sh_flags & SHF_ALLOC);
}

/* Adds a name, if there is room yet; its bytes go to names->texts + *nr_bytes.
 */
static void add(struct names *names, size_t *nr_bytes, struct name name,
                const char *file)
{
    const char *own = name.text;
    size_t length = strlen(file) + (file[0] != '\0') + strlen(own);

    if (names->by_address) {
        char *text = names->texts + *nr_bytes;

        snprintf(text, length + 1, SYMBOL_SPELLED, SYMBOL_SPELLING(file, own));
        name.text = text;
        names->by_address[names->nr] = name;
    }
    names->nr++;
    *nr_bytes += length + 1;
}

/* Gives how many bytes the texts take. */
static size_t walk(const struct elf_file *xen, struct names *names)
{
    const char *file = "";
    size_t nr_bytes = 0;

    names->nr = 0;
    for (uint32_t i = 1; i < xen->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(xen, i);
        const char *name = elf_file_symbol_name(xen, &symbol);

        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE) {
            file = name;
        } else if (symbol_is_wanted(symbol.st_info, name) &&
                   is_loaded(xen, &symbol)) {
            add(names, &nr_bytes, (struct name){symbol.st_value, name, i},
                symbol_file(symbol.st_info, file));
        }
    }
    return nr_bytes;
}

static int compare_addresses(const void *a, const void *b)
{
    const struct name *x = a;
    const struct name *y = b;

    if (x->address != y->address) {
        return x->address < y->address ? -1 : 1;
    }
    return strcmp(x->text, y->text);
}

/* Of several with one name the lowest address is found. */
static int compare_texts(const void *a, const void *b)
{
    const struct name *x = a;
    const struct name *y = b;
    int order = strcmp(x->text, y->text);

    return order ? order
                 : (x->address > y->address) - (x->address < y->address);
}

int names_read(const struct elf_file *xen, struct names *names)
{
    struct names made = {.nr = 0};
    size_t nr_bytes = walk(xen, &made);

    made.texts = malloc(nr_bytes + 1);
    made.by_address = malloc((made.nr + 1) * sizeof(made.by_address[0]));
    made.by_text = malloc((made.nr + 1) * sizeof(made.by_text[0]));
    if (!made.texts || !made.by_address || !made.by_text) {
        names_free(&made);
        return -ENOMEM;
    }
    walk(xen, &made);
    memcpy(made.by_text, made.by_address, made.nr * sizeof(made.by_text[0]));
    qsort(made.by_address, made.nr, sizeof(made.by_address[0]),
          compare_addresses);
    qsort(made.by_text, made.nr, sizeof(made.by_text[0]), compare_texts);
    *names = made;
    return 0;
}

void names_free(struct names *names)
{
    free(names->texts);
    free(names->by_address);
    free(names->by_text);
    *names = (struct names){.nr = 0};
}

const struct name *names_find(const struct names *names, const char *text)
{
    size_t low = 0;
    size_t high = names->nr;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(names->by_text[middle].text, text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < names->nr && !strcmp(names->by_text[low].text, text)
               ? &names->by_text[low]
               : NULL;
}

/* How many lie at or before an address. */
static size_t count_up_to(const struct names *names, uint64_t address)
{
    size_t low = 0;
    size_t high = names->nr;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (names->by_address[middle].address <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct name *names_before(const struct names *names, uint64_t address)
{
    size_t nr = count_up_to(names, address);
    size_t i = nr - 1;

    if (nr == 0) {
        return NULL;
    }
    while (i &&
           names->by_address[i - 1].address == names->by_address[i].address) {
        i--;
    }
    return &names->by_address[i];
}

uint64_t names_end_of(const struct names *names, const struct name *name,
                      uint64_t end)
{
    size_t nr = count_up_to(names, name->address);

    return nr < names->nr ? names->by_address[nr].address : end;
}
