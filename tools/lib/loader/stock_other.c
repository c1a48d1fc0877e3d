/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What stock Xen does about what this loader refuses, by the form of the line
 * that says so: the whole of it, as the loader's source has it, so that neither
 * a name in a payload nor half a match counts.
 */
#include "lib/loader/stock.h"

#include <string.h>

#define TAKES(form, deed)                                                      \
    {                                                                          \
        "livepatch: %s: " form, NULL,                                          \
            "stock Xen does not refuse that: it " deed, true                   \
    }
#define DIES(form, deed)                                                       \
    {                                                                          \
        "livepatch: %s: " form, NULL,                                          \
            "stock Xen may not survive that: it " deed, false                  \
    }
/* Behind the last "]: " stands nothing of a payload's. */
#define TAKES_IF(form, end, deed)                                              \
    {                                                                          \
        "livepatch: %s: " form, end,                                           \
            "stock Xen does not refuse that: it " deed, true                   \
    }

#define NO_NOTE "knows no signatures"

static const struct stock_other others[] = {
    /* signatures */
    TAKES("the file is not what it was made as: its SHA-256 is %*ph, its "
          "note says %*ph",
          "loads what is damaged"),
    TAKES("%s: note of type %u, owner of %u bytes, %*ph: expected %u, %zu, "
          "\"%s\"",
          NO_NOTE),
    TAKES("%s: %u bytes of note and %u of signature in %lu bytes", NO_NOTE),
    TAKES("%s: version %u, algorithm %u, digest %u: not known here", NO_NOTE),
    TAKES("%s: %u bytes of signature by algorithm %u", NO_NOTE),
    TAKES("%s: %lu bytes hold no signature", NO_NOTE),
    TAKES("section %u, '%s', of type %u: a signature's is %s of type %u",
          NO_NOTE),

    /* sections */
    TAKES("%s: %lu bytes: this section is not supported",
          "loads it as plain data"),
    TAKES("sections %u and %u are both %s", "takes the first of them"),
    TAKES("%s: flags %#lx: thread-local or compressed data cannot be "
          "loaded",
          "loads it as plain data"),
    TAKES("%s: alignment %#lx, at most %#lx", "loads it at a wrong place"),
    TAKES("%s: flags %#lx: must not be executable", "takes it"),
    TAKES("%s: type %u, flags %#lx: must have content and be loaded",
          "has zeros there"),
    TAKES("symbol '%s': value %#lx in section %u of %#lx bytes",
          "adds it to the section's address"),
    TAKES("%s at %p: must be aligned to %lu", "takes it"),
    TAKES("%ss at %p: must be aligned to %zu", "takes it"),
    TAKES(".livepatch.funcs at %p: must be aligned to %zu", "takes it"),

    /* entries and hooks */
    DIES("function %u: its name at %p is no string of at most %u "
         "bytes in the payload's read-only data",
         "follows the pointer"),
    DIES("%s: %u bytes at %p are not text", "reads and changes what is there"),
    TAKES("%s is part of the patching path and cannot be patched",
          "changes it"),
    TAKES("%s is part of what verifies payloads and cannot be patched",
          "changes it"),
    TAKES("%s: its replacement at %p is not in the payload's text",
          "goes there when it is called"),
    TAKES("%s: no replacement, and 0 bytes of NOPs", "changes nothing then"),
    TAKES("functions %u (%s) and %u (%s) overlap",
          "writes both, and undoes them in the wrong order"),
    TAKES("%s at %p is not in the payload's text",
          "goes there when it is called"),

    /* what code says of itself */
    TAKES(".bug_frames.%u[%zu]: instruction at %p is not in the "
          "payload's text",
          "takes the record"),
    TAKES(".bug_frames.%u[%zu]: function at %p is not in text",
          "goes there when the frame is met"),
    TAKES(".bug_frames.%u[%zu]: file name at %p is no string in "
          "read-only data",
          "follows the pointer when the frame is met"),
    TAKES(".bug_frames.%u[%zu]: claim at %p is no string in "
          "read-only data",
          "follows the pointer when the frame is met"),
    TAKES(".ex_table[%zu]: from %p to %p: not both in the payload's "
          "text",
          "takes the record"),
    DIES(".altinstructions[%zu]: %u bytes at %p are not in the "
         "payload's text",
         "does not count padding, which it writes, too"),
    DIES("alternative for %p: feature %u of %u", "ends in a BUG"),
    DIES("alternative for %p: %u bytes of code for a place of %u",
         "ends in a BUG"),
    TAKES("alternative for %p: byte %u of its code: not known how to "
          "move %*ph",
          "does not look at instructions"),
    TAKES("alternative for %p: byte %u of its code is a call or jump "
          "to itself",
          "does not look at instructions"),
    TAKES("alternative for %p: byte %u of its code refers to %ld "
          "bytes away, out of reach of %u bytes",
          "does not look at instructions"),
    TAKES(".alt_call_sites[%zu]: %u bytes at %p are not in the "
          "payload's text",
          "does not look at that section before 4.21"),
    DIES("alternative call at %p: its pointer at %p is in nobody's "
         "data",
         "reads it"),
    DIES("alternative call at %p: its pointer at %p leads to %p, "
         "which is not text",
         "reads what is there"),
    TAKES("alternative call at %p: %*ph is no call through a pointer",
          "looks at the pointer alone"),

    TAKES("cannot unload: %u loaded payloads refer to it", "frees it"),

    /* relocations */
    TAKES_IF("%s[%lu]: %s of %u bytes at %#lx in a section of %#lx bytes",
             "R_X86_64_NONE of ", "does not look where it does nothing"),
};

#define NR_OTHERS (sizeof(others) / sizeof(others[0]))

static const char *last_part(const char *line)
{
    static const char mark[] = "]: ";
    const char *next;

    while ((next = strstr(line, mark))) {
        line = next + sizeof(mark) - 1;
    }
    return line;
}

static bool fits(const struct stock_other *other, const char *form,
                 const char *line)
{
    return !strcmp(form, other->form) &&
           (!other->end ||
            !strncmp(last_part(line), other->end, strlen(other->end)));
}

const struct stock_other *stock_find_other(const char *form, const char *line)
{
    for (size_t i = 0; i < NR_OTHERS; i++) {
        if (fits(&others[i], form, line)) {
            return &others[i];
        }
    }
    return NULL;
}

const struct stock_other *stock_other_at(size_t i)
{
    return i < NR_OTHERS ? &others[i] : NULL;
}
