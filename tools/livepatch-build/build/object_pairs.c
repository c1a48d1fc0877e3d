/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Both builds ran at one path, the cache's tree/; what is there is the build
 * with the patches, and the other one is in before/. The log without the
 * patches, continued by the one with them, is the whole log of the latter:
 * what make did not build again is as it was.
 */
#include "build/object_pairs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "build/file_bytes.h"
#include "build/linked_objects.h"
#include "build/object_kind.h"

/* One of the two builds. */
struct side {
    const char *folder; /* where its files are now */
    struct tool_log log;
    const struct tool_record *link;
    struct linked_objects objects;
};

struct both {
    const struct build_job *job;
    struct build_result *result;
    struct side before, after;
};

static int read_side(const struct build_job *job, struct side *side,
                     const char *more)
{
    int rc = tool_log_read(job->cache->before_log, &side->log);

    if (rc == 0 && more != NULL) {
        rc = tool_log_read(more, &side->log);
    }
    side->link = find_image_link(&side->log, "xen-syms");
    if (side->link == NULL) {
        side->link = find_image_link(&side->log, "");
    }
    if (rc != 0 || side->link == NULL) {
        fprintf(job->err,
                "livepatch-build: %s: the log of the build cannot be "
                "read; remove the folder %s\n",
                job->cache->before_log, job->cache->entry);
        return -EIO;
    }
    side->objects = find_linked_objects(&side->log, side->link);
    return 0;
}

/* The path of a logged file in its tree; NULL: it is elsewhere. */
static const char *path_in_tree(const struct both *both, const char *path)
{
    size_t nr = strlen(both->job->cache->tree);

    return strncmp(path, both->job->cache->tree, nr) == 0 && path[nr] == '/'
               ? path + nr + 1
               : NULL;
}

static const char *keep_text(struct build_result *result, char *text)
{
    text_list_take(&result->own, text);
    return text;
}

/* The object's name: its path behind the folder of objects. */
static const char *name_of(const struct both *both, const char *path)
{
    const char *objects = both->job->system->objects[both->job->arch];
    size_t nr = strlen(objects);

    return strncmp(path, objects, nr) == 0 && path[nr] == '/' ? path + nr + 1
                                                              : path;
}

static const char *file_of(const struct both *both, const struct side *side,
                           const char *path)
{
    return keep_text(both->result, must_format("%s/%s", side->folder, path));
}

/* 0: take it; 1: skipped with a note; -EPERM: this build cannot be compared. */
static int judge_object(const struct both *both, const char *path,
                        const char *file)
{
    enum object_kind kind = object_kind_of(file);

    if (kind == OBJECT_ELF64) {
        return 0;
    }
    if (kind == OBJECT_BITCODE) {
        fprintf(both->job->err,
                "livepatch-build: %s: %s; payloads cannot be "
                "made of a build with link-time optimization (CONFIG_LTO)\n",
                path, object_kind_name(kind));
        return -EPERM;
    }
    text_list_take(
        &both->result->notes,
        must_format("%s: %s, not looked at", path, object_kind_name(kind)));
    return 1;
}

static bool has_word(const struct text_list *words, const char *prefix)
{
    for (size_t i = 0; i < words->nr; i++) {
        if (strncmp(words->items[i], prefix, strlen(prefix)) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_same_list(const struct text_list *one,
                         const struct text_list *other)
{
    if (one->nr != other->nr) {
        return false;
    }
    for (size_t i = 0; i < one->nr; i++) {
        if (strcmp(one->items[i], other->items[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* Print the words that only one of the two calls has. */
static void print_only(const struct text_list *words,
                       const struct text_list *others, char sign, FILE *to)
{
    for (size_t i = 0; i < words->nr; i++) {
        if (!text_list_has(others, words->items[i])) {
            fprintf(to, "  %c %s\n", sign, words->items[i]);
        }
    }
}

static int refuse_other_words(const struct both *both, const char *what,
                              const struct text_list *before,
                              const struct text_list *after)
{
    fprintf(both->job->err,
            "livepatch-build: %s: the patch changes how it is "
            "made, not only of what; that cannot be told from other "
            "changes (- without, + with the patch):\n",
            what);
    print_only(before, after, '-', both->job->err);
    print_only(after, before, '+', both->job->err);
    return -EPERM;
}

/* Objects of both builds have to be made by the same words, and never to wait
 * for the link to become code. */
static int check_compile(const struct both *both, const char *path,
                         const struct tool_record *before,
                         const struct tool_record *after)
{
    if (before == NULL || after == NULL) {
        return 0;
    }
    if (has_word(&before->words, "-flto") &&
        !has_word(&before->words, "-fno-lto")) {
        fprintf(both->job->err,
                "livepatch-build: %s: compiled with -flto; "
                "payloads cannot be made of a build with link-time "
                "optimization (CONFIG_LTO)\n",
                path);
        return -EPERM;
    }
    return is_same_list(&before->words, &after->words)
               ? 0
               : refuse_other_words(both, path, &before->words, &after->words);
}

static void add_object(const struct both *both, const char *path,
                       const char *file, const struct tool_record *compile)
{
    struct build_result *result = both->result;

    result->objects = must_resize(result->objects, result->nr_objects + 1,
                                  sizeof(*result->objects));
    result->objects[result->nr_objects++] = (struct built_object){
        keep_text(result, must_copy(name_of(both, path))), file,
        compile != NULL ? keep_text(result, command_line_of(compile)) : ""};
}

static void add_pair(const struct both *both, const char *path,
                     const char *before, const char *after)
{
    struct build_result *result = both->result;

    result->pairs = must_resize(result->pairs, result->nr_pairs + 1,
                                sizeof(*result->pairs));
    result->pairs[result->nr_pairs++] = (struct object_pair){
        keep_text(result, must_copy(name_of(both, path))), before, after};
}

/* One object of both builds. */
static int look_at_both(const struct both *both,
                        const struct linked_object *before,
                        const struct linked_object *after)
{
    const char *path = path_in_tree(both, before->path);
    const char *old, *new;
    int rc;

    if (path == NULL) {
        return 0;
    }
    old = file_of(both, &both->before, path);
    new = file_of(both, &both->after, path);
    rc = judge_object(both, path, old);
    if (rc < 0) {
        return rc;
    }
    if (rc == 0) {
        add_object(both, path, old, before->compile);
        rc = check_compile(both, path, before->compile, after->compile);
        if (rc == 0 && !has_same_bytes(old, new)) {
            add_pair(both, path, old, new);
        }
        return rc;
    }
    if (!has_same_bytes(old, new)) {
        fprintf(both->job->err,
                "livepatch-build: %s: the patch changes it, and it is %s: no "
                "payload can carry that\n",
                path, object_kind_name(object_kind_of(old)));
        return -EPERM;
    }
    return 0;
}

/* An object of one of the builds. */
static int look_at_one(const struct both *both, const struct side *side,
                       const struct linked_object *object)
{
    const char *path = path_in_tree(both, object->path);
    const char *file;
    int rc;

    if (path == NULL) {
        return 0;
    }
    file = file_of(both, side, path);
    rc = judge_object(both, path, file);
    if (rc != 0) {
        return rc < 0 ? rc : 0;
    }
    if (side == &both->before) {
        add_object(both, path, file, object->compile);
        add_pair(both, path, file, NULL);
    } else {
        add_pair(both, path, NULL, file);
    }
    return 0;
}

/* Both lists are sorted: walk them side by side. */
static int compare_sides(const struct both *both)
{
    const struct linked_objects *old = &both->before.objects;
    const struct linked_objects *new = &both->after.objects;
    size_t i = 0, j = 0;
    int rc = 0;

    while (rc == 0 && (i < old->nr || j < new->nr)) {
        int order = i == old->nr ? 1
                    : j == new->nr
                        ? -1
                        : strcmp(old->objects[i].path, new->objects[j].path);

        if (order == 0) {
            rc = look_at_both(both, &old->objects[i], &new->objects[j]);
        } else if (order < 0) {
            rc = look_at_one(both, &both->before, &old->objects[i]);
        } else {
            rc = look_at_one(both, &both->after, &new->objects[j]);
        }
        i += order <= 0;
        j += order >= 0;
    }
    return rc;
}

/* The words of the link that are no inputs: options and scripts. */
static void link_options(const struct tool_record *link,
                         struct text_list *options)
{
    for (size_t i = 0; i < link->words.nr; i++) {
        const char *word = link->words.items[i];
        size_t nr = strlen(word);

        if (nr < 2 || (strcmp(word + nr - 2, ".o") != 0 &&
                       strcmp(word + nr - 2, ".a") != 0)) {
            text_list_add(options, word);
        }
    }
}

/* The linker's script decides where everything goes, which objects do not
 * show. */
static int check_script(const struct both *both)
{
    char *script = linker_script_of(both->after.link);
    const char *path = script != NULL ? path_in_tree(both, script) : NULL;
    int rc = 0;

    if (path != NULL && !has_same_bytes(file_of(both, &both->before, path),
                                        file_of(both, &both->after, path))) {
        fprintf(both->job->err,
                "livepatch-build: %s: the patch changes the linker's script, "
                "which no payload can\n",
                path);
        rc = -EPERM;
    }
    free(script);
    return rc;
}

static int check_link(const struct both *both)
{
    struct text_list before = {0}, after = {0};
    int rc = check_script(both);

    if (rc != 0) {
        return rc;
    }
    link_options(both->before.link, &before);
    link_options(both->after.link, &after);
    if (!is_same_list(&before, &after)) {
        rc = refuse_other_words(both, "the image", &before, &after);
    }
    text_list_free(&before);
    text_list_free(&after);
    return rc;
}

static int find_asm_offsets(const FTSENT *entry, const char *path, void *opaque)
{
    char **found = opaque;

    (void)path;
    if (entry->fts_info == FTS_F && *found == NULL &&
        strcmp(entry->fts_name, "asm-offsets.h") == 0) {
        *found = must_copy(entry->fts_path);
    }
    return 0;
}

int object_pairs_find(const struct build_job *job, struct build_result *result)
{
    struct both both = {.job = job,
                        .result = result,
                        .before = {.folder = job->cache->before},
                        .after = {.folder = job->cache->tree}};
    int rc = read_side(job, &both.before, NULL);

    if (rc == 0) {
        rc = read_side(job, &both.after, job->cache->tree_log);
    }
    if (rc == 0) {
        rc = check_link(&both);
    }
    if (rc == 0) {
        rc = compare_sides(&both);
    }
    if (rc == 0) {
        rc = tree_walk(job->cache->before, NULL, find_asm_offsets,
                       &result->asm_offsets_before, job->err);
    }
    if (rc == 0) {
        rc = tree_walk(job->cache->tree, NULL, find_asm_offsets,
                       &result->asm_offsets_after, job->err);
    }
    free(both.before.objects.objects);
    free(both.after.objects.objects);
    tool_log_free(&both.before.log);
    tool_log_free(&both.after.log);
    return rc;
}
