/* SPDX-License-Identifier: GPL-2.0 */
/*
 * JUnit XML by libxml2's writer, which escapes. Control characters, which no
 * XML may hold, become question marks; so do bytes beyond ASCII.
 *
 * Source: the Jenkins xUnit plugin's junit-10.xsd, which GitLab's reader takes.
 */
#include "result/junit.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>

struct junit {
    xmlTextWriter *writer;
    bool has_failed;
};

static void note(struct junit *junit, int rc)
{
    junit->has_failed = junit->has_failed || rc < 0;
}

static void begin(struct junit *junit, const char *element)
{
    note(junit, xmlTextWriterStartElement(junit->writer, BAD_CAST element));
}

static void end(struct junit *junit)
{
    note(junit, xmlTextWriterEndElement(junit->writer));
}

/* A copy that XML can hold. */
static char *printable(const char *text)
{
    char *copy = must_copy(text);

    for (char *at = copy; *at != '\0'; at++) {
        if ((*at < ' ' && *at != '\n' && *at != '\t') || *at > '~') {
            *at = '?';
        }
    }
    return copy;
}

static void add_text(struct junit *junit, const char *name, const char *text)
{
    char *copy = printable(text);

    note(junit, xmlTextWriterWriteAttribute(junit->writer, BAD_CAST name,
                                            BAD_CAST copy));
    free(copy);
}

static void add_number(struct junit *junit, const char *name, size_t number)
{
    note(junit, xmlTextWriterWriteFormatAttribute(junit->writer, BAD_CAST name,
                                                  "%zu", number));
}

static void add_seconds(struct junit *junit, double seconds)
{
    note(junit, xmlTextWriterWriteFormatAttribute(
                    junit->writer, BAD_CAST "time", "%.3f", seconds));
}

static void add_line(struct junit *junit, const char *line)
{
    char *copy = printable(line);

    note(junit, xmlTextWriterWriteFormatString(junit->writer, "%s\n", copy));
    free(copy);
}

static void write_outcome(struct junit *junit, const struct test_case *told)
{
    const char *why = told->why != NULL ? told->why : told->title;

    switch (told->verdict) {
    case VERDICT_PASSED:
        return;
    case VERDICT_UNREACHED:
    case VERDICT_SKIPPED:
        begin(junit, "skipped");
        add_text(junit, "message",
                 told->verdict == VERDICT_SKIPPED ? why : "not reached");
        break;
    case VERDICT_FAILED:
    case VERDICT_BROKEN:
        begin(junit, told->verdict == VERDICT_FAILED ? "failure" : "error");
        add_text(junit, "message", why);
        add_text(junit, "type", told->name);
        for (size_t i = 0; i < told->notes.nr; i++) {
            add_line(junit, told->notes.items[i]);
        }
        break;
    }
    end(junit);
}

static void write_stops(struct junit *junit, const struct suite *suite)
{
    if (suite->nr_stops == 0) {
        return;
    }
    begin(junit, "system-out");
    for (size_t i = 0; i < suite->nr_stops; i++) {
        note(junit,
             xmlTextWriterWriteFormatString(
                 junit->writer, "%s stopped all CPUs for %.3f ms\n",
                 suite->stops[i].action, (double)suite->stops[i].ns / 1e6));
    }
    end(junit);
}

static void write_suite(struct junit *junit, const struct suite *suite)
{
    struct tally tally = suite_tally(suite);

    begin(junit, "testsuite");
    add_text(junit, "name", suite->name);
    add_number(junit, "tests", suite->nr_cases);
    add_number(junit, "failures", tally.nr_failed);
    add_number(junit, "errors", tally.nr_broken);
    add_number(junit, "skipped", tally.nr_skipped);
    add_seconds(junit, suite->seconds);
    for (size_t i = 0; i < suite->nr_cases; i++) {
        const struct test_case *told = &suite->cases[i];

        begin(junit, "testcase");
        add_text(junit, "name", told->name);
        add_text(junit, "classname", suite->name);
        add_seconds(junit, told->seconds);
        write_outcome(junit, told);
        end(junit);
    }
    write_stops(junit, suite);
    end(junit);
}

static bool make_document(const struct report *report, xmlBuffer *buffer)
{
    struct junit junit = {.writer = xmlNewTextWriterMemory(buffer, 0)};

    if (junit.writer == NULL) {
        return false;
    }
    note(&junit, xmlTextWriterSetIndent(junit.writer, 1));
    note(&junit, xmlTextWriterStartDocument(junit.writer, NULL, "UTF-8", NULL));
    begin(&junit, "testsuites");
    add_text(&junit, "name", "livepatch-replay");
    for (size_t i = 0; i < report->nr_suites; i++) {
        write_suite(&junit, &report->suites[i]);
    }
    end(&junit);
    note(&junit, xmlTextWriterEndDocument(junit.writer));
    note(&junit, xmlTextWriterFlush(junit.writer));
    xmlFreeTextWriter(junit.writer);
    return !junit.has_failed;
}

static int write_file(const char *path, const xmlBuffer *buffer)
{
    FILE *file = fopen(path, "we");
    int rc = 0;

    if (file == NULL) {
        return -errno;
    }
    if (fputs((const char *)xmlBufferContent(buffer), file) < 0 ||
        fflush(file) != 0) {
        rc = -errno;
    }
    if (fclose(file) != 0 && rc == 0) {
        rc = -errno;
    }
    return rc;
}

int junit_write(const struct report *report, const char *path)
{
    xmlBuffer *buffer = xmlBufferCreate();
    int rc = -ENOMEM;

    if (buffer != NULL && make_document(report, buffer)) {
        rc = write_file(path, buffer);
    }
    if (buffer != NULL) {
        xmlBufferFree(buffer);
    }
    return rc;
}
