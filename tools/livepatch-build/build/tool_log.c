/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing and reading the log. A record is its length in bytes as decimal text,
 * then texts, each with its NUL: the action's letter, status, folder, output,
 * complaints, number of inputs, the inputs, number of words, the words. One
 * write(2) to a file opened for appending puts it there whole.
 */
#include "build/tool_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "build/file_bytes.h"

static void put_list(FILE *to, const struct text_list *list)
{
    fprintf(to, "%zu%c", list->nr, 0);
    for (size_t i = 0; i < list->nr; i++) {
        fprintf(to, "%s%c", list->items[i], 0);
    }
}

/* The record's texts in memory to free(); NULL: there is none. */
static char *format_record(const struct tool_record *record, size_t *bytes)
{
    char *text = NULL;
    FILE *to = open_memstream(&text, bytes);

    if (to == NULL) {
        return NULL;
    }
    fprintf(to, "%c%c%d%c%s%c%s%c%s%c", 'a' + (int)record->call.action, 0,
            record->status, 0, record->folder, 0,
            record->call.output != NULL ? record->call.output : "", 0,
            record->said, 0);
    put_list(to, &record->call.inputs);
    put_list(to, &record->words);
    if (fclose(to) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

int tool_log_append(const char *path, const struct tool_record *record)
{
    size_t bytes = 0;
    char *texts = format_record(record, &bytes);
    char length[32];
    int nr = snprintf(length, sizeof(length), "%zu", bytes) + 1;
    char *whole = must_alloc((size_t)nr + bytes);
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    int rc = texts == NULL ? -ENOMEM : file < 0 ? -errno : 0;

    if (rc == 0) {
        memcpy(whole, length, (size_t)nr);
        memcpy(whole + nr, texts, bytes);
        flock(file, LOCK_EX);
        ssize_t written = write(file, whole, (size_t)nr + bytes);

        rc = written < 0                            ? -errno
             : (size_t)written < (size_t)nr + bytes ? -ENOSPC
                                                    : 0;
    }
    if (file >= 0) {
        close(file);
    }
    free(whole);
    free(texts);
    return rc;
}

/* The rest of the bytes that are read. */
struct rest {
    const char *at;
    size_t bytes;
    bool is_short; /* more was asked for than there is */
};

/* The next text, "" behind the end. */
static const char *take_text(struct rest *rest)
{
    const char *text = rest->at;
    size_t nr = strnlen(text, rest->bytes);

    if (nr == rest->bytes) {
        rest->is_short = true;
        return "";
    }
    rest->at += nr + 1;
    rest->bytes -= nr + 1;
    return text;
}

static void take_list(struct rest *rest, struct text_list *list)
{
    size_t nr = strtoul(take_text(rest), NULL, 10);

    for (size_t i = 0; i < nr && !rest->is_short; i++) {
        text_list_add(list, take_text(rest));
    }
}

/* `path` seen from `folder`, without "." and ".."; free() it. By its words
 * alone, as the log is about files that may be gone. */
static char *plain_path(const char *folder, const char *path)
{
    char *whole =
        path[0] == '/' ? must_copy(path) : must_format("%s/%s", folder, path);
    char *plain = must_alloc(strlen(whole) + 2);
    char *rest = NULL;
    size_t nr = 0;

    for (char *part = strtok_r(whole, "/", &rest); part != NULL;
         part = strtok_r(NULL, "/", &rest)) {
        if (strcmp(part, "..") == 0) {
            while (nr > 0 && plain[--nr] != '/') {
            }
        } else if (strcmp(part, ".") != 0) {
            plain[nr++] = '/';
            nr += strlen(strcpy(plain + nr, part));
        }
        plain[nr] = '\0';
    }
    free(whole);
    return plain;
}

static void make_plain(const char *folder, char **path)
{
    char *plain = plain_path(folder, *path);

    free(*path);
    *path = plain;
}

static void free_record(struct tool_record *record)
{
    tool_call_free(&record->call);
    free(record->folder);
    free(record->said);
    text_list_free(&record->words);
}

static struct tool_record take_record(struct rest *rest)
{
    struct tool_record record = {0};
    const char *action = take_text(rest);

    record.call.action =
        action[0] >= 'a' && action[0] <= 'a' + (int)ACTION_ARCHIVE
            ? (enum tool_action)(action[0] - 'a')
            : ACTION_OTHER;
    record.status = atoi(take_text(rest)); // NOLINT(cert-err34-c): our own
    record.folder = must_copy(take_text(rest));
    record.call.output = must_copy(take_text(rest));
    record.said = must_copy(take_text(rest));
    take_list(rest, &record.call.inputs);
    take_list(rest, &record.words);
    make_plain(record.folder, &record.call.output);
    for (size_t i = 0; i < record.call.inputs.nr; i++) {
        make_plain(record.folder, &record.call.inputs.items[i]);
    }
    return record;
}

static void read_records(struct rest rest, struct tool_log *log)
{
    for (;;) {
        size_t bytes = strtoul(take_text(&rest), NULL, 10);
        struct rest own = {rest.at, bytes, false};

        if (rest.is_short || bytes == 0 || bytes > rest.bytes) {
            return;
        }
        struct tool_record record = take_record(&own);

        if (own.is_short) {
            free_record(&record);
            return;
        }
        if ((log->nr & (log->nr + 1)) == 0) {
            log->records = must_resize(log->records, 2 * (log->nr + 1),
                                       sizeof(*log->records));
        }
        log->records[log->nr++] = record;
        rest.at += bytes;
        rest.bytes -= bytes;
    }
}

int tool_log_read(const char *path, struct tool_log *log)
{
    struct file_bytes file;
    int rc = file_bytes_open(path, &file);

    if (rc == 0) {
        read_records((struct rest){file.bytes, file.nr, false}, log);
        file_bytes_close(&file);
    }
    return rc;
}

void tool_log_free(struct tool_log *log)
{
    for (size_t i = 0; i < log->nr; i++) {
        free_record(&log->records[i]);
    }
    free(log->records);
    *log = (struct tool_log){0};
}

static bool is_in_place(const struct tool_record *record)
{
    return record->call.action == ACTION_COPY &&
           strcmp(record->call.inputs.items[0], record->call.output) == 0;
}

const struct tool_record *find_maker(const struct tool_log *log,
                                     const char *output)
{
    for (size_t i = log->nr; i-- > 0;) {
        const struct tool_record *record = &log->records[i];

        if (record->status == 0 && strcmp(record->call.output, output) == 0 &&
            record->call.action != ACTION_LINK_IMAGE && !is_in_place(record)) {
            return record;
        }
    }
    return NULL;
}

const struct tool_record *find_image_link(const struct tool_log *log,
                                          const char *name)
{
    for (size_t i = log->nr; i-- > 0;) {
        const struct tool_record *record = &log->records[i];

        if (record->call.action == ACTION_LINK_IMAGE &&
            strstr(strrchr(record->call.output, '/'), name) != NULL) {
            return record;
        }
    }
    return NULL;
}

char *linker_script_of(const struct tool_record *link)
{
    static const char *const options[] = {"-T", "--script=", "--script"};

    for (size_t i = 1; i < link->words.nr; i++) {
        const char *word = link->words.items[i];

        for (size_t j = 0; j < sizeof(options) / sizeof(*options); j++) {
            size_t nr = strlen(options[j]);

            if (strncmp(word, options[j], nr) != 0 ||
                strncmp(word, "-Ttext", 6) == 0 ||
                strncmp(word, "-Tdata", 6) == 0 ||
                strncmp(word, "-Tbss", 5) == 0) {
                continue;
            }
            if (word[nr] != '\0') {
                return plain_path(link->folder, word + nr);
            }
            return i + 1 < link->words.nr
                       ? plain_path(link->folder, link->words.items[i + 1])
                       : NULL;
        }
    }
    return NULL;
}

static bool is_plain_word(const char *word)
{
    return word[0] != '\0' &&
           strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789_-+=./,:@%^") == strlen(word);
}

char *command_line_of(const struct tool_record *record)
{
    char *line = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&line, &bytes);

    for (size_t i = 0; to != NULL && i < record->words.nr; i++) {
        const char *word = record->words.items[i];

        fputs(i != 0 ? " " : "", to);
        if (is_plain_word(word)) {
            fputs(word, to);
            continue;
        }
        fputc('\'', to);
        for (; *word != '\0'; word++) {
            fputs(*word == '\'' ? "'\\'" : "", to);
            fputc(*word, to);
        }
        fputc('\'', to);
    }
    if (to == NULL || fclose(to) != 0) {
        free(line);
        return must_copy("");
    }
    return line;
}
