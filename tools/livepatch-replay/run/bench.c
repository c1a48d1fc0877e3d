/* SPDX-License-Identifier: GPL-2.0 */
/* The scratch folder and what is put into it before anything boots. */
#include "run/bench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "console/follow.h"
#include "input/hypervisor.h"
#include "machine/child.h"
#include "machine/folder.h"
#include "machine/parts.h"

static bool complain(FILE *err, const char *what, const char *why)
{
    fprintf(err, "livepatch-replay: %s: %s\n", what, why);
    return false;
}

/* What a part cannot do, it says itself. */
static bool run_part(const char *part, const char *const words[])
{
    const char *argv[8] = {NULL};
    char *path = parts_path(part);
    int status;

    argv[0] = path;
    for (size_t i = 0; i < 6 && words[i] != NULL; i++) {
        argv[i + 1] = words[i];
    }
    status = child_run(argv, NULL);
    free(path);
    return status == 0;
}

static bool take_hypervisor(struct bench *bench, FILE *err)
{
    const char *file = bench->hypervisor_file;
    struct hypervisor_image image = {0};
    int rc;

    bench->hypervisor = must_format("%s/hypervisor", bench->folder);
    if (!run_part("hypervisor",
                  (const char *const[]){file, bench->hypervisor, NULL})) {
        return false;
    }
    rc = hypervisor_look_at(bench->hypervisor, &image);
    if (rc != 0) {
        return complain(err, file, strerror(-rc));
    }
    if (strcmp(bench->arch != NULL ? bench->arch : image.arch, image.arch) !=
        0) {
        return complain(err, file, "is for another machine than --arch says");
    }
    if (strcmp(image.arch, "x86") != 0) {
        return complain(err, file,
                        "is for arm64, which cannot be replayed yet: there is "
                        "no machine for it here");
    }
    if (image.kind == NULL) {
        return complain(err, file,
                        "is no hypervisor that is known here: neither xSplice "
                        "nor Xen says its name in it");
    }
    bench->kind = image.kind;
    return true;
}

/* The harness has to try: it says "kvm" or "tcg". */
static void choose_accelerator(struct bench *bench)
{
    char *part = parts_path("accelerator");
    char *output = must_format("%s/accelerator", bench->folder);
    struct follower said = follow(output);
    char *word;

    if (strcmp(bench->accelerator, "auto") == 0) {
        child_run((const char *const[]){part, bench->kind, NULL}, output);
        word = follow_line(&said);
        bench->accelerator =
            word != NULL && strcmp(word, "kvm") == 0 ? "kvm" : "tcg";
        free(word);
    }
    follow_end(&said);
    free(part);
    free(output);
}

static bool take_kernel(struct bench *bench)
{
    const char *kernel = bench->kernel;
    const char *modules = bench->modules != NULL ? bench->modules : "";
    char *cache = parts_cache();
    char *busybox = must_format("%s/busybox", cache);
    bool is_there = run_part(
        "fetch", (const char *const[]){
                     cache, kernel != NULL ? "without-kernel" : NULL, NULL});

    if (is_there && kernel != NULL) {
        bench->boot_folder = must_format("%s/boot", bench->folder);
        is_there =
            run_part("kernel", (const char *const[]){kernel, modules, busybox,
                                                     bench->boot_folder, NULL});
    } else {
        bench->boot_folder = must_format("%s/boot", cache);
    }
    free(busybox);
    free(cache);
    return is_there;
}

bool bench_set_up(struct bench *bench, FILE *err)
{
    char *path = parts_path("faults");

    bench->faults = faults_read(path, err);
    free(path);
    if (bench->faults == NULL) {
        return false;
    }
    bench->folder = folder_make_scratch(err);
    if (bench->root != NULL && access(bench->root, R_OK) != 0) {
        return complain(err, bench->root, strerror(errno));
    }
    if (bench->folder == NULL || !take_hypervisor(bench, err) ||
        !take_kernel(bench)) {
        return false;
    }
    choose_accelerator(bench);
    return true;
}

int bench_make_folder(const struct bench *bench, const char *name,
                      char **folder)
{
    bool is_kept = bench->artifacts != NULL;

    *folder =
        must_format("%s/%s", is_kept ? bench->artifacts : bench->folder, name);
    if (is_kept) {
        folder_remove(*folder);
        if (mkdir(bench->artifacts, 0777) != 0 && errno != EEXIST) {
            return -errno;
        }
    }
    return mkdir(*folder, 0777) == 0 ? 0 : -errno;
}

void bench_close(struct bench *bench)
{
    if (bench->folder != NULL) {
        folder_remove(bench->folder);
    }
    faults_free(bench->faults);
    free(bench->folder);
    free(bench->hypervisor);
    free(bench->boot_folder);
}
