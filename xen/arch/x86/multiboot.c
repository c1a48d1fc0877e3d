/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the multiboot information: the memory map, the hypervisor's command
 * line, and where the modules are with their command lines. Moves nothing.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/string.h>
#include <asm/multiboot.h>

#define HAS_CMDLINE (1u << 2)
#define HAS_MODULES (1u << 3)
#define HAS_MEMORY_MAP (1u << 6)
#define MEMORY_MAP_MOST_BYTES 65536

struct multiboot_information {
    uint32_t flags;
    uint32_t mem_lower, mem_upper;
    uint32_t boot_device;
    uint32_t cmdline;
    uint32_t nr_modules, modules;
    uint32_t symbols[4];
    uint32_t memory_map_bytes, memory_map;
};

struct multiboot_module {
    uint32_t start, end;
    uint32_t cmdline;
    uint32_t reserved;
};

static struct boot_loader_facts facts __initdata;

static const void *__init map_or_panic(paddr_t at, size_t bytes,
                                       const char *what)
{
    const void *mapped = boot_map(at, bytes);

    if (mapped == NULL) {
        panic("multiboot: %s (%zu bytes at %#lx) cannot be mapped\n", what,
              bytes, at);
    }
    return mapped;
}

/* Maps page by page, as far as the text goes. */
static void __init copy_text(char *to, size_t size, paddr_t from)
{
    size_t at = 0;
    char c = 0;

    if (from == 0) {
        return;
    }
    do {
        c = *(const char *)map_or_panic(from + at, 1, "a command line");
        to[at++] = c;
    } while (c && at < size);
    if (c) {
        panic("multiboot: a command line is longer than %zu bytes\n", size - 1);
    }
}

static void __init read_memory_map(const struct multiboot_information *mb)
{
    const void *raw;
    int rc;

    if (!(mb->flags & HAS_MEMORY_MAP) ||
        mb->memory_map_bytes > MEMORY_MAP_MOST_BYTES) {
        panic("multiboot: no usable memory map (flags %#x)\n", mb->flags);
    }
    raw = map_or_panic(mb->memory_map, mb->memory_map_bytes, "the memory map");
    rc = memmap_read(raw, mb->memory_map_bytes, &facts.memmap);
    if (rc) {
        panic("multiboot: the memory map is unsound (error %d)\n", rc);
    }
}

static void __init read_module(const struct multiboot_module *from,
                               struct boot_module *to)
{
    if (from->start >= from->end) {
        panic("multiboot: a module from %#x to %#x\n", from->start, from->end);
    }
    to->start = from->start;
    to->end = from->end;
    copy_text(to->cmdline, sizeof(to->cmdline), from->cmdline);
}

static void __init read_modules(const struct multiboot_information *mb)
{
    const struct multiboot_module *modules;

    if (!(mb->flags & HAS_MODULES) || mb->nr_modules == 0) {
        panic("multiboot: no module with dom0's kernel\n");
    }
    if (mb->nr_modules > BOOT_MODULES_MAX) {
        panic("multiboot: %u modules, can take %u (kernel, initrd)\n",
              mb->nr_modules, BOOT_MODULES_MAX);
    }
    facts.nr_modules = mb->nr_modules;
    modules = map_or_panic(mb->modules, mb->nr_modules * sizeof(*modules),
                           "the list of modules");
    for (unsigned int i = 0; i < facts.nr_modules; i++) {
        read_module(&modules[i], &facts.module[i]);
    }
}

struct boot_loader_facts *__init multiboot_read(paddr_t where)
{
    const struct multiboot_information *mb =
        map_or_panic(where, sizeof(*mb), "the information");

    if (mb->flags & HAS_CMDLINE) {
        copy_text(facts.cmdline, sizeof(facts.cmdline), mb->cmdline);
    }
    read_memory_map(mb);
    read_modules(mb);
    return &facts;
}
