// SPDX-License-Identifier: GPL-2.0
/*
 * A base's own lists come before what the command line has for all: patches
 * that this hypervisor lacks, before the one that all get.
 */
#include "commands/base.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define OPTIONS_FILE "options"

/* A text that lives as long as the base. */
static const char *keep(struct base *base, char *text)
{
    text_list_take(&base->own, text);
    return text;
}

static bool is_there(const char *path, mode_t kind)
{
    struct stat facts;

    return stat(path, &facts) == 0 && (facts.st_mode & S_IFMT) == kind;
}

/* FOLDER/NAME if that is there, else `otherwise`. */
static const char *find_in(struct base *base, const char *name, mode_t kind,
                           const char *otherwise)
{
    const char *path = keep(base, must_format("%s/%s", base->path, name));

    return is_there(path, kind) ? path : otherwise;
}

/* A value as it is to be read from where this program runs. */
static const char *value_of(struct base *base, const char *name,
                            const char *value)
{
    const enum option_path kind = options_path_kind(name);
    struct stat facts;
    const char *path;

    if (kind == OPTION_IS_NO_PATH || value[0] == '/' || value[0] == '\0') {
        return keep(base, must_copy(value));
    }
    path = keep(base, must_format("%s/%s", base->path, value));
    return kind == OPTION_IS_PATH || stat(path, &facts) == 0
               ? path
               : keep(base, must_copy(value));
}

/* One line, which is changed. */
static int read_line(struct base *base, char *line, FILE *err)
{
    char *name = line + strspn(line, " \t");
    char *value;
    size_t nr = strlen(name);

    while (nr > 0 && isspace((unsigned char)name[nr - 1])) {
        name[--nr] = '\0';
    }
    if (name[0] == '\0' || name[0] == '#') {
        return 0;
    }
    value = name + strcspn(name, " \t");
    if (*value != '\0') {
        *value++ = '\0';
        value += strspn(value, " \t");
    }
    return options_set_of_base(&base->options, name,
                               value_of(base, name, value), err);
}

static int read_options(struct base *base, FILE *err)
{
    char *path = must_format("%s/" OPTIONS_FILE, base->path);
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    unsigned int number = 0;
    int rc = 0;

    if (file == NULL && errno != ENOENT) {
        rc = -errno;
        fprintf(err, "livepatch-build: %s: %s\n", path, strerror(errno));
    }
    while (file != NULL && rc == 0 && getline(&line, &room, file) >= 0) {
        number++;
        rc = read_line(base, line, err);
        if (rc != 0) {
            fprintf(err, "livepatch-build: %s: line %u\n", path, number);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    free(line);
    free(path);
    return rc;
}

static void add_all(struct text_list *to, const struct text_list *from)
{
    for (size_t i = 0; i < from->nr; i++) {
        text_list_add(to, from->items[i]);
    }
}

int base_read(const char *path, const struct options *common, struct base *base,
              FILE *err)
{
    int rc;

    *base = (struct base){.path = path, .options = *common};
    base->options.bases = (struct text_list){0};
    base->options.patches = (struct text_list){0};
    base->options.pristine = (struct text_list){0};
    base->options.metadata = (struct text_list){0};
    base->options.operands = (struct text_list){0};
    if (!is_there(path, S_IFDIR)) {
        fprintf(err,
                "livepatch-build: %s: no folder; a base is one with xen-syms "
                "and source/\n",
                path);
        return -ENOENT;
    }
    base->options.source = find_in(base, "source", S_IFDIR, path);
    base->options.config = find_in(base, "config", S_IFREG, NULL);
    base->options.xen_syms = find_in(base, "xen-syms", S_IFREG, NULL);
    rc = read_options(base, err);
    if (rc == 0) {
        rc = options_check(&base->options, err);
    }
    add_all(&base->options.patches, &common->patches);
    add_all(&base->options.pristine, &common->pristine);
    add_all(&base->options.metadata, &common->metadata);
    if (rc == 0 && base->options.xen_syms == NULL) {
        fprintf(err,
                "livepatch-build: %s: no xen-syms there, nor does the file "
                "options say where it is\n",
                path);
        rc = -ENOENT;
    }
    if (rc == 0 && base->options.patches.nr == 0) {
        fprintf(err, "livepatch-build: %s: no --patch FILE\n", path);
        rc = -EINVAL;
    }
    return rc;
}

void base_free(struct base *base)
{
    options_free(&base->options);
    text_list_free(&base->own);
    *base = (struct base){0};
}
