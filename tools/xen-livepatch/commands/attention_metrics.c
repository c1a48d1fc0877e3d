/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Codes without points have a sample too, so that a rule can tell "none" from
 * "not measured".
 */
#include "commands/attention_metrics.h"

#include "judgement/attention_report.h"

static void write_counts(struct metric_writer *writer,
                         const struct judgement *judgement)
{
    metric_family(writer, "xen_livepatch_attention", METRIC_GAUGE,
                  "Points that need attention, by code.");
    for (unsigned int i = 0; i < NR_ATTENTION_CODES; i++) {
        const struct attention_kind *kind = &attention_kinds[i];
        const struct metric_label labels[] = {
            {"code", kind->word},
            {"level", attention_level_key(kind->level)},
            {NULL, NULL}};

        metric_sample(
            writer, labels,
            (double)judgement_count(judgement, (enum attention_code)i));
    }
}

/* Whether point i has the labels of the one before it: those without a name of
 * one code stand together. Prometheus takes no sample twice. */
static bool is_written(const struct judgement *judgement, size_t i)
{
    const struct attention_point *point = &judgement->points[i];

    return i && point[-1].code == point->code && !point[-1].name &&
           !point->name;
}

static void write_points(struct metric_writer *writer,
                         const struct judgement *judgement)
{
    if (!judgement->nr) {
        return;
    }
    metric_family(writer, "xen_livepatch_attention_point", METRIC_GAUGE,
                  "1 for each of these points, with the payload's name.");
    for (size_t i = 0; i < judgement->nr; i++) {
        const struct attention_point *point = &judgement->points[i];
        const struct metric_label labels[] = {
            {"code", attention_kinds[point->code].word},
            {"name", point->name ? point->name : ""},
            {NULL, NULL}};

        if (!is_written(judgement, i)) {
            metric_sample(writer, labels, 1);
        }
    }
}

void attention_metrics_write(struct metric_writer *writer,
                             const struct judgement *judgement)
{
    metric_single(writer, "xen_livepatch_attention_level",
                  "What needs attention most: 0 nothing, 1 a warning, "
                  "2 critical.",
                  judgement_worst(judgement));
    write_counts(writer, judgement);
    write_points(writer, judgement);
}
