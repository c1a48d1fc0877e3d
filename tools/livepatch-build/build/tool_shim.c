/* SPDX-License-Identifier: GPL-2.0 */
/* Standing in for a tool: find it, run it, log it. */
#include "build/tool_shim.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build/file_bytes.h"
#include "build/tool_log.h"

/* PATH without the folder of shims: what the tool calls itself is its own. */
static char *path_without(const char *folder)
{
    const char *path = getenv("PATH");
    char *rest = must_copy(path != NULL ? path : "/usr/bin:/bin");
    char *without = must_alloc(strlen(rest) + 1);
    char *at = rest, *part;

    while ((part = strsep(&at, ":")) != NULL) {
        if (strcmp(part, folder) != 0) {
            strcat(strcat(without, without[0] != '\0' ? ":" : ""), part);
        }
    }
    free(rest);
    return without;
}

/* A quoted or plain word of a response file, from *at on; NULL at the end. */
static char *take_word(const char **at, const char *end)
{
    char *word, *to, quote = '\0';

    while (*at < end && strchr(" \t\r\n\f\v", **at) != NULL) {
        (*at)++;
    }
    if (*at == end) {
        return NULL;
    }
    word = to = must_alloc((size_t)(end - *at) + 1);
    for (; *at < end; (*at)++) {
        char c = **at;

        if (c == '\\' && *at + 1 < end) {
            *to++ = *++*at;
        } else if (quote != '\0' ? c == quote : c == '"' || c == '\'') {
            quote = quote != '\0' ? '\0' : c;
        } else if (quote == '\0' && strchr(" \t\r\n\f\v", c) != NULL) {
            break;
        } else {
            *to++ = c;
        }
    }
    return word;
}

#define MAX_RESPONSE_DEPTH 8

/* Add a word, or the words of the file that it names as @FILE. */
static void add_word(struct text_list *words, const char *word, int depth)
{
    struct file_bytes file;
    char *inner;

    if (word[0] != '@' || depth == MAX_RESPONSE_DEPTH ||
        file_bytes_open(word + 1, &file) != 0) {
        text_list_add(words, word);
        return;
    }
    const char *at = file.bytes, *end = file.bytes + file.nr;

    while ((inner = take_word(&at, end)) != NULL) {
        add_word(words, inner, depth + 1);
        free(inner);
    }
    file_bytes_close(&file);
}

/* Run the tool with its complaints into `complaints`; its exit status. */
static int run_tool(const char *name, char **argv, int complaints)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        dup2(complaints, STDERR_FILENO);
        execvp(name, argv);
        dprintf(STDERR_FILENO, "%s: %s\n", name, strerror(errno));
        _exit(127);
    }
    if (child < 0) {
        dprintf(STDERR_FILENO, "%s: %s\n", name, strerror(errno));
        return 126;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* What a file in memory holds, as a text. */
static char *text_of(int file)
{
    off_t bytes = lseek(file, 0, SEEK_END);
    char *text = must_alloc((size_t)(bytes > 0 ? bytes : 0) + 1);

    if (bytes > 0 && pread(file, text, (size_t)bytes, 0) < 0) {
        text[0] = '\0';
    }
    return text;
}

static void run_and_keep_complaints(const char *name, char **argv,
                                    struct tool_record *record)
{
    int complaints = memfd_create("complaints", MFD_CLOEXEC);

    if (complaints < 0) {
        record->status = 126;
        record->said = must_format("%s: %s\n", name, strerror(errno));
        return;
    }
    record->status = run_tool(name, argv, complaints);
    record->said = text_of(complaints);
    close(complaints);
}

static int run_and_log(const char *name, char **argv,
                       struct tool_record *record)
{
    const char *log = getenv(SHIM_LOG_VARIABLE);
    int status;

    if (record->call.action == ACTION_LINK_IMAGE) {
        record->said = must_copy("livepatch-build: the objects are built, the "
                                 "image itself is not linked\n");
    } else {
        run_and_keep_complaints(name, argv, record);
    }
    fputs(record->said, stderr);
    status = record->call.action == ACTION_LINK_IMAGE ? 1 : record->status;
    if (record->status == 0) {
        record->said[0] = '\0';
    }
    int rc = log != NULL ? tool_log_append(log, record) : 0;

    if (rc != 0) {
        fprintf(stderr, "livepatch-build: %s: %s\n", log, strerror(-rc));
        return 1;
    }
    return status;
}

int tool_shim_run(const char *name, int argc, char **argv)
{
    const char *folder = getenv(SHIM_FOLDER_VARIABLE);
    struct tool_record record = {.folder = getcwd(NULL, 0)};
    char *path;

    if (folder == NULL) {
        fprintf(stderr, "livepatch-build: called as %s, but not by a build\n",
                name);
        return 127;
    }
    path = path_without(folder);
    setenv("PATH", path, 1);
    unsetenv(SHIM_FOLDER_VARIABLE); /* never a shim from within a shim */
    free(path);
    for (int i = 0; i < argc; i++) {
        add_word(&record.words, argv[i], 0);
    }
    record.call =
        tool_call_read(tool_kind_of(name), record.words.nr, record.words.items);
    if (record.call.action == ACTION_OTHER || record.folder == NULL) {
        execvp(name, argv);
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
        return 127;
    }
    return run_and_log(name, argv, &record); /* the end frees the record */
}
