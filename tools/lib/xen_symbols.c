/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the file; finds what it was made of in its FILE symbols.
 */
#include "lib/xen_symbols.h"

#include <string.h>

static const struct file_kind xen_syms = {
    1024U * 1024U * 1024U, /* with debugging information */
    "not the file xen-syms of a hypervisor's build, which is an ELF file with "
    "its symbols; the image that is booted has none"};

int xen_symbols_open(const char *path, struct payload_file *file,
                     struct elf_file *xen, FILE *err)
{
    int rc = file_read(path, &xen_syms, file, err);

    return rc ? rc : elf_file_open(path, file->bytes, file->nr_bytes, xen, err);
}

/* Whether one of its source files has a path that begins like this. */
static bool has_file(const struct elf_file *xen, const char *path)
{
    for (uint32_t i = 1; i < xen->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(xen, i);

        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE &&
            !strncmp(elf_file_symbol_name(xen, &symbol), path, strlen(path))) {
            return true;
        }
    }
    return false;
}

bool xen_symbols_are_ours(const struct elf_file *xen)
{
    return has_file(xen, "common/livepatch/");
}
