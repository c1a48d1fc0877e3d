// SPDX-License-Identifier: GPL-2.0
/*
 * The fake hypervisor as a file: its text and its names as they are in this
 * process, at the addresses of a hypervisor. Example: `answer`, 16 bytes behind
 * _stext here, is 16 bytes behind LINKED there.
 */
#include "verify_samples.h"

#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/version.h>

#include "broken/set.h"
#include "host/fake_text.h"
#include "host/host.h"
#include "host/payload_builder.h"
#include "seeds.h"

#define LINKED 0xffff82d040200000UL

static unsigned long linked(const void *here)
{
    return LINKED + ((unsigned long)here - (unsigned long)_stext);
}

static const struct part {
    const char *section;
    uint64_t flags;
    const char *start_name, *end_name;
    const char *start, *end;
} parts[] = {
    {".text", SHF_ALLOC | SHF_EXECINSTR, "_stext", "_etext", _stext, _etext},
    {".rodata", SHF_ALLOC, "_srodata", "_erodata", _srodata, _erodata},
    {".init.text", SHF_ALLOC | SHF_EXECINSTR, "_sinit", "_einit", _sinit,
     _einit},
};

static void add_name(struct payload_builder *builder, const char *name,
                     const void *here)
{
    /* In whatever section: the address counts. */
    builder_symbol(builder, name, 1, linked(here),
                   ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
}

static void add_names(struct payload_builder *builder)
{
    for (unsigned int i = 0; i < host_nr_functions; i++) {
        add_name(builder, host_functions[i].name,
                 host_symbol(host_functions[i].name));
    }
    for (unsigned int i = 0; broken_symbols[i].name; i++) {
        add_name(builder, broken_symbols[i].name,
                 host_symbol(broken_symbols[i].name));
    }
    add_name(builder, "boot_only", host_symbol("boot_only"));
    add_name(builder, "constant", host_symbol("constant"));
    add_name(builder, "_snopatch", _snopatch);
    add_name(builder, "_enopatch", _enopatch);
}

/* With a source file that only this project's hypervisor has. */
static struct payload_file make_xen_syms(void)
{
    struct payload_builder *builder = builder_new();
    const void *id;
    unsigned int id_bytes;
    struct payload_file file;

    xen_build_id(&id, &id_bytes);
    builder_symbol(builder, "common/livepatch/relocate.c", SHN_ABS, 0,
                   ELF64_ST_INFO(STB_LOCAL, STT_FILE));
    for (unsigned int i = 0; i < ARRAY_SIZE(parts); i++) {
        builder_section(builder, parts[i].section, SHT_PROGBITS, parts[i].flags,
                        16, parts[i].start,
                        (size_t)(parts[i].end - parts[i].start));
        add_name(builder, parts[i].start_name, parts[i].start);
        add_name(builder, parts[i].end_name, parts[i].end);
    }
    builder_note(builder, ".note.gnu.build-id", id, id_bytes);
    add_names(builder);
    file = builder_finish(builder);
    file_header(&file)->e_type = ET_EXEC;
    for (unsigned int i = 0; i < ARRAY_SIZE(parts); i++) {
        file_named_section(&file, parts[i].section)->sh_addr =
            linked(parts[i].start);
    }
    file_named_section(&file, ".note.gnu.build-id")->sh_addr =
        linked(_ebss) + 4096;
    return file;
}

void fuzz_samples_start(void)
{
    host_reset();
    fuzz_add_symbols();
}

static struct fuzz_sample of(const struct payload_file *file)
{
    return (struct fuzz_sample){file->bytes, file->size};
}

struct fuzz_sample fuzz_sample_xen_syms(void)
{
    static struct payload_file xen_syms;

    if (!xen_syms.bytes) {
        xen_syms = make_xen_syms();
    }
    return of(&xen_syms);
}

struct fuzz_sample fuzz_sample_below(void)
{
    return of(fuzz_neighbour());
}

bool fuzz_sample_payload(unsigned int i, struct fuzz_sample *sample)
{
    if (i < FUZZ_NR_SEEDS) {
        *sample = of(fuzz_seed(i));
    }
    return i < FUZZ_NR_SEEDS;
}
