/* SPDX-License-Identifier: GPL-2.0 */
/* The table of options, and getopt_long(3) driven by it. */
#include "commands/options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "build/build_system.h"

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_LIST,   /* struct text_list: may be given more than once */
    OPTION_NUMBER, /* unsigned int, from 1 to 4096 */
    OPTION_AMOUNT, /* unsigned int, from 0; OPTION_NO_AMOUNT: not given */
};

struct option_row {
    const char *name;
    char brief; /* 'j' for -j; 0: none */
    enum option_kind kind;
    size_t offset;     /* of its member */
    const char *value; /* the value's word in the help: DIR and FILE are paths,
                          WHAT may be one */
    const char *help;
    bool is_of_base; /* a base may have its own (commands/base.h) */
};

#define MEMBER(name) offsetof(struct options, name)

static const struct option_row rows[] = {
    {"source", 0, OPTION_TEXT, MEMBER(source), "DIR",
     "the source tree; only read", true},
    {"patch", 'p', OPTION_LIST, MEMBER(patches), "FILE",
     "the change, as git diff has it; again for further ones, in order", true},
    {"pristine", 0, OPTION_LIST, MEMBER(pristine), "FILE",
     "a patch that the tree gets before it is built without the change, too",
     true},
    {"config", 0, OPTION_TEXT, MEMBER(config), "FILE",
     "the configuration, in place of the tree's own .config", true},
    {"build-cmd", 0, OPTION_TEXT, MEMBER(build_cmd), "CMD",
     "builds the tree, in its folder, by a shell", true},
    {"arch", 0, OPTION_TEXT, MEMBER(arch), "ARCH",
     "x86 or arm64; this machine's if it is not given", true},
    {"jobs", 'j', OPTION_NUMBER, MEMBER(nr_jobs), "N",
     "compile so many files at a time; as many as there are CPUs", false},
    {"cache", 0, OPTION_TEXT, MEMBER(cache), "DIR",
     "keep the build without the change there, for the next one", false},
    {"unused-for", 0, OPTION_AMOUNT, MEMBER(unused_for), "DAYS",
     "of cache: remove the builds that were not used for so long", false},
    {"down-to", 0, OPTION_AMOUNT, MEMBER(down_to), "MIB",
     "of cache: remove those not used for longest, until so much is left",
     false},
    {"keep", 0, OPTION_TEXT, MEMBER(keep), "DIR",
     "put the objects that differ and the build's words there", false},
    {"xen-syms", 0, OPTION_TEXT, MEMBER(xen_syms), "FILE",
     "the hypervisor that runs, as it was linked, with symbols", true},
    {"base", 0, OPTION_LIST, MEMBER(bases), "DIR",
     "a tree with what belongs to it, in place of --source; more may follow",
     false},
    {"output", 'o', OPTION_TEXT, MEMBER(output), "FILE",
     "the payload; with --base the folder for BUILD-ID/NAME.livepatch", false},
    {"depends", 0, OPTION_TEXT, MEMBER(depends), "WHAT",
     "what has to be below it: a build-id, a payload's file, xen-syms", true},
    {"xen-depends", 0, OPTION_TEXT, MEMBER(xen_depends), "WHAT",
     "which hypervisor it is for, likewise", true},
    {"name", 0, OPTION_TEXT, MEMBER(name), "NAME",
     "as which it is tried; its file's name if it is not given", false},
    {"metadata", 0, OPTION_LIST, MEMBER(metadata), "KEY=VALUE",
     "a line that the payload carries; again for further ones", true},
    {"ignore-init", 0, OPTION_FLAG, MEMBER(ignores_init), NULL,
     "leave out what runs only while the hypervisor starts", true},
    {"replace-base", 0, OPTION_FLAG, MEMBER(wants_replace), NULL,
     "to be put in the place of all payloads, by xen-livepatch replace", true},
    {"expect", 0, OPTION_FLAG, MEMBER(wants_expectations), NULL,
     "apply it only where old functions begin as they were built", true},
    {"writable-funcs", 0, OPTION_FLAG, MEMBER(wants_writable_funcs), NULL,
     "entries as Xen before 4.17.3 and 4.18.1 needs them, wherever", true},
    {"accept-layout", 0, OPTION_LIST, MEMBER(accepted_layouts), "TYPE",
     "nothing of this type, which the patch lays out anew, exists", true},
    {"explain", 0, OPTION_FLAG, MEMBER(wants_explain), NULL,
     "tell why each function goes in, and what was ignored", false},
    {"json", 0, OPTION_FLAG, MEMBER(wants_json), NULL,
     "the result as one JSON object", false},
    {"help", 'h', OPTION_FLAG, MEMBER(wants_help), NULL, "this text", false},
    {"version", 'V', OPTION_FLAG, MEMBER(wants_version), NULL, "the version",
     false},
    {"table", 0, OPTION_FLAG, MEMBER(wants_table), NULL,
     "verbs, options and words, for the completion of command lines", false},
};

#define NR_ROWS (sizeof(rows) / sizeof(*rows))
#define FIRST_LONG 256 /* values of getopt_long() behind those of letters */

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

static int store_number(const struct option_row *row, const char *value,
                        unsigned int *member, FILE *err)
{
    const unsigned long least = row->kind == OPTION_NUMBER ? 1 : 0;
    const unsigned long most =
        row->kind == OPTION_NUMBER ? 4096 : OPTION_NO_AMOUNT - 1;
    char *end = NULL;
    const unsigned long number = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end != '\0' || number < least ||
        number > most) {
        fprintf(err, "livepatch-build: --%s %s: not a number from %lu to %lu\n",
                row->name, value, least, most);
        return -EINVAL;
    }
    *member = (unsigned int)number;
    return 0;
}

static int store(struct options *options, const struct option_row *row,
                 const char *value, FILE *err)
{
    void *member = (char *)options + row->offset;

    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return 0;
    case OPTION_TEXT:
        *(const char **)member = value;
        return 0;
    case OPTION_LIST:
        text_list_add(member, value);
        return 0;
    case OPTION_NUMBER:
    case OPTION_AMOUNT:
        return store_number(row, value, member, err);
    }
    return -EINVAL;
}

int options_set_of_base(struct options *options, const char *name,
                        const char *value, FILE *err)
{
    for (size_t i = 0; i < NR_ROWS; i++) {
        if (strcmp(rows[i].name, name) != 0 || !rows[i].is_of_base) {
            continue;
        }
        if ((rows[i].kind == OPTION_FLAG) != (value[0] == '\0')) {
            fprintf(err, "livepatch-build: %s: %s\n", name,
                    value[0] ? "takes no value" : "a value is missing");
            return -EINVAL;
        }
        return store(options, &rows[i], value, err);
    }
    fprintf(err, "livepatch-build: %s: no option that a base may have\n", name);
    return -EINVAL;
}

enum option_path options_path_kind(const char *name)
{
    for (size_t i = 0; i < NR_ROWS; i++) {
        const char *value = rows[i].value;

        if (strcmp(rows[i].name, name) == 0 && value != NULL) {
            return strcmp(value, "FILE") == 0 || strcmp(value, "DIR") == 0
                       ? OPTION_IS_PATH
                   : strcmp(value, "WHAT") == 0 ? OPTION_MAY_BE_PATH
                                                : OPTION_IS_NO_PATH;
        }
    }
    return OPTION_IS_NO_PATH;
}

/* The rows as getopt_long() wants them. */
static void make_tables(struct option longs[NR_ROWS + 1],
                        char shorts[2 * NR_ROWS + 2])
{
    char *at = shorts;

    *at++ = ':'; /* complaints are ours */
    for (size_t i = 0; i < NR_ROWS; i++) {
        int has_value =
            rows[i].kind == OPTION_FLAG ? no_argument : required_argument;

        longs[i] =
            (struct option){rows[i].name, has_value, NULL, FIRST_LONG + (int)i};
        if (rows[i].brief != 0) {
            *at++ = rows[i].brief;
            if (has_value == required_argument) {
                *at++ = ':';
            }
        }
    }
    longs[NR_ROWS] = (struct option){0};
    *at = '\0';
}

static const struct option_row *row_of(int found)
{
    for (size_t i = 0; i < NR_ROWS; i++) {
        if (found == FIRST_LONG + (int)i ||
            (rows[i].brief != 0 && found == rows[i].brief)) {
            return &rows[i];
        }
    }
    return NULL;
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
    for (size_t i = 0; i < NR_ROWS; i++) {
        const void *member = (const char *)options + rows[i].offset;

        if (strcmp(rows[i].name, name) != 0) {
            continue;
        }
        switch (rows[i].kind) {
        case OPTION_FLAG:
            return *(const bool *)member;
        case OPTION_TEXT:
            return *(const char *const *)member != NULL;
        case OPTION_LIST:
            return ((const struct text_list *)member)->nr > 0;
        case OPTION_NUMBER:
            return false; /* it has a value in any case */
        case OPTION_AMOUNT:
            return *(const unsigned int *)member != OPTION_NO_AMOUNT;
        }
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
            fprintf(err, "livepatch-build: --%s and --%s: %s\n", one, other,
                    contradictions[i].why);
            return -EINVAL;
        }
    }
    return 0;
}

int options_parse(struct options *options, int argc, char **argv, FILE *err)
{
    struct option longs[NR_ROWS + 1];
    char shorts[2 * NR_ROWS + 2];
    int found, rc = 0;

    make_tables(longs, shorts);
    optind = 0; /* begin anew */
    opterr = 0;
    while (rc == 0 &&
           (found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct option_row *row = row_of(found);

        if (row == NULL) {
            fprintf(err, "livepatch-build: %s: %s (--help has them all)\n",
                    argv[optind - 1],
                    found == ':' ? "a value is missing behind this option"
                                 : "no such option, or it is cut too short");
            return -EINVAL;
        }
        rc = store(options, row, optarg, err);
    }
    for (int i = optind; rc == 0 && i < argc; i++) {
        text_list_add(&options->operands, argv[i]);
    }
    return rc == 0 ? options_check(options, err) : rc;
}

void options_print_help(FILE *out)
{
    for (size_t i = 0; i < NR_ROWS; i++) {
        char left[40];
        char brief[5] = "    ";

        if (rows[i].brief != 0) {
            snprintf(brief, sizeof(brief), "-%c, ", rows[i].brief);
        }
        snprintf(left, sizeof(left), "%s--%s%s%s", brief, rows[i].name,
                 rows[i].value != NULL ? " " : "",
                 rows[i].value != NULL ? rows[i].value : "");
        fprintf(out, "  %-22s %s\n", left, rows[i].help);
    }
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
    for (size_t i = 0; i < NR_ROWS; i++) {
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
