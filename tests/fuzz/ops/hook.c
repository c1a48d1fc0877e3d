// SPDX-License-Identifier: GPL-2.0
/*
 * Stubs, the record of calls, and the search for the plan of a call.
 */
#include "hook.h"

#include <stdlib.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/livepatch_payload.h>

#include "host/arena.h"

const char *const hook_names[HOOK_NR] = {
    [HOOK_LOAD] = "load",           [HOOK_UNLOAD] = "unload",
    [HOOK_PREAPPLY] = "preapply",   [HOOK_APPLY] = "apply",
    [HOOK_POSTAPPLY] = "postapply", [HOOK_PREREVERT] = "prerevert",
    [HOOK_REVERT] = "revert",       [HOOK_POSTREVERT] = "postrevert",
};

static const struct hook_plans *expected;
static bool is_used[HOOK_MAX_CALLS];
static struct hook_call calls[HOOK_MAX_CALLS];
static unsigned int nr_calls;

static bool is_list(enum recipe_hook kind)
{
    return kind == HOOK_LOAD || kind == HOOK_UNLOAD;
}

unsigned int hook_count(const struct recipe *recipe, enum recipe_hook kind)
{
    if (!(recipe->hooks >> kind & 1)) {
        return 0;
    }
    return is_list(kind) ? 1 + (recipe->answers[kind] & 1) : 1;
}

int hook_refusal(const struct recipe *recipe, enum recipe_hook kind,
                 unsigned int *nr_marks)
{
    static const int answers[8] = {-ENOSPC, -EAGAIN,   -4095,    1,
                                   -4096,   INT32_MIN, -ENODATA, 0};
    const unsigned int which = recipe->answers[kind] >> 4 & 7;

    *nr_marks = !(recipe->answers[kind] & 0x80) ? 0
                : answers[which]                ? HOOK_MARK_ALL
                                                : 1;
    return answers[which];
}

bool hook_refuses(const struct recipe *recipe, enum recipe_hook kind,
                  unsigned int n)
{
    return recipe->answers[kind] >> n % 4 & 1;
}

/* FNV-1a. */
uint32_t hook_checksum(const uint8_t text[HOOK_TEXT_BYTES])
{
    uint32_t sum = 0x811c9dc5;

    for (unsigned int i = 0; i < HOOK_TEXT_BYTES; i++) {
        sum = (sum ^ text[i]) * 0x01000193;
    }
    return sum;
}

void hook_expect(const struct hook_plans *plans)
{
    expected = plans;
    nr_calls = 0;
    memset(is_used, 0, sizeof(is_used));
}

unsigned int hook_calls(const struct hook_call **first)
{
    *first = calls;
    return nr_calls;
}

static const struct hook_plan *find_plan(uint32_t serial, enum recipe_hook kind)
{
    for (unsigned int i = 0; expected && i < expected->nr; i++) {
        const struct hook_call *call = &expected->plan[i].call;

        if (!is_used[i] && call->serial == serial && call->kind == kind) {
            is_used[i] = true;
            return &expected->plan[i];
        }
    }
    return NULL;
}

static unsigned int count_marks(const livepatch_payload_t *payload)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        nr += payload->fstate[i].applied == LIVEPATCH_FUNC_APPLIED;
    }
    return nr;
}

static void note_call(uint32_t serial, enum recipe_hook kind, int rc_seen,
                      unsigned int nr_marked)
{
    if (nr_calls == HOOK_MAX_CALLS) {
        abort();
    }
    calls[nr_calls++] =
        (struct hook_call){serial, kind, rc_seen,
                           hook_checksum((const uint8_t *)_stext), nr_marked};
}

static void mark(const livepatch_payload_t *payload, enum recipe_hook kind,
                 unsigned int nr)
{
    for (unsigned int i = 0; i < payload->nfuncs && i < nr; i++) {
        payload->fstate[i].applied = kind == HOOK_APPLY
                                         ? LIVEPATCH_FUNC_APPLIED
                                         : LIVEPATCH_FUNC_NOT_APPLIED;
    }
}

/* Where every stub goes. Load and unload hooks are given no payload. */
static int hear(const livepatch_payload_t *payload, uint32_t token)
{
    const enum recipe_hook kind = token & 15;
    const struct hook_plan *plan = find_plan(token >> 4, kind);
    const bool is_post = kind == HOOK_POSTAPPLY || kind == HOOK_POSTREVERT;

    note_call(token >> 4, kind, is_post ? payload->rc : 0,
              is_list(kind) ? 0 : count_marks(payload));
    if (!plan) {
        return 0;
    }
    if (plan->nr_marks) {
        mark(payload, kind, plan->nr_marks);
    }
    for (unsigned int i = 0; i < plan->nr_writes; i++) {
        host_arena_write((void *)plan->write[i].address, plan->write[i].bytes,
                         plan->write[i].nr);
    }
    return plan->answer;
}

/* mov $token, %esi; movabs $hear, %rax; jmp *%rax */
void hook_stub(uint8_t *at, uint32_t serial, enum recipe_hook kind)
{
    const uint32_t token = serial << 4 | kind;
    int (*const target)(const livepatch_payload_t *, uint32_t) = hear;

    memset(at, 0xcc, HOOK_STUB_BYTES);
    at[0] = 0xbe;
    memcpy(at + 1, &token, sizeof(token));
    at[5] = 0x48;
    at[6] = 0xb8;
    memcpy(at + 7, &target, sizeof(target));
    at[15] = 0xff;
    at[16] = 0xe0;
}
