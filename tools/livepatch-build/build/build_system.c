/* SPDX-License-Identifier: GPL-2.0 */
/* The table of build systems, and the environment that they build in. */
#include "build/build_system.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct build_system build_systems[] = {
    /* Xen, 4.12 and later. */
    {
        .mark = "xen/Kconfig",
        .build = {"make -C xen", "make -C xen"},
        .objects = {"xen", "xen"},
        .config = "xen/.config",
        .configure = "make -C xen olddefconfig",
        .clean = "make -C xen clean",
        .changeset = ".scmversion",
        .left_out = {"xen/include/generated", "xen/include/config", NULL},
    },
    /* xSplice. */
    {
        .mark = "xen/common/livepatch/registry.c",
        .build = {"make hypervisor ARCH=x86", NULL},
        .objects = {"build/x86/obj", NULL},
        .left_out = {"build", ".cache", NULL},
    },
    /* Any other tree with a makefile whose first target is the image. */
    {
        .mark = "Makefile",
        .build = {"make", "make"},
        .objects = {"", ""},
        .left_out = {NULL},
    },
};

#define NR(array) (sizeof(array) / sizeof(*(array)))

const struct build_system *find_build_system(const char *tree)
{
    for (size_t i = 0; i < NR(build_systems); i++) {
        char *mark = must_format("%s/%s", tree, build_systems[i].mark);
        bool is_there = access(mark, F_OK) == 0;

        free(mark);
        if (is_there) {
            return &build_systems[i];
        }
    }
    return NULL;
}

/* What an architecture is called by Xen's makefiles, by uname(1), and before
 * the names of its tools on other machines. */
static const struct {
    const char *name;
    const char *xen_name;
    const char *machine;
    const char *prefix;
} arches[NR_BUILD_ARCHES] = {
    [BUILD_ARCH_X86] = {"x86", "x86_64", "x86_64", "x86_64-linux-gnu-"},
    [BUILD_ARCH_ARM64] = {"arm64", "arm64", "aarch64", "aarch64-linux-gnu-"},
};

enum build_arch build_arch_of(const char *name)
{
    size_t arch = 0;

    while (arch < NR_BUILD_ARCHES && strcmp(arches[arch].name, name) != 0) {
        arch++;
    }
    return (enum build_arch)arch;
}

const char *build_arch_name(enum build_arch arch)
{
    return arches[arch].name;
}

/* Who, where and on what are three texts, as they are nearly everywhere, where
 * the image does not say what they were: a compiler keeps equal ones once. */
static const char *const pinned[] = {
    "LC_ALL=C",
    "TZ=UTC",
    "SOURCE_DATE_EPOCH=0",
    "XEN_BUILD_DATE=Thu Jan  1 00:00:00 UTC 1970",
    "XEN_BUILD_TIME=00:00:00",
    "XEN_BUILD_HOST=livepatch-build",
    "XEN_WHOAMI=builder",
    "XEN_DOMAIN=nowhere",
};

static const char *const kept[] = {
    /* where things are */
    "HOME",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    /* which tools */
    "CROSS_COMPILE",
    "PYTHON",
    "clang",
    "llvm",
    /* what a vendor builds with */
    "XEN_VENDORVERSION",
    "XEN_EXTRAVERSION",
    "XEN_CONFIG_EXPERT",
    "EXTRA_CFLAGS_XEN_CORE",
};

static const char *cross_prefix(enum build_arch arch)
{
    struct utsname here;

    return uname(&here) == 0 && strcmp(here.machine, arches[arch].machine) == 0
               ? ""
               : arches[arch].prefix;
}

static void add_value(struct text_list *environment, const char *name,
                      const char *value)
{
    text_list_take(environment, must_format("%s=%s", name, value));
}

const char *value_in(const struct text_list *environment, const char *name)
{
    size_t nr = strlen(name);

    for (size_t i = 0; i < environment->nr; i++) {
        const char *item = environment->items[i];

        if (strncmp(item, name, nr) == 0 && item[nr] == '=') {
            return item + nr + 1;
        }
    }
    return NULL;
}

/* Whether there is a value for the NAME of this NAME=VALUE. */
static bool is_set_in(const struct text_list *environment, const char *item)
{
    char *name = must_copy(item);
    bool is_set;

    name[strcspn(name, "=")] = '\0';
    is_set = value_in(environment, name) != NULL;
    free(name);
    return is_set;
}

void build_environment(enum build_arch arch, const struct text_list *origin,
                       const char *shims, const char *log,
                       struct text_list *environment)
{
    const char *path = getenv("PATH");

    for (size_t i = 0; i < origin->nr; i++) {
        text_list_add(environment, origin->items[i]);
    }
    for (size_t i = 0; i < NR(pinned); i++) {
        if (!is_set_in(environment, pinned[i])) {
            text_list_add(environment, pinned[i]);
        }
    }
    for (size_t i = 0; i < NR(kept); i++) {
        if (getenv(kept[i]) != NULL) {
            add_value(environment, kept[i], getenv(kept[i]));
        }
    }
    if (getenv("CROSS_COMPILE") == NULL) {
        add_value(environment, "CROSS_COMPILE", cross_prefix(arch));
    }
    add_value(environment, "XEN_TARGET_ARCH", arches[arch].xen_name);
    if (shims == NULL) {
        return;
    }
    text_list_take(environment,
                   must_format("PATH=%s:%s", shims,
                               path != NULL ? path : "/usr/bin:/bin"));
    add_value(environment, "LIVEPATCH_BUILD_SHIMS", shims);
    add_value(environment, "LIVEPATCH_BUILD_LOG", log);
}

char *usual_compiler(const struct text_list *environment)
{
    const char *clang = value_in(environment, "clang");
    const char *prefix = value_in(environment, "CROSS_COMPILE");

    return clang != NULL && strcmp(clang, "y") == 0
               ? must_copy("clang")
               : must_format("%sgcc", prefix != NULL ? prefix : "");
}
