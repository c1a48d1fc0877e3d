/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Metrics, as text in the format of Prometheus or as a list of objects. Knows
 * the format; what is measured is the caller's.
 *
 * Source: Prometheus, text-based exposition format, version 0.0.4.
 */
#ifndef XEN_LIVEPATCH_METRIC_H
#define XEN_LIVEPATCH_METRIC_H

#include <stdio.h>

struct json_object;

struct metric_writer {
    FILE *out;                /* text goes here ... */
    struct json_object *list; /* ... unless this is there: then objects here */
    const char *name;         /* of the family; set by metric_family() */
};

enum metric_type {
    METRIC_GAUGE,
    METRIC_COUNTER,
};

struct metric_label {
    const char *name;
    const char *value; /* any bytes; what is not printable becomes \xNN */
};

/* What follows are samples of this. `name` stays in use. */
void metric_family(struct metric_writer *writer, const char *name,
                   enum metric_type type, const char *help);

/* `labels` ends with one without a name; NULL: there are none. */
void metric_sample(const struct metric_writer *writer,
                   const struct metric_label *labels, double value);

/* A family of one sample without labels. */
void metric_single(struct metric_writer *writer, const char *name,
                   const char *help, double value);

#endif
