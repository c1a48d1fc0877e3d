// SPDX-License-Identifier: GPL-2.0
/*
 * One request for callgrind to count: makes a payload of the kind and size that
 * the command line says, does what comes before the request, then makes the
 * request in bench_measured(), which is all that is counted. The program has
 * the hypervisor's own memcpy() and string functions (xen/common/string.c), its
 * lookup of symbols and a table that its build makes, of symbols_image.S; the
 * heap and the pages are the user-mode host's.
 *
 *     bench_request REQUEST undefined|functions|relocations N [SYMBOLS]
 *     bench_request REQUEST beside N OTHERS
 *     bench_request REQUEST NAMES N     (the table `many`)
 *     bench_request payloads links N    (N payloads)
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
#include <public/livepatch_ext.h>
#include <public/sysctl.h>

#include "host/arena.h"
#include "host/console.h"
#include "host/fake_text.h"
#include "host/guest.h"
#include "host/host.h"
#include "host/payload_builder.h"
#include "names.h"

#define FUNCTION_BYTES 16

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
                                                  struct payload_file file)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD};

    op.u.upload.name.name.p = host_guest_put_string(name);
    op.u.upload.name.size = strlen(name) + 1;
    op.u.upload.size = file.size;
    op.u.upload.payload.p = host_guest_put(file.bytes, file.size);
    return op;
}

static void must(int rc, const char *what)
{
    if (rc) {
        fprintf(stderr, "bench_request: %s: %d\n%s", what, rc, host_log());
        exit(1);
    }
}

/* An UPLOAD that is not measured. */
static void load_file(const char *name, struct payload_file file)
{
    struct xen_sysctl_livepatch_op op = request_for(name, file);

    must(livepatch_op(&op, 0x15), name);
}

static void load(const char *name, struct payload_builder *builder)
{
    load_file(name, builder_finish(builder));
}

/* Payloads of 20,000 symbols each, loaded before the measured one. */
static void load_others(unsigned int nr)
{
    for (unsigned int i = 0; i < nr; i++) {
        struct payload_builder *builder = start_payload(1, 0x40 + i);
        char prefix[NAME_BYTES - 12];

        snprintf(prefix, sizeof(prefix), "other%u", i);
        add_symbols(builder, prefix, 20000);
        load(prefix, builder);
    }
}

/* ---- payloads that use one another ----------------------------------------
 */

#define LINKS_MAX 4096

/* Exports `link_I`, and refers to that of the one before. */
static struct payload_file make_link(unsigned int i)
{
    struct payload_builder *builder = start_payload(1, 0x11);
    const uint32_t section = builder_section(
        builder, ".rodata.bench", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 8);
    struct payload_file file;
    char name[NAME_BYTES];

    snprintf(name, sizeof(name), "link_%u", i);
    builder_symbol(builder, name, (uint16_t)section, 0,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    if (i) {
        snprintf(name, sizeof(name), "link_%u", i - 1);
        builder_relocation(builder, section, 0, R_X86_64_64,
                           builder_symbol(builder, name, SHN_UNDEF, 0,
                                          ELF64_ST_INFO(STB_GLOBAL, 0)),
                           0);
    }
    file = builder_finish(builder);
    /* No two have one build-id. */
    memcpy(file_content(&file, ".note.gnu.build-id") + sizeof(Elf_Note) + 4, &i,
           sizeof(i));
    return file;
}

static struct payload_file make_last_link(unsigned int nr)
{
    for (unsigned int i = 0; i + 1 < nr; i++) {
        struct payload_file file = make_link(i);
        char name[NAME_BYTES];

        snprintf(name, sizeof(name), "payload_%u", i);
        load_file(name, file);
        payload_file_free(&file);
        host_guest_reset();
    }
    return make_link(nr - 1);
}

/* ---- many symbols, of names that may have been chosen ------------------- */

/* A payload of this kind exports N symbols, or refers to those that a payload
 * loaded before exports. */
struct many {
    const char *name;
    enum names names;
    bool overlap;   /* names are ends of one long one */
    bool is_second; /* N other symbols were loaded before */
    bool refers;    /* to these */
};

static const struct many many[] = {
    {.name = "symbols", .names = NAMES_DISTINCT},
    {.name = "one-name", .names = NAMES_ONE},
    {.name = "equal-hashes", .names = NAMES_EQUAL},
    {.name = "overlapping", .overlap = true},
    {.name = "second-equal", .names = NAMES_EQUAL, .is_second = true},
    {.name = "references",
     .names = NAMES_DISTINCT,
     .is_second = true,
     .refers = true},
    {.name = "equal-references",
     .names = NAMES_EQUAL,
     .is_second = true,
     .refers = true},
};

static const struct many *find_many(const char *kind)
{
    for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
        if (!strcmp(many[i].name, kind)) {
            return &many[i];
        }
    }
    return NULL;
}

/* Symbols of the names from `first` on; section 0: undefined ones. */
static void add_many(struct payload_builder *builder, enum names names,
                     uint32_t section, unsigned int first, unsigned int nr)
{
    char name[NAME_BYTES];

    for (unsigned int i = 0; i < first + nr; i++) {
        name_write(names, i, name);
        if (i >= first) {
            builder_symbol(builder, name, (uint16_t)section, i % 4096,
                           ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
        }
    }
}

static uint32_t add_section(struct payload_builder *builder)
{
    return builder_section(builder, ".rodata.bench", SHT_PROGBITS, SHF_ALLOC, 8,
                           NULL, 4096);
}

#define OVERLAP_STRIDE 10 /* bytes from one name to the next */

/* One symbol with a long name, and others whose names are parts of it. */
static struct payload_file finish_overlapping(struct payload_builder *builder,
                                              unsigned int nr)
{
    const size_t bytes = (size_t)OVERLAP_STRIDE * nr;
    const uint32_t section = add_section(builder);
    char *name = malloc(bytes + 1);
    struct payload_file file;
    uint32_t first = 0;

    memset(name, 'a', bytes);
    name[bytes] = '\0';
    for (unsigned int i = 0; i < nr; i++) {
        const uint32_t symbol =
            builder_symbol(builder, i ? "" : name, (uint16_t)section, i % 4096,
                           ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));

        first = i ? first : symbol;
    }
    free(name);
    file = builder_finish(builder);
    for (unsigned int i = 1; i < nr; i++) {
        file_symbol(&file, first + i)->st_name =
            file_symbol(&file, first)->st_name + OVERLAP_STRIDE * i;
    }
    return file;
}

static struct payload_file make_many(const struct many *kind, unsigned int nr)
{
    struct payload_builder *builder = start_payload(1, 0x11);

    if (kind->overlap) {
        return finish_overlapping(builder, nr);
    }
    if (kind->is_second) {
        struct payload_builder *other = start_payload(1, 0x12);

        add_many(other, kind->names, add_section(other), 0, nr);
        load("other", other);
    }
    add_many(builder, kind->names, kind->refers ? 0 : add_section(builder),
             kind->is_second && !kind->refers ? nr : 0, nr);
    return builder_finish(builder);
}

static struct payload_file make_payload(const char *kind, unsigned int nr,
                                        unsigned int more)
{
    const struct many *symbols = find_many(kind);
    const bool is_functions = !strcmp(kind, "functions");
    struct payload_builder *builder;

    if (symbols) {
        return make_many(symbols, nr);
    }
    if (!strcmp(kind, "links")) {
        return make_last_link(nr);
    }
    if (!strcmp(kind, "beside")) {
        load_others(more);
    }
    builder = start_payload(is_functions ? nr : 1, 0x11);
    if (!strcmp(kind, "undefined")) {
        add_undefined(builder, nr);
    } else if (!strcmp(kind, "beside")) {
        add_symbols(builder, "o", nr);
    } else if (!strcmp(kind, "relocations")) {
        add_relocations(builder, nr);
    } else if (is_functions && more) {
        add_symbols(builder, "o", more);
    }
    return builder_finish(builder);
}

/* ---- requests ----------------------------------------------------------- */

#define NAME "bench"

static struct xen_sysctl_livepatch_op action_on(const char *name, uint32_t cmd)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_ACTION};

    op.u.action.name.name.p = host_guest_put_string(name);
    op.u.action.name.size = strlen(name) + 1;
    op.u.action.cmd = cmd;
    op.u.action.timeout = UINT32_MAX;
    return op;
}

static struct xen_sysctl_livepatch_op unload_request(void)
{
    return action_on(NAME, LIVEPATCH_ACTION_UNLOAD);
}

static struct xen_sysctl_livepatch_op revert_request(void)
{
    struct xen_sysctl_livepatch_op apply =
        action_on(NAME, LIVEPATCH_ACTION_APPLY);

    must(livepatch_op(&apply, 0x15), "APPLY");
    return action_on(NAME, LIVEPATCH_ACTION_REVERT);
}

/* Of one function that is applied by the payload. */
static struct xen_sysctl_livepatch_op replace_request(void)
{
    struct xen_sysctl_livepatch_op apply =
        action_on("first", LIVEPATCH_ACTION_APPLY);

    load("first", start_payload(1, 0x31));
    must(livepatch_op(&apply, 0x15), "APPLY");
    return action_on(NAME, LIVEPATCH_ACTION_REPLACE);
}

static struct xen_sysctl_livepatch_op get_request(void)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_GET};

    op.u.get.name.name.p = host_guest_put_string(NAME);
    op.u.get.name.size = sizeof(NAME);
    return op;
}

static struct xen_sysctl_livepatch_op list_request(void)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_LIST};

    op.u.list.nr = 1;
    op.u.list.status.p = host_guest_alloc(sizeof(struct xen_livepatch_status));
    op.u.list.name.p = host_guest_alloc(XEN_LIVEPATCH_NAME_SIZE);
    op.u.list.len.p = host_guest_alloc(sizeof(uint32_t));
    op.u.list.metadata.p = host_guest_alloc(1);
    op.u.list.metadata_len.p = host_guest_alloc(sizeof(uint32_t));
    return op;
}

/* All records and all numbers in one reading. */
static struct xen_sysctl_livepatch_op payloads_request(void)
{
    struct xen_sysctl_livepatch_op op = {.cmd = LIVEPATCH_EXT_PAYLOADS};
    struct livepatch_ext_payloads *asked = (void *)&op.u;

    asked->stride = sizeof(struct livepatch_ext_payload);
    asked->nr = LINKS_MAX;
    asked->nr_uses = LINKS_MAX;
    asked->payloads =
        (uint64_t)host_guest_alloc((size_t)asked->nr * asked->stride);
    asked->uses = (uint64_t)host_guest_alloc(asked->nr_uses * sizeof(uint64_t));
    return op;
}

static const struct {
    const char *name;
    struct xen_sysctl_livepatch_op (*make)(void); /* the payload is loaded */
    int answer;
} requests[] = {
    {"unload", unload_request, 0},   {"revert", revert_request, 0},
    {"replace", replace_request, 0}, {"get", get_request, 0},
    {"list", list_request, 1},       {"payloads", payloads_request, 0},
};

int __attribute__((__noinline__))
bench_measured(struct xen_sysctl_livepatch_op *op)
{
    return livepatch_op(op, 0x15);
}

static void measure_upload(struct xen_sysctl_livepatch_op *op)
{
    const unsigned long heap = xmalloc_bytes_used();
    const unsigned long pages = vmap_pages_used();

    must(bench_measured(op), "UPLOAD");
    printf("pages %lu heap %lu\n", vmap_pages_used() - pages,
           xmalloc_bytes_used() - heap);
}

static void measure(const char *request, struct xen_sysctl_livepatch_op *upload)
{
    for (size_t i = 0; i < ARRAY_SIZE(requests); i++) {
        if (!strcmp(requests[i].name, request)) {
            struct xen_sysctl_livepatch_op op;

            must(livepatch_op(upload, 0x15), "UPLOAD");
            op = requests[i].make();
            must(bench_measured(&op) - requests[i].answer, request);
            return;
        }
    }
    measure_upload(upload);
}

int main(int argc, char **argv)
{
    const unsigned int nr = argc > 3 ? (unsigned int)atoi(argv[3]) : 0;
    const unsigned int more = argc > 4 ? (unsigned int)atoi(argv[4]) : 0;
    struct xen_sysctl_livepatch_op op;

    if (argc < 4) {
        fprintf(stderr, "usage: bench_request REQUEST KIND N [MORE]\n");
        return 2;
    }
    host_reset();
    host_arena_fill_fresh(false);
    op = request_for(NAME, make_payload(argv[2], nr, more));
    measure(argv[1], &op);
    return 0;
}
