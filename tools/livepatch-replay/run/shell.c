/* SPDX-License-Identifier: GPL-2.0 */
/* The machine of a replay, with nobody who listens or judges. */
#include "run/shell.h"

#include <stdlib.h>
#include <string.h>

#include "machine/child.h"
#include "machine/machine.h"

static bool complain(FILE *err, const char *what, const char *why)
{
    fprintf(err, "livepatch-replay: %s: %s\n", what, why);
    return false;
}

/* It may hold all of stdin, and no limit of time. */
static bool boot(const struct bench *bench, const char *folder,
                 const char *initramfs, FILE *err)
{
    char *kernel = must_format("%s/vmlinuz", bench->boot_folder);
    char *prefix = must_format("%s/machine", folder);
    struct machine machine;
    int rc = machine_start(
        &(struct machine_wanted){
            .kind = bench->kind,
            .hypervisor = bench->hypervisor,
            .kernel = kernel,
            .initramfs = initramfs,
            .accelerator = bench->accelerator,
            .cmdline = bench->cmdline,
            .prefix = prefix,
            .nr_cpus = bench->nr_cpus,
            .mib = bench->mib,
            .root = bench->root,
            .has_person = true,
        },
        &machine);
    int status = rc == 0 ? child_wait(machine.pid) : 0;

    free(kernel);
    free(prefix);
    if (rc != 0) {
        return complain(err, "QEMU", strerror(-rc));
    }
    if (status != 0) {
        fprintf(err, "livepatch-replay: QEMU ended with exit status %d\n",
                status);
    }
    return status == 0;
}

bool shell_run(const struct bench *bench, const struct lot *lot, FILE *err)
{
    char *initramfs = must_format("%s/initramfs", bench->folder);
    char *folder, *why;
    bool is_good;
    int rc = bench_make_folder(bench, USERLAND_SHELL, &folder);

    why = rc != 0
              ? must_copy(strerror(-rc))
              : userland_pack(bench, lot, folder, USERLAND_SHELL, initramfs);
    is_good = why == NULL ? boot(bench, folder, initramfs, err)
                          : complain(err, folder, why);
    free(folder);
    free(initramfs);
    free(why);
    return is_good;
}
