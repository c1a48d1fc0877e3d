/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Both builds ran at one path, the cache's tree/, where the one with the
 * patches is. For the other one, a copy of before/ takes its place for a while:
 * so paths are the same, and what was generated is each side's own.
 */
#include "build/again.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "build/build_cache.h"
#include "build/build_run.h"
#include "build/build_system.h"
#include "build/child.h"
#include "build/linked_objects.h"
#include "build/tree_copy.h"

struct compiling {
    const struct again *again;
    const struct build_cache *cache;
    struct tool_log log;
    struct text_list environment;
    time_t since;
};

/* `nr` of the objects of both sides are compiled. */
static void tell_progress(const struct compiling *compiling, size_t nr)
{
    const struct build_request *request = compiling->again->request;
    struct build_progress now = {
        .step = "again",
        .nr_done = nr,
        .nr_expected = 2 * compiling->again->nr,
        .seconds = (unsigned int)(build_seconds() - compiling->since),
    };

    now.is_over = nr == now.nr_expected;
    if (request->progress != NULL) {
        request->progress(&now, request->opaque);
    }
}

/* Of words that say where something goes, how many are the option's: 0 for
 * other words. */
static size_t nr_of_output_words(const char *word)
{
    static const char *const alone[] = {"-M", "-MM", "-MD", "-MMD", "-MP"};
    static const char *const with_path[] = {"-o", "-MF", "-MQ", "-MT"};

    for (size_t i = 0; i < sizeof(alone) / sizeof(*alone); i++) {
        if (strcmp(word, alone[i]) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof(with_path) / sizeof(*with_path); i++) {
        if (strncmp(word, with_path[i], strlen(with_path[i])) == 0) {
            return word[strlen(with_path[i])] == '\0' ? 2 : 1;
        }
    }
    return strncmp(word, "-Wp,-M", 6) == 0 ? 1 : 0;
}

/* The recorded words, to another output and without lists of dependencies. */
static void take_words(const struct compiling *compiling,
                       const struct tool_record *record, const char *output,
                       struct text_list *words)
{
    const struct text_list *more = compiling->again->words;

    for (size_t i = 0; i < record->words.nr;) {
        const size_t nr_left_out =
            i == 0 ? 0 : nr_of_output_words(record->words.items[i]);

        if (nr_left_out == 0) {
            text_list_add(words, record->words.items[i]);
        }
        i += nr_left_out != 0 ? nr_left_out : 1;
    }
    for (size_t i = 0; i < more->nr; i++) {
        text_list_add(words, more->items[i]);
    }
    text_list_add(words, "-o");
    text_list_add(words, output);
}

/* 0 or more, the compiler's status, as of child_run(); no compile is 1. */
static int compile(const struct compiling *compiling,
                   const struct object_pair *pair, const char *output)
{
    const struct tool_record *record =
        find_origin(&compiling->log, pair->after);
    struct text_list words = {0};
    int rc;

    if (record == NULL || record->call.action != ACTION_COMPILE) {
        return 1;
    }
    take_words(compiling, record, output, &words);
    rc = child_run(&(struct child){.words = words.items,
                                   .folder = record->folder,
                                   .environment = &compiling->environment,
                                   .output = compiling->cache->output});
    text_list_free(&words);
    return rc;
}

/* All that can be compiled of one side, from what tree/ holds now. */
static int compile_side(const struct compiling *compiling, const char *side)
{
    const struct again *again = compiling->again;
    const bool is_after = strcmp(side, "after") == 0;
    int rc = 0;

    for (size_t i = 0; i < again->nr && rc >= 0; i++) {
        struct again_object *object = &again->objects[i];
        char *output =
            must_format("%s/%zu-%s.o", compiling->cache->again, i, side);

        tell_progress(compiling, is_after ? i : again->nr + i);
        rc = compile(compiling, object->pair, output);
        if (rc == 0) {
            *(is_after ? &object->after : &object->before) = output;
        } else {
            free(output);
        }
    }
    return rc < 0 ? rc : 0;
}

static int tell(const char *path, int rc, FILE *err)
{
    if (rc != -EINTR) {
        fprintf(err, "livepatch-build: %s: %s\n", path, strerror(-rc));
    }
    return rc;
}

/* With the build without the patches in place of the other one. */
static int compile_before(const struct compiling *compiling, FILE *err)
{
    const struct build_cache *cache = compiling->cache;
    char *aside = must_format("%s/tree", cache->again);
    int rc = 0, back;

    if (rename(cache->tree, aside) != 0) {
        rc = tell(aside, -errno, err);
        free(aside);
        return rc;
    }
    rc = tree_copy(cache->before, cache->tree, NULL, true, err);
    if (rc == 0) {
        rc = compile_side(compiling, "before");
        if (rc < 0) {
            tell("a compiler", rc, err);
        }
    }
    back = tree_remove(cache->tree);
    if (back == 0 && rename(aside, cache->tree) != 0) {
        back = -errno;
    }
    if (back != 0) {
        tell(cache->tree, back, err);
    }
    free(aside);
    return rc != 0 ? rc : back;
}

static int open_compiling(const struct again *again,
                          struct compiling *compiling, FILE *err)
{
    const struct build_cache *cache = again->result->cache;
    char *log = must_format("%s/log", cache->again);
    int rc = make_folders(cache->again);

    *compiling = (struct compiling){
        .again = again, .cache = cache, .since = build_seconds()};
    if (rc == 0) {
        rc = tool_log_read(cache->before_log, &compiling->log);
    }
    if (rc == 0) {
        rc = tool_log_read(cache->tree_log, &compiling->log);
    }
    build_environment(build_arch_of(again->request->arch),
                      &again->request->origin, cache->shims, log,
                      &compiling->environment);
    free(log);
    return rc != 0 ? tell(cache->again, rc, err) : 0;
}

int compile_again(struct again *again, FILE *err)
{
    struct compiling compiling;
    int rc = open_compiling(again, &compiling, err);

    if (rc == 0) {
        rc = compile_side(&compiling, "after");
        if (rc < 0) {
            tell("a compiler", rc, err);
        }
    }
    if (rc == 0) {
        rc = compile_before(&compiling, err);
    }
    tell_progress(&compiling, 2 * again->nr);
    tool_log_free(&compiling.log);
    text_list_free(&compiling.environment);
    return rc;
}

void again_free(struct again *again)
{
    for (size_t i = 0; i < again->nr; i++) {
        free(again->objects[i].before);
        free(again->objects[i].after);
    }
    free(again->objects);
    again->objects = NULL;
    again->nr = 0;
}
