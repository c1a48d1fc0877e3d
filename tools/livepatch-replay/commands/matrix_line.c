/* SPDX-License-Identifier: GPL-2.0 */
/* A line of a matrix, word by word. */
#include "commands/matrix_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The next word, quotes gone; *at is moved behind it. NULL: there is none, or
 * *is_open: its quote does not end. */
static char *take_word(const char **at, bool *is_open)
{
    char *word = must_alloc(strlen(*at) + 1);
    size_t length = 0;
    char quote = '\0';
    const char *from;

    *at += strspn(*at, " \t\r");
    from = *at;
    for (; **at != '\0'; (*at)++) {
        if (quote != '\0' && **at == quote) {
            quote = '\0';
        } else if (quote == '\0' && (**at == '"' || **at == '\'')) {
            quote = **at;
        } else if (quote == '\0' && strchr(" \t\r", **at) != NULL) {
            break;
        } else {
            word[length++] = **at;
        }
    }
    *is_open = quote != '\0';
    if (*at == from || *is_open) {
        free(word);
        return NULL;
    }
    return word;
}

/* False: a quote is open. */
static bool take_words(const char *line, struct text_list *words)
{
    const char *at = line + strspn(line, " \t\r");
    bool is_open = false;
    char *word;

    while (*at != '#' && (word = take_word(&at, &is_open)) != NULL) {
        text_list_take(words, word);
        at += strspn(at, " \t\r");
    }
    return !is_open;
}

/* What can be a folder, and part of a name. */
static void make_plain(char *name)
{
    for (char *at = name; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at) && strchr("._-", *at) == NULL) {
            *at = '_';
        }
    }
}

static char *name_of(const struct options *options)
{
    const char *slash =
        options->hypervisor != NULL ? strrchr(options->hypervisor, '/') : NULL;
    const char *file = slash != NULL                 ? slash + 1
                       : options->hypervisor != NULL ? options->hypervisor
                                                     : "";

    return must_format("%s-%ucpus", file, options->nr_cpus);
}

static int parse_words(struct matrix_line *line, FILE *err)
{
    char **words = line->words.items;
    size_t length = strlen(words[0]);
    bool is_named = length > 1 && words[0][length - 1] == ':';
    char **argv = must_alloc((line->words.nr + 2) * sizeof(*argv));
    int rc;

    argv[0] = words[0]; /* nobody looks at it */
    for (size_t i = is_named ? 1 : 0, nr = 1; i < line->words.nr; i++) {
        argv[nr++] = words[i];
    }
    rc = options_parse(&line->options, argv, err);
    rc = rc == 0 ? options_check_line(&line->options, err) : rc;
    free(argv);
    if (rc == 0) {
        line->name = is_named ? must_copy(words[0]) : name_of(&line->options);
        line->name[strcspn(line->name, ":")] = '\0';
        make_plain(line->name);
    }
    return rc;
}

int matrix_line_parse(const struct options *common, const char *line,
                      struct matrix_line *parsed, FILE *err)
{
    struct matrix_line taken = {0};
    int rc;

    if (!take_words(line, &taken.words)) {
        fputs("livepatch-replay: a quote has no end\n", err);
        rc = -EINVAL;
    } else if (taken.words.nr == 0) {
        rc = 0;
    } else {
        taken.options = options_for_line(common);
        rc = parse_words(&taken, err);
        rc = rc == 0 ? 1 : rc;
    }
    if (rc == 1) {
        *parsed = taken;
    } else {
        matrix_line_free(&taken);
    }
    return rc;
}

void matrix_line_free(struct matrix_line *line)
{
    options_free(&line->options);
    text_list_free(&line->words);
    free(line->name);
}
