/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Line by line: what stands before the payload's name is passed over, the rest
 * is compared from both ends.
 */
#include "session/hook_lines.h"

#include <stdio.h>
#include <string.h>

#define LINE_BYTES 1024 /* of longer ones the end is not looked at */

/* The next line into `line`, without what ends it; false: there is none. */
static bool take_line(struct console_text *rest, char line[LINE_BYTES])
{
    const char *newline = memchr(rest->bytes, '\n', rest->nr_bytes);
    size_t nr_bytes =
        newline ? (size_t)(newline - rest->bytes) : rest->nr_bytes;
    size_t nr_kept = nr_bytes < LINE_BYTES ? nr_bytes : LINE_BYTES - 1;

    if (!rest->nr_bytes) {
        return false;
    }
    memcpy(line, rest->bytes, nr_kept);
    while (nr_kept && line[nr_kept - 1] == '\r') {
        nr_kept--;
    }
    line[nr_kept] = '\0';
    rest->bytes += nr_bytes + (newline != NULL);
    rest->nr_bytes -= nr_bytes + (newline != NULL);
    return true;
}

static const char *skip(const char *text, const char *start)
{
    size_t nr_bytes = strlen(start);

    return text && !strncmp(text, start, nr_bytes) ? text + nr_bytes : NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t nr_bytes = strlen(text);
    size_t nr_end = strlen(end);

    return nr_bytes >= nr_end && !strcmp(text + nr_bytes - nr_end, end);
}

/* What the subsystem says in a line of the hypervisor's own, behind the time
 * that it may have; NULL: it is none. */
static const char *find_words(const char *line)
{
    const char *text = skip(line, "(XEN) ");
    const char *words;

    if (text && *text == '[') {
        text = strstr(text, "] ");
        text = text ? text + 2 : NULL;
    }
    words = skip(text, "livepatch: ");
    return words ? words : skip(text, "livepatch (dry run): ");
}

/* Behind "NAME: ", as the log shows the name; NULL: of another one. */
static const char *skip_name(const char *words, const char *name)
{
    for (; words && *name; name++, words++) {
        char shown = (unsigned char)*name < ' ' || *name == 0x7f ? '?' : *name;

        if (*words != shown) {
            return NULL;
        }
    }
    return skip(words, ": ");
}

/* "pre-apply hook failed (rc=-28), aborting!" */
static bool is_stocks(const char *rest, int rc)
{
    char failed[40];
    size_t nr_kind = strspn(rest, "abcdefghijklmnopqrstuvwxyz-");

    snprintf(failed, sizeof(failed), " hook failed (rc=%d)", rc);
    return nr_kind && skip(rest + nr_kind, failed);
}

/* "not applied: its own hook says -28", "not applied: the revert hook of 'fix0'
 * says -28" */
static bool is_ours(const char *rest, int rc)
{
    char own[40];
    char others[40];

    snprintf(own, sizeof(own), ": its own hook says %d", rc);
    snprintf(others, sizeof(others), "' says %d", rc);
    return skip(rest, "not ") &&
           (ends_with(rest, own) ||
            (strstr(rest, " hook of '") && ends_with(rest, others)));
}

/* Of a set the line may begin with another member's name. */
static bool is_of_member(const char *words, const char *name, int rc)
{
    char end[PAYLOAD_NAME_LENGTH_MAX + 40];

    snprintf(end, sizeof(end), " hook of '%s' says %d", name, rc);
    return words && strstr(words, ": not ") && ends_with(words, end);
}

bool hook_lines_say_no(const struct console_text *text, const char *name,
                       int rc)
{
    struct console_text rest = *text;
    char line[LINE_BYTES];

    while (take_line(&rest, line)) {
        const char *words = find_words(line);
        const char *said = skip_name(words, name);

        if ((said && (is_ours(said, rc) || is_stocks(said, rc))) ||
            is_of_member(words, name, rc)) {
            return true;
        }
    }
    return false;
}

bool hook_lines_find_hooked(const struct console_text *text, const char *name,
                            char hooked[PAYLOAD_NAME_LENGTH_MAX + 1])
{
    static const char end[] = "' has pre or post hooks";
    struct console_text rest = *text;
    char line[LINE_BYTES];

    while (take_line(&rest, line)) {
        const char *said =
            skip(skip_name(find_words(line), name), "cannot replace: '");
        size_t nr_bytes = said && ends_with(said, end)
                              ? strlen(said) - strlen(end)
                              : PAYLOAD_NAME_LENGTH_MAX + 1;

        if (nr_bytes <= PAYLOAD_NAME_LENGTH_MAX) {
            memcpy(hooked, said, nr_bytes);
            hooked[nr_bytes] = '\0';
            return true;
        }
    }
    return false;
}
