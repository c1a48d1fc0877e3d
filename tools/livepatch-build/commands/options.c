/* SPDX-License-Identifier: GPL-2.0 */
/* The table of options, and which of them go together. */
#include "commands/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "build/build_system.h"
#include "lib/option_rows.h"

#define PROGRAM "livepatch-build"
#define MEMBER(name) offsetof(struct options, name)

static const struct option_row rows[] = {
    {"source", 0, OPTION_TEXT, MEMBER(source), 0, 0, "DIR",
     "the source tree; only read"},
    {"patch", 'p', OPTION_LIST, MEMBER(patches), 0, 0, "FILE",
     "the change, as git diff has it; again for further ones, in order"},
    {"pristine", 0, OPTION_LIST, MEMBER(pristine), 0, 0, "FILE",
     "a patch that the tree gets before it is built without the change, too"},
    {"config", 0, OPTION_TEXT, MEMBER(config), 0, 0, "FILE",
     "the configuration, in place of the tree's own .config"},
    {"build-cmd", 0, OPTION_TEXT, MEMBER(build_cmd), 0, 0, "CMD",
     "builds the tree, in its folder, by a shell"},
    {"arch", 0, OPTION_TEXT, MEMBER(arch), 0, 0, "ARCH",
     "x86 or arm64; this machine's if it is not given"},
    {"jobs", 'j', OPTION_NUMBER, MEMBER(nr_jobs), 1, 4096, "N",
     "compile so many files at a time; as many as there are CPUs"},
    {"cache", 0, OPTION_TEXT, MEMBER(cache), 0, 0, "DIR",
     "keep the build without the change there, for the next one"},
    {"unused-for", 0, OPTION_NUMBER, MEMBER(unused_for), 0,
     OPTION_NO_AMOUNT - 1, "DAYS",
     "of cache: remove the builds that were not used for so long"},
    {"down-to", 0, OPTION_NUMBER, MEMBER(down_to), 0, OPTION_NO_AMOUNT - 1,
     "MIB",
     "of cache: remove those not used for longest, until so much is left"},
    {"keep", 0, OPTION_TEXT, MEMBER(keep), 0, 0, "DIR",
     "put the objects that differ and the build's words there"},
    {"xen-syms", 0, OPTION_TEXT, MEMBER(xen_syms), 0, 0, "FILE",
     "the hypervisor that runs, as it was linked, with symbols"},
    {"base", 0, OPTION_LIST, MEMBER(bases), 0, 0, "DIR",
     "a tree with what belongs to it, in place of --source; more may follow"},
    {"output", 'o', OPTION_TEXT, MEMBER(output), 0, 0, "FILE",
     "the payload; with --base the folder for BUILD-ID/NAME.livepatch"},
    {"depends", 0, OPTION_TEXT, MEMBER(depends), 0, 0, "WHAT",
     "what has to be below it: a build-id, a payload's file, xen-syms"},
    {"xen-depends", 0, OPTION_TEXT, MEMBER(xen_depends), 0, 0, "WHAT",
     "which hypervisor it is for, likewise"},
    {"name", 0, OPTION_TEXT, MEMBER(name), 0, 0, "NAME",
     "as which it is tried; its file's name if it is not given"},
    {"key", 0, OPTION_TEXT, MEMBER(key), 0, 0, "FILE",
     "sign the payload by the private key in FILE (PEM)"},
    {"metadata", 0, OPTION_LIST, MEMBER(metadata), 0, 0, "KEY=VALUE",
     "a line that the payload carries; again for further ones"},
    {"ignore-init", 0, OPTION_FLAG, MEMBER(ignores_init), 0, 0, NULL,
     "leave out what runs only while the hypervisor starts"},
    {"replace-base", 0, OPTION_FLAG, MEMBER(wants_replace), 0, 0, NULL,
     "to be put in the place of all payloads, by xen-livepatch replace"},
    {"expect", 0, OPTION_FLAG, MEMBER(wants_expectations), 0, 0, NULL,
     "apply it only where old functions begin as they were built"},
    {"writable-funcs", 0, OPTION_FLAG, MEMBER(wants_writable_funcs), 0, 0, NULL,
     "entries as Xen before 4.17.3 and 4.18.1 needs them, wherever"},
    {"accept-layout", 0, OPTION_LIST, MEMBER(accepted_layouts), 0, 0, "TYPE",
     "nothing of this type, which the patch lays out anew, exists"},
    {"explain", 0, OPTION_FLAG, MEMBER(wants_explain), 0, 0, NULL,
     "tell why each function goes in, and what was ignored"},
    {"json", 0, OPTION_FLAG, MEMBER(wants_json), 0, 0, NULL,
     "the result as one JSON object"},
    {"help", 'h', OPTION_FLAG, MEMBER(wants_help), 0, 0, NULL, "this text"},
    {"version", 'V', OPTION_FLAG, MEMBER(wants_version), 0, 0, NULL,
     "the version"},
    {"table", 0, OPTION_FLAG, MEMBER(wants_table), 0, 0, NULL,
     "verbs, options and words, for the completion of command lines"},
};

static const struct option_table table = {PROGRAM, rows,
                                          sizeof(rows) / sizeof(*rows), 22};

/* Those that a base may have its own of (commands/base.h). */
static const char *const of_base[] = {
    "source",      "patch",          "pristine",      "config",
    "build-cmd",   "arch",           "xen-syms",      "depends",
    "xen-depends", "metadata",       "ignore-init",   "replace-base",
    "expect",      "writable-funcs", "accept-layout",
};

struct options options_new(void)
{
    struct utsname here;
    long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);
    bool is_arm = uname(&here) == 0 && strcmp(here.machine, "aarch64") == 0;

    return (struct options){.arch = is_arm ? "arm64" : "x86",
                            .nr_jobs = nr_cpus > 0 ? (unsigned int)nr_cpus : 1,
                            .unused_for = OPTION_NO_AMOUNT,
                            .down_to = OPTION_NO_AMOUNT};
}

void options_free(struct options *options)
{
    text_list_free(&options->bases);
    text_list_free(&options->patches);
    text_list_free(&options->pristine);
    text_list_free(&options->metadata);
    text_list_free(&options->accepted_layouts);
    text_list_free(&options->operands);
}

static bool is_of_base(const char *name)
{
    for (size_t i = 0; i < sizeof(of_base) / sizeof(*of_base); i++) {
        if (strcmp(of_base[i], name) == 0) {
            return true;
        }
    }
    return false;
}

int options_set_of_base(struct options *options, const char *name,
                        const char *value, FILE *err)
{
    const struct option_row *row = option_rows_find(&table, name);

    if (row == NULL || !is_of_base(name)) {
        fprintf(err, PROGRAM ": %s: no option that a base may have\n", name);
        return -EINVAL;
    }
    if ((row->kind == OPTION_FLAG) != (value[0] == '\0')) {
        fprintf(err, PROGRAM ": %s: %s\n", name,
                value[0] ? "takes no value" : "a value is missing");
        return -EINVAL;
    }
    return option_rows_store(&table, row, options, value, err);
}

enum option_path options_path_kind(const char *name)
{
    const struct option_row *row = option_rows_find(&table, name);
    const char *value = row != NULL ? row->value : NULL;

    if (value == NULL) {
        return OPTION_IS_NO_PATH;
    }
    return strcmp(value, "FILE") == 0 || strcmp(value, "DIR") == 0
               ? OPTION_IS_PATH
           : strcmp(value, "WHAT") == 0 ? OPTION_MAY_BE_PATH
                                        : OPTION_IS_NO_PATH;
}

/* Options that say two things about one matter. */
static const struct {
    const char *one, *other, *why;
} contradictions[] = {
    {"replace-base", "depends",
     "what is put in the place of all payloads lies on the hypervisor itself"},
    {"base", "source", "each base has its own"},
    {"base", "config", "each base has its own"},
    {"base", "xen-syms", "each base has its own"},
    {"base", "depends", "each base has its own"},
    {"base", "xen-depends", "each base has its own"},
};

static bool is_given(const struct options *options, const char *name)
{
    const struct option_row *row = option_rows_find(&table, name);
    const void *member = (const char *)options + row->offset;

    switch (row->kind) {
    case OPTION_FLAG:
        return *(const bool *)member;
    case OPTION_TEXT:
        return *(const char *const *)member != NULL;
    case OPTION_LIST:
        return ((const struct text_list *)member)->nr > 0;
    case OPTION_NUMBER:
        break; /* it has a value in any case */
    }
    return false;
}

int options_check(const struct options *options, FILE *err)
{
    for (size_t i = 0; i < sizeof(contradictions) / sizeof(*contradictions);
         i++) {
        const char *one = contradictions[i].one;
        const char *other = contradictions[i].other;

        if (is_given(options, one) && is_given(options, other)) {
            fprintf(err, PROGRAM ": --%s and --%s: %s\n", one, other,
                    contradictions[i].why);
            return -EINVAL;
        }
    }
    return 0;
}

int options_parse(struct options *options, char **argv, FILE *err)
{
    int rc = option_rows_parse(&table, options, &options->operands, argv, err);

    return rc == 0 ? options_check(options, err) : rc;
}

void options_print_help(FILE *out)
{
    option_rows_print_help(&table, out);
}

/* What an option's value is, for the completion. */
static const char *word_kind(const char *value)
{
    static const struct {
        const char *value, *kind;
    } kinds[] = {{"DIR", "folder"},
                 {"FILE", "file"},
                 {"ARCH", "arch"},
                 {"WHAT", "build_id_or_file"}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strcmp(kinds[i].value, value) == 0) {
            return kinds[i].kind;
        }
    }
    return "text";
}

static void print_table_row(const char *dashes, const char *name,
                            const char *value, FILE *out)
{
    fprintf(out, "option %s%s%s%s\n", dashes, name, value ? " " : "",
            value ? word_kind(value) : "");
}

void options_print_table(FILE *out)
{
    for (size_t i = 0; i < table.nr; i++) {
        const char brief[2] = {rows[i].brief, '\0'};

        if (rows[i].brief != 0) {
            print_table_row("-", brief, rows[i].value, out);
        }
        print_table_row("--", rows[i].name, rows[i].value, out);
    }
    for (int arch = 0; arch < NR_BUILD_ARCHES; arch++) {
        fprintf(out, "word arch %s\n", build_arch_name((enum build_arch)arch));
    }
    fputs("word build_id_or_file xen-syms\n", out);
}
