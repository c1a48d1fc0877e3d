/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Command-line words to ABI flags, by a table.
 */
#include "action/action_flags.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "hypervisor/payload.h"

static const struct {
    const char *word;
    uint32_t flag;
} known_flags[] = {
    {"--nodeps", PAYLOAD_APPLY_NODEPS},
};

/* 0 when there is no such flag. */
static uint32_t find_flag(const char *word)
{
    for (size_t i = 0; i < sizeof(known_flags) / sizeof(known_flags[0]); i++) {
        if (!strcmp(word, known_flags[i].word)) {
            return known_flags[i].flag;
        }
    }
    return 0;
}

int action_flags_parse(int nr_words, char **words, uint32_t allowed,
                       uint32_t *flags, FILE *err)
{
    uint32_t found = 0;

    for (int i = 0; i < nr_words; i++) {
        uint32_t flag = find_flag(words[i]) & allowed;

        if (!flag) {
            fprintf(err, "Unsupported flag: %s.\n", words[i]);
            return -EINVAL;
        }
        found |= flag;
    }
    *flags = found;
    return 0;
}
