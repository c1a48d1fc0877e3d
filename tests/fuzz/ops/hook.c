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

#include "host/clock.h"

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

bool hook_is_list(enum recipe_hook kind)
{
    return kind == HOOK_LOAD || kind == HOOK_UNLOAD;
}

bool hook_is_in_stop(enum recipe_hook kind)
{
    return hook_is_list(kind) || kind == HOOK_APPLY || kind == HOOK_REVERT;
}

bool hook_is_post(enum recipe_hook kind)
{
    return kind == HOOK_POSTAPPLY || kind == HOOK_POSTREVERT;
}

unsigned int hook_count(const struct recipe *recipe, enum recipe_hook kind)
{
    if (!(recipe->hooks >> kind & 1)) {
        return 0;
    }
    return hook_is_list(kind) ? 1 + (recipe->answers[kind] >> 7) : 1;
}

bool hook_is_crooked(const struct recipe *recipe, enum recipe_hook kind,
                     unsigned int n)
{
    return recipe->answers[kind] >> n % 4 & 1;
}

void hook_crooked_deeds(const struct recipe *recipe, enum recipe_hook kind,
                        enum hook_deed deed[HOOK_MAX_DEEDS])
{
    /* What is left of a nibble is what lies best. */
    static const uint8_t more[16 - DEED_NR] = {
        DEED_WORK, DEED_UNWORK, DEED_MARK_ALL, DEED_UNMARK_ALL, DEED_WORK};

    for (unsigned int i = 0; i < HOOK_MAX_DEEDS; i++) {
        const uint8_t choice = recipe->deeds[kind][i / 2] >> i % 2 * 4 & 15;

        deed[i] = choice < DEED_NR ? choice : more[choice - DEED_NR];
    }
}

int hook_crooked_answer(const struct recipe *recipe, enum recipe_hook kind)
{
    static const int answers[8] = {-ENOSPC, -EAGAIN, -4095,     1,
                                   0,       -4096,   INT32_MIN, 0};

    return answers[recipe->answers[kind] >> 4 & 7];
}

enum hook_deed hook_honest_deed(enum recipe_hook kind)
{
    return kind == HOOK_APPLY    ? DEED_WORK
           : kind == HOOK_REVERT ? DEED_UNWORK
                                 : DEED_NONE;
}

unsigned int hook_constant(uint32_t serial)
{
    return serial % HOOK_CONSTANTS;
}

uint8_t *hook_constants(void)
{
    return (uint8_t *)_erodata - HOOK_CONSTANTS;
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

static struct hook_call *note_call(const livepatch_payload_t *payload,
                                   uint32_t serial, enum recipe_hook kind)
{
    struct hook_call *call = &calls[nr_calls++];

    if (nr_calls == HOOK_MAX_CALLS) {
        abort();
    }
    *call = (struct hook_call){
        .serial = serial,
        .kind = kind,
        .rc_seen = hook_is_post(kind) ? payload->rc : 0,
        .text = hook_checksum((const uint8_t *)_stext),
        .nr_marked = hook_is_list(kind) ? 0 : count_marks(payload),
    };
    return call;
}

static void mark(const livepatch_payload_t *payload, unsigned int nr,
                 enum livepatch_func_state as)
{
    for (unsigned int i = 0; i < payload->nfuncs && i < nr; i++) {
        payload->fstate[i].applied = as;
    }
}

/* Time passes while the leader of a stop of the hook's own waits. */
static void let_time_pass(const struct hook_plan *plan)
{
    if (plan->is_late) {
        host_clock_jump_at(0, SECONDS(5));
    }
}

/* Load and unload hooks have nothing of their own to show. */
static int carry_out(livepatch_payload_t *payload, const struct hook_plan *plan,
                     enum hook_deed deed)
{
    static livepatch_payload_t nobody = {.name = "nobody"};
    livepatch_payload_t *own = payload ? payload : &nobody;

    let_time_pass(plan);
    switch (deed) {
    case DEED_WORK:
        return apply_payload(own);
    case DEED_UNWORK:
        return revert_payload(own);
    case DEED_WORK_ELSEWHERE:
        return apply_payload(&nobody);
    case DEED_UNWORK_ELSEWHERE:
        return revert_payload(&nobody);
    case DEED_MARK_ALL:
    case DEED_MARK_ONE:
        mark(own, deed == DEED_MARK_ONE ? 1 : own->nfuncs,
             LIVEPATCH_FUNC_APPLIED);
        return 0;
    case DEED_UNMARK_ALL:
    case DEED_UNMARK_ONE:
        mark(own, deed == DEED_UNMARK_ONE ? 1 : own->nfuncs,
             LIVEPATCH_FUNC_NOT_APPLIED);
        return 0;
    case DEED_WRITE_CONSTANT:
        hook_constants()[hook_constant(plan->call.serial)]++;
        return 0;
    case DEED_TAILS:
        apply_payload_tail(own);
        revert_payload_tail(own);
        return 0;
    default:
        return 0;
    }
}

/* Where every stub goes. Load and unload hooks are given no payload. */
static int hear(livepatch_payload_t *given, uint32_t token)
{
    const enum recipe_hook kind = token & 15;
    livepatch_payload_t *payload = hook_is_list(kind) ? NULL : given;
    struct hook_call *call = note_call(payload, token >> 4, kind);
    const struct hook_plan *plan = find_plan(token >> 4, kind);

    for (unsigned int i = 0; plan && i < HOOK_MAX_DEEDS; i++) {
        call->result[i] = carry_out(payload, plan, plan->deed[i]);
    }
    return plan ? plan->answer : 0;
}

/* mov $token, %esi; movabs $hear, %rax; jmp *%rax */
void hook_stub(uint8_t *at, uint32_t serial, enum recipe_hook kind)
{
    const uint32_t token = serial << 4 | kind;
    int (*const target)(livepatch_payload_t *, uint32_t) = hear;

    memset(at, 0xcc, HOOK_STUB_BYTES);
    at[0] = 0xbe;
    memcpy(at + 1, &token, sizeof(token));
    at[5] = 0x48;
    at[6] = 0xb8;
    memcpy(at + 7, &target, sizeof(target));
    at[15] = 0xff;
    at[16] = 0xe0;
}
