/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each row of the set to the loader of the tools (tools/lib/loader.h), over the
 * xen-syms of this tree's hypervisor: it answers the errno of the row, and what
 * it says is the row's message - as the unit test's host and the hypervisor in
 * dom0 do, so that the loader's host is the same. Prints TAP.
 *
 *     compare XEN-SYMS
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "broken/set.h"
#include "broken/xen_syms.h"
#include "lib/loader.h"

static char said[65536];

static void keep(void *arg, enum loader_level level, const char *form,
                 const char *line)
{
    size_t at = strlen(said);

    (void)arg;
    (void)level;
    (void)form;
    snprintf(said + at, sizeof(said) - at, "# %s\n", line);
}

static const char *name_of(int error)
{
    return error ? strerrorname_np(-error) : "0";
}

static bool is_right(const struct broken_payload *row, int rc)
{
    return row->error == BROKEN_ANY
               ? rc <= 0
               : rc == row->error && strstr(said, row->says);
}

/* False: the loader's host is another one. */
static bool compare_row(struct loader *loader, unsigned int i)
{
    struct broken_payload row;
    bool passes;
    int rc;

    broken_make_row(i, &row);
    said[0] = '\0';
    rc = loader_load(loader, row.name, row.bytes, row.size);
    passes = is_right(&row, rc);
    printf("%sok %u - %s: %s\n", passes ? "" : "not ", i + 1, row.name,
           name_of(rc));
    if (!passes) {
        printf("# expected %s and '%s'\n%s",
               row.error == BROKEN_ANY ? "any" : name_of(row.error), row.says,
               said);
    }
    if (rc == 0 && loader_unload(loader, row.name)) {
        printf("# it cannot be unloaded\n");
        passes = false;
    }
    broken_discard(&row);
    return passes;
}

int main(int argc, char **argv)
{
    struct loader *loader;
    struct elf_file xen;
    bool passes = true;

    if (argc != 2 || !xen_syms_open(argv[1], &xen) ||
        loader_open(&xen, stderr, &loader)) {
        fprintf(stderr, "usage: compare XEN-SYMS\n");
        return 2;
    }
    loader_listen(loader, keep, NULL);
    printf("1..%u\n", broken_nr_rows());
    for (unsigned int i = 0; i < broken_nr_rows(); i++) {
        passes &= compare_row(loader, i);
    }
    loader_close(loader);
    return passes ? 0 : 1;
}
