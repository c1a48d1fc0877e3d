/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One pass over the words; what is no option is moved to the front.
 */
#include "commands/verb_options.h"

#include <errno.h>
#include <string.h>

static const struct verb_option *find_option(const struct verb_option *options,
                                             const char *word)
{
    size_t nr_name = strcspn(word, "=");

    for (; options->name; options++) {
        if (strlen(options->name) == nr_name &&
            !strncmp(options->name, word, nr_name)) {
            return options;
        }
    }
    return NULL;
}

static int store_value(const char *verb, const struct verb_option *option,
                       const char *value, FILE *err)
{
    if (option->value) {
        *option->value = value;
        return 0;
    }
    if (option->values->nr == VERB_OPTION_VALUES_MAX) {
        fprintf(err, "%s: %s: more than %u of them.\n", verb, option->name,
                VERB_OPTION_VALUES_MAX);
        return -EINVAL;
    }
    option->values->values[option->values->nr++] = value;
    return 0;
}

/* The number of words that the option at words[0] has, or -EINVAL. */
static int take_option(const char *verb, const struct verb_option *option,
                       char **words, FILE *err)
{
    const char *equals = strchr(words[0], '=');

    if (option->flag) {
        if (equals) {
            fprintf(err, "%s: %s: '%s' after it, expected no value.\n", verb,
                    option->name, equals + 1);
            return -EINVAL;
        }
        *option->flag = true;
        return 1;
    }
    if (!equals && !words[1]) {
        fprintf(err, "%s: %s: expected a value after it.\n", verb,
                option->name);
        return -EINVAL;
    }
    if (store_value(verb, option, equals ? equals + 1 : words[1], err)) {
        return -EINVAL;
    }
    return equals ? 1 : 2;
}

int verb_options_take(const char *verb, int *nr_words, char **words,
                      const struct verb_option *options, FILE *err)
{
    int nr_kept = 0;
    int i = 0;

    while (i < *nr_words) {
        const struct verb_option *option = find_option(options, words[i]);
        int nr_taken;

        if (!option && strncmp(words[i], "--", 2) != 0) {
            words[nr_kept++] = words[i++];
            continue;
        }
        if (!option) {
            fprintf(err, "%s: %s is no option of it.\n", verb, words[i]);
            return -EINVAL;
        }
        nr_taken = take_option(verb, option, words + i, err);
        if (nr_taken < 0) {
            return nr_taken;
        }
        i += nr_taken;
    }
    *nr_words = nr_kept;
    return 0;
}
