// SPDX-License-Identifier: GPL-2.0
/*
 * A list that grows.
 */
#include "base/findings.h"

#include <stdlib.h>

#include "lib/memory.h"

void findings_open(struct findings *findings)
{
    *findings = (struct findings){0};
    arena_open(&findings->arena);
}

void findings_close(struct findings *findings)
{
    free(findings->all);
    arena_close(&findings->arena);
    *findings = (struct findings){0};
}

static const char *copy(struct findings *findings, const char *text)
{
    return text ? arena_print(&findings->arena, "%s", text) : NULL;
}

void findings_add(struct findings *findings, const struct finding *finding)
{
    if (findings->nr == findings->room) {
        findings->room = findings->room ? 2 * findings->room : 32;
        findings->all =
            must_resize(findings->all, findings->room, sizeof(*findings->all));
    }
    findings->nr_of[finding->kind]++;
    findings->all[findings->nr++] = (struct finding){
        .kind = finding->kind,
        .object = copy(findings, finding->object),
        .symbol = copy(findings, finding->symbol ? finding->symbol : ""),
        .reason = copy(findings, finding->reason),
        .remedy = copy(findings, finding->remedy),
    };
}
