/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines of text with labels escaped, or the same as objects. A backslash that
 * stands for itself is doubled in the text, so the \xNN of a byte that is not
 * printable reads as such.
 */
#include "commands/metric.h"

#include <stdlib.h>
#include <string.h>

#include "lib/report.h"

/* Digits enough for milliseconds since 1970 and for ns in a stop. */
#define NUMBER_FORMAT "%.14g"

static void print_value(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\' || *text == '"') {
            fprintf(out, "\\%c", *text);
        } else if (*text >= ' ' && *text <= '~') {
            fputc(*text, out);
        } else {
            fprintf(out, "\\\\x%02x", (unsigned char)*text);
        }
    }
}

void metric_family(struct metric_writer *writer, const char *name,
                   enum metric_type type, const char *help)
{
    writer->name = name;
    if (!writer->list) {
        fprintf(writer->out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
                type == METRIC_COUNTER ? "counter" : "gauge");
    }
}

static void print_labels(FILE *out, const struct metric_label *labels)
{
    const char *separator = "{";

    for (; labels && labels->name; labels++) {
        fprintf(out, "%s%s=\"", separator, labels->name);
        print_value(out, labels->value);
        fputc('"', out);
        separator = ",";
    }
    fputs(*separator == ',' ? "}" : "", out);
}

static void report_sample(const struct metric_writer *writer,
                          const struct metric_label *labels, double value)
{
    struct json_object *sample = report_list_object(writer->list);
    struct json_object *object = report_add_object(sample, "labels");

    report_add_text(sample, "name", writer->name);
    report_add_real(sample, "value", value);
    for (; labels && labels->name; labels++) {
        report_add_text(object, labels->name, labels->value);
    }
}

void metric_sample(const struct metric_writer *writer,
                   const struct metric_label *labels, double value)
{
    if (writer->list) {
        report_sample(writer, labels, value);
        return;
    }
    fputs(writer->name, writer->out);
    print_labels(writer->out, labels);
    fprintf(writer->out, " " NUMBER_FORMAT "\n", value);
}

void metric_single(struct metric_writer *writer, const char *name,
                   const char *help, double value)
{
    metric_family(writer, name, METRIC_GAUGE, help);
    metric_sample(writer, NULL, value);
}
