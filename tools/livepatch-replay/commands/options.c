/* SPDX-License-Identifier: GPL-2.0 */
/* The table of options, and which of them go together. */
#include "commands/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/option_rows.h"

#define PROGRAM "livepatch-replay"
#define MEMBER(name) offsetof(struct options, name)

static const struct option_row rows[] = {
    {"hypervisor", 'x', OPTION_TEXT, MEMBER(hypervisor), 0, 0, "FILE",
     "the image that is booted, xen.gz, or a Debian package of it"},
    {"xen-syms", 0, OPTION_TEXT, MEMBER(xen_syms), 0, 0, "FILE",
     "its symbols: verify has them looked up, a hang is told by name"},
    {"kernel", 0, OPTION_TEXT, MEMBER(kernel), 0, 0, "FILE",
     "dom0's kernel, or a Debian package of it; apt's if it is not given"},
    {"initrd-modules", 0, OPTION_TEXT, MEMBER(modules), 0, 0, "DIR",
     "where that kernel's xen-privcmd.ko lies; none: it is built in"},
    {"arch", 0, OPTION_TEXT, MEMBER(arch), 0, 0, "ARCH",
     "x86 or arm64; told from the hypervisor if it is not given"},
    {"cpus", 'c', OPTION_NUMBER, MEMBER(nr_cpus), 1, 64, "N",
     "how many CPUs the machine has; 2"},
    {"memory", 'm', OPTION_TEXT, MEMBER(memory), 0, 0, "SIZE",
     "how much memory, such as 1024M or 2G; 1G"},
    {"accel", 0, OPTION_TEXT, MEMBER(accelerator), 0, 0, "HOW",
     "kvm, tcg, or auto: kvm where it can be had; auto"},
    {"cmdline", 0, OPTION_TEXT, MEMBER(cmdline), 0, 0, "TEXT",
     "options for the hypervisor's command line"},
    {"stack", 0, OPTION_LIST, MEMBER(stack), 0, 0, "PAYLOAD",
     "is applied before; again for further ones, in order"},
    {"replace", 0, OPTION_FLAG, MEMBER(is_replace), 0, 0, NULL,
     "apply by replacing all that is applied"},
    {"check", 0, OPTION_TEXT, MEMBER(check), 0, 0, "SCRIPT",
     "says in dom0 whether all is as it should: before, after, reverted"},
    {"file", 0, OPTION_LIST, MEMBER(files), 0, 0, "FILE",
     "lies beside the check in dom0; again for further ones"},
    {"cycles", 0, OPTION_NUMBER, MEMBER(nr_cycles), 0, 1000000, "N",
     "how often it is applied and reverted under load; 10"},
    {"timeout", 0, OPTION_NUMBER, MEMBER(seconds), 1, 86400, "SECONDS",
     "for one boot and all of its steps; 600"},
    {"step-timeout", 0, OPTION_NUMBER, MEMBER(step_seconds), 1, 86400,
     "SECONDS", "without a word from dom0, twice that to boot; 120"},
    {"stop-limit", 0, OPTION_NUMBER, MEMBER(stop_limit_ms), 1, 60000,
     "MILLISECONDS", "no stop of the CPUs may take longer; no limit"},
    {"root", 0, OPTION_TEXT, MEMBER(root), 0, 0, "DISK",
     "with a Debian that dom0 runs, in place of busybox; stays as it is"},
    {"shell", 0, OPTION_FLAG, MEMBER(wants_shell), 0, 0, NULL,
     "in place of the steps: a shell in dom0, with everything in place"},
    {"matrix", 0, OPTION_TEXT, MEMBER(matrix), 0, 0, "FILE",
     "a line for each run: options and payloads, on top of these"},
    {"jobs", 'j', OPTION_NUMBER, MEMBER(nr_jobs), 1, 256, "N",
     "so many lines of it at a time; 1"},
    {"artifacts", 0, OPTION_TEXT, MEMBER(artifacts), 0, 0, "DIR",
     "keep consoles and logs there, also when all went well"},
    {"junit", 0, OPTION_TEXT, MEMBER(junit), 0, 0, "FILE",
     "write the report as JUnit XML"},
    {"html", 0, OPTION_TEXT, MEMBER(html), 0, 0, "FILE",
     "write the report as a page for a browser"},
    {"tap", 0, OPTION_FLAG, MEMBER(wants_tap), 0, 0, NULL,
     "print the report as TAP"},
    {"json", 0, OPTION_FLAG, MEMBER(wants_json), 0, 0, NULL,
     "print the report as one JSON object"},
    {"quiet", 'q', OPTION_FLAG, MEMBER(is_quiet), 0, 0, NULL,
     "print nothing but errors"},
    {"help", 'h', OPTION_FLAG, MEMBER(wants_help), 0, 0, NULL, "this text"},
    {"version", 'V', OPTION_FLAG, MEMBER(wants_version), 0, 0, NULL,
     "the version"},
};

static const struct option_table table = {PROGRAM, rows,
                                          sizeof(rows) / sizeof(*rows), 26};

struct options options_new(void)
{
    return (struct options){.nr_cpus = 2,
                            .memory = "1G",
                            .accelerator = "auto",
                            .cmdline = "",
                            .nr_cycles = 10,
                            .nr_jobs = 1,
                            .seconds = 600,
                            .step_seconds = 120};
}

void options_free(struct options *options)
{
    text_list_free(&options->stack);
    text_list_free(&options->files);
    text_list_free(&options->payloads);
}

/* "1024M", "2G": at least 256 MiB, which dom0 alone wants. */
static int parse_memory(struct options *options, FILE *err)
{
    char *end = NULL;
    unsigned long number = strtoul(options->memory, &end, 10);

    if (strcmp(end, "G") == 0 && number <= 1024) {
        number *= 1024;
    } else if (strcmp(end, "M") != 0) {
        number = 0;
    }
    if (number < 256 || number > 1024UL * 1024) {
        fprintf(err,
                PROGRAM ": --memory %s: not a size from 256M on, such as "
                        "1024M or 2G\n",
                options->memory);
        return -EINVAL;
    }
    options->mib = (unsigned int)number;
    return 0;
}

static bool is_one_of(const char *text, const char *const words[])
{
    while (*words != NULL && strcmp(*words, text) != 0) {
        words++;
    }
    return *words != NULL;
}

static int complain(FILE *err, const char *message)
{
    fprintf(err, PROGRAM ": %s\n", message);
    return -EINVAL;
}

/* In a form that somebody has to ask for. */
static bool wants_report(const struct options *options)
{
    return options->junit != NULL || options->html != NULL ||
           options->wants_tap || options->wants_json || options->is_quiet;
}

static int check_together(const struct options *options, FILE *err)
{
    static const char *const accelerators[] = {"kvm", "tcg", "auto", NULL};
    static const char *const machines[] = {"x86", "arm64", NULL};

    if (!is_one_of(options->accelerator, accelerators)) {
        return complain(err, "--accel is none of kvm, tcg, auto");
    }
    if (options->arch != NULL && !is_one_of(options->arch, machines)) {
        return complain(err, "--arch is neither x86 nor arm64");
    }
    if (options->matrix == NULL && options->hypervisor == NULL) {
        return complain(err, "--hypervisor FILE is missing");
    }
    if (options->matrix == NULL && options->payloads.nr == 0 &&
        !options->wants_shell) {
        return complain(err, "no payload is given");
    }
    if (options->wants_shell &&
        (options->matrix != NULL || wants_report(options))) {
        return complain(err, "--shell is for a person: there are no steps to "
                             "report, and no lines of a --matrix");
    }
    if (options->matrix != NULL && options->payloads.nr > 0) {
        return complain(err, "with --matrix its lines name the payloads");
    }
    if (options->files.nr > 0 && options->check == NULL) {
        return complain(err, "--file is for a check; --check is missing");
    }
    if (options->modules != NULL && options->kernel == NULL) {
        return complain(err, "--initrd-modules is for a --kernel");
    }
    if (options->wants_tap && options->wants_json) {
        return complain(err, "--tap and --json both want standard output");
    }
    return 0;
}

int options_parse(struct options *options, char **argv, FILE *err)
{
    int rc = option_rows_parse(&table, options, &options->payloads, argv, err);

    if (rc != 0 || options->wants_help || options->wants_version) {
        return rc;
    }
    rc = parse_memory(options, err);
    return rc != 0 ? rc : check_together(options, err);
}

static struct text_list copy_list(const struct text_list *list)
{
    struct text_list copy = {0};

    for (size_t i = 0; i < list->nr; i++) {
        text_list_add(&copy, list->items[i]);
    }
    return copy;
}

struct options options_for_line(const struct options *options)
{
    struct options line = *options;

    line.stack = copy_list(&options->stack);
    line.files = copy_list(&options->files);
    line.payloads = (struct text_list){0};
    line.matrix = line.junit = line.html = NULL;
    line.wants_tap = line.wants_json = line.is_quiet = false;
    line.nr_jobs = 0;
    return line;
}

int options_check_line(const struct options *line, FILE *err)
{
    if (line->matrix != NULL || wants_report(line) || line->nr_jobs != 0 ||
        line->wants_shell || line->wants_help || line->wants_version) {
        return complain(err, "a line of a matrix says what is replayed, and "
                             "nothing of how it is told");
    }
    return 0;
}

void options_print_help(FILE *out)
{
    fputs("usage: " PROGRAM " --hypervisor FILE [OPTION...] PAYLOAD...\n"
          "       " PROGRAM " --matrix FILE [-j N] [OPTION...]\n"
          "       " PROGRAM " --shell --hypervisor FILE [OPTION...] "
          "[PAYLOAD...]\n\n"
          "Boots the hypervisor in QEMU and says whether each payload loads, "
          "works, goes\naway again, and stands load.\n\n",
          out);
    option_rows_print_help(&table, out);
    fputs("\nExit status: 0 all passed, 1 a payload failed, 2 wrong use, 3 the "
          "machine or\nthe hypervisor failed, which says nothing of a "
          "payload.\n",
          out);
}
