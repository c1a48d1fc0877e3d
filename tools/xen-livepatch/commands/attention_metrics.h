/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The judgement as metrics.
 */
#ifndef XEN_LIVEPATCH_ATTENTION_METRICS_H
#define XEN_LIVEPATCH_ATTENTION_METRICS_H

#include "commands/metric.h"
#include "judgement/judgement.h"

/* The worst level, the points of every code, and each point by its name. */
void attention_metrics_write(struct metric_writer *writer,
                             const struct judgement *judgement);

#endif
