/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A word that is the path of a file, or ends as payload files do, was meant as
 * one; else the nearest of the loaded names is told.
 */
#include "session/name_hint.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hypervisor/payload_name.h"
#include "lib/safe_text.h"
#include "screen/nearest.h"

#define SUFFIX ".livepatch"

static bool is_file(const char *word)
{
    size_t nr_bytes = strlen(word);
    size_t nr_suffix = sizeof(SUFFIX) - 1;

    return !access(word, F_OK) || strchr(word, '/') ||
           (nr_bytes > nr_suffix &&
            !strcmp(word + nr_bytes - nr_suffix, SUFFIX));
}

static void print_text(FILE *err, const char *text)
{
    safe_print(err, text, strlen(text));
}

static void hint_at_file(FILE *err, const char *path)
{
    char *name = payload_name_of_file(path);

    fputs("xen-livepatch: '", err);
    print_text(err, path);
    fputs("' looks like a file's name, and a payload's is wanted: once it is "
          "loaded, that is '",
          err);
    print_text(err, name ? name : "");
    fputs("'. 'xen-livepatch load FILE' uploads and applies a file.\n", err);
    free(name);
}

void name_hint_print_of(struct session *session, const char *name,
                        const struct payload_list *list)
{
    struct nearest nearest = {.typed = name};

    for (size_t i = 0; i < list->nr; i++) {
        nearest_offer(&nearest, list->entries[i].name);
    }
    if (is_file(name)) {
        hint_at_file(session->err, name);
    } else if (nearest.word) {
        fputs("xen-livepatch: did you mean '", session->err);
        print_text(session->err, nearest.word);
        fputs("'?\n", session->err);
    }
}

void name_hint_print(struct session *session, const char *name)
{
    struct list_progress progress;
    struct payload_list list;

    if (!client_list(&session->client, &list, &progress)) {
        name_hint_print_of(session, name, &list);
        payload_list_free(&list);
    }
}
