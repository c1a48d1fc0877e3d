/* SPDX-License-Identifier: GPL-2.0 */
/* xen-livepatch verify, once for each payload, with all that lies below. */
#include "run/verify.h"

#include <stdlib.h>
#include <string.h>

#include "console/follow.h"
#include "machine/child.h"
#include "machine/parts.h"

/* Exit statuses of the command. */
#define WOULD_LOAD 0
#define WOULD_BE_REFUSED 1
#define NOT_ALL_CHECKED 15

static void add_below(const struct bench *bench, const struct lot *lot,
                      size_t nr_tried_below, struct text_list *words)
{
    for (size_t i = 0; bench->xen_syms != NULL && i < lot->nr_below; i++) {
        text_list_add(words, "--below");
        text_list_add(words, lot->payloads->items[lot->below[i]].path);
    }
    for (size_t i = 0; bench->xen_syms != NULL && i < nr_tried_below; i++) {
        text_list_add(words, "--below");
        text_list_add(words, lot->payloads->items[lot->tried[i]].path);
    }
}

static int verify_one(const struct bench *bench, const struct lot *lot,
                      size_t index, const char *output)
{
    char *command = parts_path("bin/xen-livepatch");
    struct text_list words = {0};
    int status;

    text_list_take(&words, command);
    text_list_add(&words, "verify");
    text_list_add(&words, lot->payloads->items[lot->tried[index]].path);
    if (bench->xen_syms != NULL) {
        text_list_add(&words, "--xen-syms");
        text_list_add(&words, bench->xen_syms);
    }
    /* What replaces all goes on top of the bare hypervisor. */
    add_below(bench, lot, bench->is_replace ? 0 : index, &words);
    status = child_run((const char *const *)words.items, output);
    text_list_free(&words);
    return status;
}

static void add_lines(const char *path, struct text_list *notes)
{
    struct follower follower = follow(path);
    char *line;

    while ((line = follow_line(&follower)) != NULL) {
        text_list_take(notes, line);
    }
    follow_end(&follower);
}

enum verdict verify_lot(const struct bench *bench, const struct lot *lot,
                        const char *folder, struct text_list *notes, char **why)
{
    char *output = must_format("%s/verify", folder);
    enum verdict verdict = VERDICT_PASSED;

    *why = NULL;
    for (size_t i = 0; i < lot->nr_tried && verdict == VERDICT_PASSED; i++) {
        int status = verify_one(bench, lot, i, output);
        const char *name = lot->payloads->items[lot->tried[i]].name;

        add_lines(output, notes);
        if (status == WOULD_BE_REFUSED) {
            verdict = VERDICT_FAILED;
            *why = must_format("%s would be refused", name);
        } else if (status != WOULD_LOAD && status != NOT_ALL_CHECKED) {
            verdict = VERDICT_BROKEN;
            *why = must_format("%s: xen-livepatch verify ends with status %d",
                               name, status);
        }
    }
    free(output);
    return verdict;
}
