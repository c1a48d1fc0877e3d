/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a call of a compiler, linker, objcopy or ar makes out of what: the words
 * of its command line in, one struct out. Pure: nothing is run, no file is
 * looked at. Response files (@FILE) are read before, by whoever calls.
 */
#ifndef LIVEPATCH_BUILD_TOOL_CALL_H
#define LIVEPATCH_BUILD_TOOL_CALL_H

#include <stddef.h>

#include "lib/memory.h"

enum tool_kind {
    TOOL_NONE, /* not one of them */
    TOOL_COMPILER,
    TOOL_LINKER,
    TOOL_OBJCOPY,
    TOOL_ARCHIVER,
};

/* Which kind of tool has this name: "gcc", "aarch64-linux-gnu-gcc-12",
 * "ld.lld"; without a folder. */
enum tool_kind tool_kind_of(const char *name);

enum tool_action {
    /* Makes nothing that goes into an image: a question such as --version, a
     * probe with /dev/null, -E, -S. */
    ACTION_OTHER,
    ACTION_COMPILE,      /* one object of one source */
    ACTION_LINK_PARTIAL, /* ld -r: one object of several */
    ACTION_LINK_IMAGE,   /* the image, from objects */
    ACTION_LINK_OTHER,   /* any other program */
    ACTION_COPY,         /* objcopy: one object of another one */
    ACTION_ARCHIVE,      /* ar: one archive of objects */
};

struct tool_call {
    enum tool_action action;
    char *output; /* as written on the command line; NULL for ACTION_OTHER */
    struct text_list inputs; /* objects, archives, the source; likewise */
};

/*
 * Read `nr` words, the first of which is the tool's name. An image is a link
 * whose output's base name holds "xen-syms" or "xen.efi". A copy in place
 * (objcopy FILE) has its output as input. Free with tool_call_free().
 */
struct tool_call tool_call_read(enum tool_kind kind, size_t nr,
                                char *const *words);
void tool_call_free(struct tool_call *call);

#endif
