/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading command lines of tools. For each kind a table says which options have
 * a word of their own behind them, so that such a word is not taken for an
 * input; each other word without a dash is one.
 */
#include "build/tool_call.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* NAME, or PREFIX-NAME; -VERSION behind either was cut off. */
static const struct {
    const char *name;
    enum tool_kind kind;
} tool_names[] = {
    {"gcc", TOOL_COMPILER},  {"cc", TOOL_COMPILER},   {"clang", TOOL_COMPILER},
    {"ld", TOOL_LINKER},     {"ld.bfd", TOOL_LINKER}, {"ld.gold", TOOL_LINKER},
    {"ld.lld", TOOL_LINKER}, {"lld", TOOL_LINKER},    {"objcopy", TOOL_OBJCOPY},
    {"ar", TOOL_ARCHIVER},
};

static size_t length_without_version(const char *name)
{
    size_t nr = strlen(name), end = nr;

    while (end > 0 &&
           (isdigit((unsigned char)name[end - 1]) || name[end - 1] == '.')) {
        end--;
    }
    return end < nr && end > 1 && name[end - 1] == '-' ? end - 1 : nr;
}

enum tool_kind tool_kind_of(const char *name)
{
    size_t nr = length_without_version(name);

    for (size_t i = 0; i < sizeof(tool_names) / sizeof(*tool_names); i++) {
        size_t own = strlen(tool_names[i].name);

        if (own <= nr &&
            memcmp(name + nr - own, tool_names[i].name, own) == 0 &&
            (own == nr || name[nr - own - 1] == '-')) {
            return tool_names[i].kind;
        }
    }
    return TOOL_NONE;
}

/* Options that have a word behind them; each list ends with NULL. */
static const char *const compiler_options[] = {"-o",
                                               "-x",
                                               "-include",
                                               "-imacros",
                                               "-I",
                                               "-D",
                                               "-U",
                                               "-L",
                                               "-l",
                                               "-T",
                                               "-u",
                                               "-z",
                                               "-e",
                                               "-MF",
                                               "-MQ",
                                               "-MT",
                                               "-isystem",
                                               "-iquote",
                                               "-idirafter",
                                               "-iprefix",
                                               "-isysroot",
                                               "-Xlinker",
                                               "-Xassembler",
                                               "-Xclang",
                                               "-Xpreprocessor",
                                               "-aux-info",
                                               "-arch",
                                               "-target",
                                               "-mllvm",
                                               "-B",
                                               "-dumpbase",
                                               "-dumpdir",
                                               "--param",
                                               "-iwithprefix",
                                               "-iwithprefixbefore",
                                               NULL};
static const char *const linker_options[] = {"-o",
                                             "--output",
                                             "-T",
                                             "--script",
                                             "-dT",
                                             "-m",
                                             "-e",
                                             "--entry",
                                             "-z",
                                             "-L",
                                             "-l",
                                             "-R",
                                             "-u",
                                             "--undefined",
                                             "-y",
                                             "-Y",
                                             "-h",
                                             "-soname",
                                             "-Map",
                                             "-A",
                                             "-b",
                                             "--format",
                                             "--oformat",
                                             "--defsym",
                                             "-defsym",
                                             "-a",
                                             "-c",
                                             "-F",
                                             "-f",
                                             "-G",
                                             "-I",
                                             "-O",
                                             "-P",
                                             "--Map",
                                             "-rpath",
                                             "-rpath-link",
                                             "-dynamic-linker",
                                             "-Ttext",
                                             "-Tdata",
                                             "-Tbss",
                                             "--sort-section",
                                             "-plugin",
                                             "-plugin-opt",
                                             "--version-script",
                                             NULL};
static const char *const objcopy_options[] = {"-I",
                                              "--input-target",
                                              "-O",
                                              "--output-target",
                                              "-F",
                                              "--target",
                                              "-B",
                                              "--binary-architecture",
                                              "-j",
                                              "--only-section",
                                              "-R",
                                              "--remove-section",
                                              "--remove-relocations",
                                              "-N",
                                              "--strip-symbol",
                                              "-K",
                                              "--keep-symbol",
                                              "-L",
                                              "--localize-symbol",
                                              "-G",
                                              "--keep-global-symbol",
                                              "-W",
                                              "--weaken-symbol",
                                              "--globalize-symbol",
                                              "-b",
                                              "--byte",
                                              "-i",
                                              "--gap-fill",
                                              "--pad-to",
                                              "--set-start",
                                              "--change-start",
                                              "--adjust-start",
                                              "--change-addresses",
                                              "--adjust-vma",
                                              "--change-section-address",
                                              "--adjust-section-vma",
                                              "--change-section-lma",
                                              "--change-section-vma",
                                              "--add-section",
                                              "--dump-section",
                                              "--update-section",
                                              "--rename-section",
                                              "--set-section-flags",
                                              "--set-section-alignment",
                                              "--add-symbol",
                                              "--redefine-sym",
                                              "--redefine-syms",
                                              "--strip-symbols",
                                              "--keep-symbols",
                                              "--localize-symbols",
                                              "--globalize-symbols",
                                              "--keep-global-symbols",
                                              "--weaken-symbols",
                                              "--add-gnu-debuglink",
                                              "--prefix-symbols",
                                              "--prefix-sections",
                                              "--prefix-alloc-sections",
                                              "--alt-machine-code",
                                              "--srec-len",
                                              "--file-alignment",
                                              "--heap",
                                              "--stack",
                                              "--image-base",
                                              "--section-alignment",
                                              "--subsystem",
                                              "--keep-section",
                                              "--strip-unneeded-symbol",
                                              "--strip-unneeded-symbols",
                                              NULL};

/* Calls with one of these only ask, or make text. */
static const char *const compiler_questions[] = {
    "--version",     "-v",        "-E", "-S", "-M", "-MM", "-###", "--help",
    "-fsyntax-only", "/dev/null", NULL};
static const char *const questions[] = {"--version", "-v",        "-V",
                                        "--help",    "/dev/null", NULL};

static bool is_among(const char *const *list, const char *word)
{
    while (*list != NULL && strcmp(*list, word) != 0) {
        list++;
    }
    return *list != NULL;
}

static bool is_question(enum tool_kind kind, size_t nr, char *const *words)
{
    for (size_t i = 1; i < nr; i++) {
        if (kind != TOOL_COMPILER) {
            if (is_among(questions, words[i])) {
                return true;
            }
        } else if (is_among(compiler_questions, words[i]) ||
                   strncmp(words[i], "-print-", 7) == 0 ||
                   strncmp(words[i], "--print-", 8) == 0 ||
                   (strncmp(words[i], "-dump", 5) == 0 &&
                    !is_among(compiler_options, words[i]))) {
            return true;
        }
    }
    return false;
}

static void set_output(struct tool_call *call, const char *output)
{
    free(call->output);
    call->output = must_copy(output);
}

/* -o FILE, -oFILE, --output FILE, --output=FILE, and the inputs. */
static void read_words(struct tool_call *call, const char *const *with_word,
                       size_t nr, char *const *words)
{
    for (size_t i = 1; i < nr; i++) {
        const char *word = words[i];

        if (strncmp(word, "--output=", 9) == 0) {
            set_output(call, word + 9);
        } else if (is_among(with_word, word)) {
            i++;
            if (i < nr &&
                (strcmp(word, "-o") == 0 || strcmp(word, "--output") == 0)) {
                set_output(call, words[i]);
            }
        } else if (strncmp(word, "-o", 2) == 0 &&
                   strcmp(word, "-omagic") != 0) {
            set_output(call, word + 2);
        } else if (word[0] != '-') {
            text_list_add(&call->inputs, word);
        }
    }
}

static bool has_word(size_t nr, char *const *words, const char *wanted)
{
    for (size_t i = 1; i < nr; i++) {
        if (strcmp(words[i], wanted) == 0) {
            return true;
        }
    }
    return false;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static void read_link(struct tool_call *call, size_t nr, char *const *words)
{
    if (call->output == NULL) {
        call->output = must_copy("a.out");
    }
    if (has_word(nr, words, "-r") || has_word(nr, words, "-Ur") ||
        has_word(nr, words, "-i") || has_word(nr, words, "--relocatable")) {
        call->action = ACTION_LINK_PARTIAL;
    } else if (strstr(base_name(call->output), "xen-syms") != NULL ||
               strstr(base_name(call->output), "xen.efi") != NULL) {
        call->action = ACTION_LINK_IMAGE;
    } else {
        call->action = ACTION_LINK_OTHER;
    }
}

/* Without -o the object of DIR/NAME.c is NAME.o, here. */
static void read_compiler(struct tool_call *call, size_t nr, char *const *words)
{
    read_words(call, compiler_options, nr, words);
    if (!has_word(nr, words, "-c")) {
        if (call->inputs.nr != 0) {
            read_link(call, nr, words);
        }
        return;
    }
    if (call->inputs.nr == 0) {
        return;
    }
    if (call->output == NULL) {
        const char *source = base_name(call->inputs.items[0]);
        const char *dot = strrchr(source, '.');

        call->output = must_format(
            "%.*s.o", (int)(dot != NULL ? dot - source : (long)strlen(source)),
            source);
    }
    call->action = ACTION_COMPILE;
}

static void read_linker(struct tool_call *call, size_t nr, char *const *words)
{
    read_words(call, linker_options, nr, words);
    if (call->inputs.nr != 0) {
        read_link(call, nr, words);
    }
}

static void read_objcopy(struct tool_call *call, size_t nr, char *const *words)
{
    read_words(call, objcopy_options, nr, words);
    if (call->inputs.nr == 0 || call->inputs.nr > 2) {
        return;
    }
    set_output(call, call->inputs.items[call->inputs.nr - 1]);
    if (call->inputs.nr == 2) {
        free(call->inputs.items[1]);
        call->inputs.items[--call->inputs.nr] = NULL;
    }
    call->action = ACTION_COPY;
}

/* ar [-]KEYS ARCHIVE MEMBER...; those that put members in are r and q. */
static void read_archiver(struct tool_call *call, size_t nr, char *const *words)
{
    size_t i = 1;

    while (i < nr && words[i][0] == '-' && words[i][1] == '-') {
        i++; /* --thin, --plugin=... */
    }
    if (i + 1 >= nr || strpbrk(words[i], "rq") == NULL) {
        return;
    }
    call->output = must_copy(words[i + 1]);
    for (i += 2; i < nr; i++) {
        text_list_add(&call->inputs, words[i]);
    }
    call->action = ACTION_ARCHIVE;
}

struct tool_call tool_call_read(enum tool_kind kind, size_t nr,
                                char *const *words)
{
    struct tool_call call = {.action = ACTION_OTHER};

    if (kind == TOOL_NONE || is_question(kind, nr, words)) {
        return call;
    }
    switch (kind) {
    case TOOL_COMPILER:
        read_compiler(&call, nr, words);
        break;
    case TOOL_LINKER:
        read_linker(&call, nr, words);
        break;
    case TOOL_OBJCOPY:
        read_objcopy(&call, nr, words);
        break;
    default:
        read_archiver(&call, nr, words);
        break;
    }
    if (call.action == ACTION_OTHER) {
        tool_call_free(&call);
    }
    return call;
}

void tool_call_free(struct tool_call *call)
{
    free(call->output);
    text_list_free(&call->inputs);
    *call = (struct tool_call){.action = ACTION_OTHER};
}
