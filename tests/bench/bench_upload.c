// SPDX-License-Identifier: GPL-2.0
/*
 * One UPLOAD for callgrind to count: makes a payload of the kind and size that
 * the command line says, then loads it in bench_measured(), which is all that
 * is counted. The program has the hypervisor's own memcpy() and string
 * functions (xen/common/string.c), its lookup of symbols and a table that its
 * build makes, of symbols_image.S; the heap and the pages are the user-mode
 * host's.
 *
 *     bench_upload undefined|symbols|functions|relocations N [SYMBOLS]
 *     bench_upload beside N OTHERS
 *
 * Prints the payload's memory: pages of its sections, and heap beyond them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>
#include <public/sysctl.h>

#include "host/arena.h"
#include "host/console.h"
#include "host/fake_text.h"
#include "host/guest.h"
#include "host/host.h"
#include "host/payload_builder.h"

#define FUNCTION_BYTES 16
#define NAME_BYTES 32

int bench_measured(struct xen_sysctl_livepatch_op *op);

static void add_symbols(struct payload_builder *builder, const char *prefix,
                        unsigned int nr)
{
    const uint32_t section = builder_section(
        builder, ".rodata.bench", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 4096);
    char name[NAME_BYTES];

    for (unsigned int i = 0; i < nr; i++) {
        snprintf(name, sizeof(name), "%s_%u", prefix, i);
        builder_symbol(builder, name, (uint16_t)section, i % 4096,
                       ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    }
}

/* nr symbols of symbols_image.S, each referred to once. */
static void add_undefined(struct payload_builder *builder, unsigned int nr)
{
    const uint32_t section = builder_section(
        builder, ".rodata.bench", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 8UL * nr);

    for (unsigned int i = 0; i < nr; i++) {
        char name[NAME_BYTES];

        snprintf(name, sizeof(name), "hypervisor_symbol_%u", i);
        builder_relocation(builder, section, 8UL * i, R_X86_64_64,
                           builder_symbol(builder, name, SHN_UNDEF, 0,
                                          ELF64_ST_INFO(STB_GLOBAL, 0)),
                           0);
    }
}

static void add_relocations(struct payload_builder *builder, unsigned int nr)
{
    const uint32_t section = builder_section(
        builder, ".rodata.bench", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 8UL * nr);
    const uint32_t symbol = builder_symbol(builder, "answer", SHN_UNDEF, 0,
                                           ELF64_ST_INFO(STB_GLOBAL, 0));

    for (unsigned int i = 0; i < nr; i++) {
        builder_relocation(builder, section, 8UL * i, R_X86_64_64, symbol, 0);
    }
}

/* Functions of the hypervisor to patch, found by address, the last first: they
 * have to be put in order. */
static struct payload_function *make_functions(unsigned int nr)
{
    static const uint8_t code[FUNCTION_BYTES] = {0xc3};
    struct payload_function *functions = calloc(nr, sizeof(*functions));

    for (unsigned int i = 0; i < nr; i++) {
        char *name = malloc(NAME_BYTES);

        snprintf(name, NAME_BYTES, "p%u", i);
        functions[nr - 1 - i] = (struct payload_function){
            .old_name = name,
            .old_addr = host_function_add(name, code, sizeof(code)),
            .old_size = FUNCTION_BYTES,
            .code = payload_return_42,
            .code_bytes = sizeof(payload_return_42),
        };
    }
    return functions;
}

static struct payload_builder *start_payload(unsigned int nr_functions,
                                             uint8_t id)
{
    const struct payload_description what = {
        .functions = make_functions(nr_functions),
        .nr_functions = nr_functions,
        .id = id,
    };

    return payload_start(&what);
}

static struct xen_sysctl_livepatch_op request_for(const char *name,
                                                  struct payload_builder *b)
{
    const struct payload_file file = builder_finish(b);
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD};

    op.u.upload.name.name.p = host_guest_put_string(name);
    op.u.upload.name.size = strlen(name) + 1;
    op.u.upload.size = file.size;
    op.u.upload.payload.p = host_guest_put(file.bytes, file.size);
    return op;
}

/* Payloads of 20,000 symbols each, loaded before the measured one. */
static void load_others(unsigned int nr)
{
    for (unsigned int i = 0; i < nr; i++) {
        struct payload_builder *builder = start_payload(1, 0x40 + i);
        struct xen_sysctl_livepatch_op op;
        char prefix[NAME_BYTES - 12];

        snprintf(prefix, sizeof(prefix), "other%u", i);
        add_symbols(builder, prefix, 20000);
        op = request_for(prefix, builder);
        if (livepatch_op(&op, 0x15)) {
            fprintf(stderr, "bench_upload: %s", host_log());
            exit(1);
        }
    }
}

static struct payload_builder *make_payload(const char *kind, unsigned int nr,
                                            unsigned int more)
{
    const bool is_functions = !strcmp(kind, "functions");
    struct payload_builder *builder =
        start_payload(is_functions ? nr : 1, 0x11);

    if (!strcmp(kind, "undefined")) {
        add_undefined(builder, nr);
    } else if (!strcmp(kind, "symbols") || !strcmp(kind, "beside")) {
        add_symbols(builder, "o", nr);
    } else if (!strcmp(kind, "relocations")) {
        add_relocations(builder, nr);
    } else if (is_functions && more) {
        add_symbols(builder, "o", more);
    }
    return builder;
}

int __attribute__((__noinline__))
bench_measured(struct xen_sysctl_livepatch_op *op)
{
    return livepatch_op(op, 0x15);
}

int main(int argc, char **argv)
{
    const unsigned int nr = argc > 2 ? (unsigned int)atoi(argv[2]) : 0;
    const unsigned int more = argc > 3 ? (unsigned int)atoi(argv[3]) : 0;
    struct xen_sysctl_livepatch_op op;
    unsigned long heap, pages;

    if (argc < 3) {
        fprintf(stderr, "usage: bench_upload KIND N [MORE]\n");
        return 2;
    }
    host_reset();
    host_arena_fill_fresh(false);
    if (!strcmp(argv[1], "beside")) {
        load_others(more);
    }
    op = request_for("bench", make_payload(argv[1], nr, more));
    heap = xmalloc_bytes_used();
    pages = vmap_pages_used();
    if (bench_measured(&op)) {
        fprintf(stderr, "bench_upload: %s", host_log());
        return 1;
    }
    printf("pages %lu heap %lu\n", vmap_pages_used() - pages,
           xmalloc_bytes_used() - heap);
    return 0;
}
