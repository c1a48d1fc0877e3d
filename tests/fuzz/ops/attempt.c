// SPDX-License-Identifier: GPL-2.0
/*
 * Luck: a service that fails is found out by asking afterwards whether it was
 * needed; a pCPU is late in one of two ways. The model is asked before the
 * request is sent, so that hooks know what to do.
 */
#include "attempt.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/smp.h>

#include "host/clock.h"
#include "host/console.h"
#include "host/pcpu.h"

#define DEFAULT_TIMEOUT MILLISECS(30)

struct attempt attempt;

void attempt_start(struct run *run, const struct script_step *step,
                   uint32_t timeout)
{
    attempt.run = run;
    attempt.step = step;
    attempt.timeout = timeout;
    attempt.rc = 0;
    attempt.has_failed = false;
    attempt.answer.veto = attempt.answer.rc = 0;
    attempt.answer.reasons.nr = attempt.answer.hooks.nr = 0;
    hook_expect(NULL);
}

static void foresee(enum model_luck luck)
{
    attempt.request.luck = luck;
    attempt.next = attempt.run->model;
    model_act(&attempt.next, &attempt.request, &attempt.answer);
}

/* A second pCPU that is held where it wakes and arrives when all is over. */
static void send_with_sluggard(struct xen_sysctl_livepatch_op *op)
{
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    attempt.rc = request_send(attempt.step, op);
    host_cpus_stop();
}

/* A second pCPU that hears nothing: it costs no thread. */
static void send_with_absentee(struct xen_sysctl_livepatch_op *op)
{
    cpumask_set_cpu(1, &cpu_online_map);
    attempt.rc = request_send(attempt.step, op);
    cpumask_clear_cpu(1, &cpu_online_map);
}

/* Time passes while the leader waits. */
static void send_late(struct xen_sysctl_livepatch_op *op)
{
    const s_time_t timeout =
        attempt.timeout ? attempt.timeout : DEFAULT_TIMEOUT;

    host_clock_jump_at(0, timeout + 1);
    if (attempt.step->luck == UINT8_MAX) {
        send_with_sluggard(op);
    } else {
        send_with_absentee(op);
    }
    host_clock_fake(SECONDS(1));
}

void attempt_send(struct xen_sysctl_livepatch_op *op)
{
    const bool is_late = request_is_late(attempt.step);

    foresee(is_late ? LUCK_LATE : LUCK_GOOD);
    hook_expect(&attempt.answer.hooks);
    if (is_late && attempt.answer.is_late) {
        send_late(op);
    } else {
        attempt.rc =
            request_send_unlucky(attempt.step, op, &attempt.has_failed);
    }
}

/* All that may fail is asked for before anything is done. */
static void correct(void)
{
    if (attempt.has_failed) {
        attempt.next = attempt.run->model;
        attempt.answer = (struct model_answer){.failed = UINT32_MAX};
        reasons_add(&attempt.answer.reasons, ENOMEM);
    }
}

/* What the hook was told when it asked for work. */
static void compare_results(unsigned int number, const struct hook_call *is,
                            const struct hook_call *ought)
{
    for (unsigned int i = 0; i < HOOK_MAX_DEEDS; i++) {
        const bool is_right = ought->result[i] == HOOK_REFUSED
                                  ? is->result[i] < 0
                                  : is->result[i] == ought->result[i];

        if (!is_right && is->serial == ought->serial) {
            give_up("hooks: call %u, payload %u's %s, is told %d, expected %d",
                    number, is->serial, hook_names[is->kind], is->result[i],
                    ought->result[i]);
        }
    }
}

void attempt_compare_calls(void)
{
    const struct hook_plans *plans = &attempt.answer.hooks;
    const struct hook_call *calls;
    const unsigned int nr = hook_calls(&calls);

    for (unsigned int i = 0; i < nr || i < plans->nr; i++) {
        const struct hook_call none = {.serial = 0};
        const struct hook_call *is = i < nr ? &calls[i] : &none;
        const struct hook_call *ought =
            i < plans->nr ? &plans->plan[i].call : &none;

        if (is->text != ought->text && is->serial == ought->serial) {
            give_up("hooks: call %u, payload %u's %s, sees another text than "
                    "it should",
                    i, is->serial, hook_names[is->kind]);
        }
        if (is->nr_marked != ought->nr_marked && is->serial == ought->serial) {
            give_up("hooks: call %u, payload %u's %s, sees %u entries in "
                    "force, expected %u",
                    i, is->serial, hook_names[is->kind], is->nr_marked,
                    ought->nr_marked);
        }
        compare_results(i, is, ought);
        if (is->serial != ought->serial || is->kind != ought->kind ||
            is->rc_seen != ought->rc_seen) {
            give_up("hooks: call %u is of payload %u, %s, rc %d; expected "
                    "payload %u, %s, rc %d (payload 0: no call)",
                    i, is->serial, hook_names[is->kind], is->rc_seen,
                    ought->serial, hook_names[ought->kind], ought->rc_seen);
        }
    }
}

bool attempt_is_before_the_names(void)
{
    return attempt.request.is_set && attempt.has_failed &&
           attempt.rc == -ENOMEM;
}

void attempt_judge(const char *what)
{
    const struct model_answer *answer = &attempt.answer;

    correct();
    if (answer->reasons.nr || !answer->veto) {
        request_judge(what, attempt.rc, &answer->reasons);
    } else if (attempt.rc != answer->veto) {
        give_up("answers: %s is %d, a hook said %d", what, attempt.rc,
                answer->veto);
    }
    if (attempt.rc && !host_log_errors() && !attempt_is_before_the_names()) {
        give_up("answers: %s is refused and no line says why", what);
    }
    attempt_compare_calls();
}

/* What the history should say, and the account of stops. */
void attempt_account(const char *name, unsigned int nr_payloads)
{
    struct run *run = attempt.run;
    const struct model_answer *answer = &attempt.answer;
    const bool is_refused = answer->reasons.nr;
    struct expected_record *record = expect_record(
        run, attempt.request.cmd, name, is_refused ? attempt.rc : answer->rc);

    record->nr_payloads = nr_payloads;
    record->nr_functions =
        is_refused || answer->veto ? 0 : answer->nr_functions;
    record->has_stopped = answer->has_stopped;
    record->is_late = answer->is_late;
    run->nr_stops += answer->nr_stops;
    run->nr_missed += answer->nr_missed;
    run->model = attempt.next;
}
