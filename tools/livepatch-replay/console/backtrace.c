/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines of registers and stacks, read for RIP and for words that lie in the
 * hypervisor's code. Which of these words are return addresses, and which are
 * of calls that are over, nobody can tell without frames: all are told.
 */
#include "console/backtrace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lib/xen_symbols.h"

#define NR_CALLS_MAX 12U

struct symbols {
    bool is_there;
    struct payload_file file;
    struct elf_file xen;
};

struct code {
    const char *name; /* of the function; NULL: in none */
    uint64_t offset;
    bool is_near; /* where the hypervisor keeps its own */
};

/* A function, or what assembly has in its place. */
static bool is_code(const struct elf_file *xen, const Elf64_Sym *symbol)
{
    unsigned int type = ELF64_ST_TYPE(symbol->st_info);

    return (type == STT_FUNC || type == STT_NOTYPE) &&
           symbol->st_shndx != SHN_UNDEF &&
           symbol->st_shndx < xen->header.e_shnum &&
           (elf_file_section(xen, symbol->st_shndx).sh_flags & SHF_EXECINSTR) !=
               0 &&
           *elf_file_symbol_name(xen, symbol) != '\0';
}

static bool is_in_section(const struct elf_file *xen, const Elf64_Sym *symbol,
                          uint64_t address)
{
    Elf64_Shdr section = elf_file_section(xen, symbol->st_shndx);

    return address - section.sh_addr < section.sh_size;
}

/* The nearest name below, in the same section. */
static struct code find_code(const struct symbols *symbols, uint64_t address)
{
    const struct elf_file *xen = &symbols->xen;
    struct code code = {0};
    uint64_t nearest = 0;

    for (uint32_t i = 0; i < xen->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(xen, i);

        if (!is_code(xen, &symbol)) {
            continue;
        }
        code.is_near = code.is_near || symbol.st_value >> 30 == address >> 30;
        if (symbol.st_value <= address && symbol.st_value >= nearest &&
            is_in_section(xen, &symbol, address)) {
            nearest = symbol.st_value;
            code.name = elf_file_symbol_name(xen, &symbol);
            code.offset = address - nearest;
        }
    }
    return code;
}

static void add_place(const struct symbols *symbols, unsigned int cpu,
                      uint64_t address, struct text_list *notes)
{
    struct code code = {0};

    if (!symbols->is_there) {
        text_list_take(notes, must_format("CPU %u: %016" PRIx64, cpu, address));
        return;
    }
    code = find_code(symbols, address);
    if (code.name != NULL) {
        text_list_take(notes, must_format("CPU %u: %s+0x%" PRIx64, cpu,
                                          code.name, code.offset));
    } else {
        text_list_take(
            notes, must_format("CPU %u: %016" PRIx64 ", %s", cpu, address,
                               code.is_near ? "in none of the hypervisor's own "
                                              "functions: in a payload's"
                                            : "in dom0"));
    }
}

/* "ffff82d0...: 0x... 0x...": the words that lie in code. */
static void add_calls(const struct symbols *symbols, const char *line,
                      unsigned int *nr_calls, struct text_list *notes)
{
    const char *at = strchr(line, ':');

    while (symbols->is_there && at != NULL && *nr_calls < NR_CALLS_MAX &&
           (at = strstr(at, "0x")) != NULL) {
        char *end = NULL;
        uint64_t word = strtoull(at, &end, 16);
        struct code code = find_code(symbols, word);

        /* No call returns to where a function begins. */
        if (code.name != NULL && code.offset != 0) {
            text_list_take(notes, must_format("    on its stack: %s+0x%" PRIx64,
                                              code.name, code.offset));
            (*nr_calls)++;
        }
        at = end;
    }
}

/* The lines of one CPU's stack, behind its heading. */
static void add_stack(const struct symbols *symbols, const char *registers,
                      unsigned int cpu, struct text_list *notes)
{
    char *heading = must_format("%s%u\n", BACKTRACE_STACK_OF, cpu);
    const char *stack = strstr(registers, heading);
    const char *next = NULL;
    unsigned int nr_calls = 0;

    if (stack != NULL) {
        stack += strlen(heading);
        next = strstr(stack, BACKTRACE_STACK_OF);
    }
    while (stack != NULL && *stack != '\0' && stack != next) {
        size_t length = strcspn(stack, "\n");
        char *line = must_alloc(length + 1);

        memcpy(line, stack, length);
        add_calls(symbols, line, &nr_calls, notes);
        free(line);
        stack += length + (stack[length] == '\n');
    }
    free(heading);
}

void backtrace_add(const char *registers, const char *xen_syms,
                   struct text_list *notes, FILE *err)
{
    struct symbols symbols = {0};
    const char *at = registers;
    const char *place;

    symbols.is_there =
        xen_syms != NULL &&
        xen_symbols_open(xen_syms, &symbols.file, &symbols.xen, err) == 0;
    while ((at = strstr(at, "CPU#")) != NULL &&
           (place = strstr(at, "RIP=")) != NULL) {
        unsigned int cpu = (unsigned int)strtoul(at + 4, NULL, 10);

        add_place(&symbols, cpu, strtoull(place + 4, NULL, 16), notes);
        add_stack(&symbols, registers, cpu, notes);
        at = place;
    }
    payload_file_free(&symbols.file);
}
