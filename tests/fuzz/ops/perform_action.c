// SPDX-License-Identifier: GPL-2.0
/*
 * ACTION of one payload and ACTION_SET of several, with good luck, a service
 * that fails, or a pCPU that does not come. The model is asked first, so that
 * hooks know what to do.
 */
#include "run.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/smp.h>

#include "host/clock.h"
#include "host/console.h"
#include "host/guest.h"
#include "host/pcpu.h"

#define DEFAULT_TIMEOUT MILLISECS(30)

/* An action under way: as it should go, and as it went. */
struct attempt {
    struct run *run;
    const struct script_step *step;
    struct model_request request;
    struct model next; /* when it has gone as foreseen */
    struct model_answer answer;
    uint32_t timeout;
    int rc; /* what was answered */
    bool has_failed;
};

static struct attempt attempt;

static void start(struct run *run, const struct script_step *step,
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

static void send(struct xen_sysctl_livepatch_op *op)
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

/* What was foreseen is corrected by the failure of a service. */
static void correct(void)
{
    if (!attempt.has_failed) {
        return;
    }
    if (attempt.rc == -ENOMEM) {
        attempt.next = attempt.run->model;
        attempt.answer = (struct model_answer){.failed = UINT32_MAX};
        reasons_add(&attempt.answer.reasons, ENOMEM);
    } else {
        foresee(LUCK_NO_MEMORY);
    }
}

static void compare_calls(void)
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
        if (is->serial != ought->serial || is->kind != ought->kind ||
            is->rc_seen != ought->rc_seen) {
            give_up("hooks: call %u is of payload %u, %s, rc %d; expected "
                    "payload %u, %s, rc %d",
                    i, is->serial, hook_names[is->kind], is->rc_seen,
                    ought->serial, hook_names[ought->kind], ought->rc_seen);
        }
    }
}

/* A set may have no memory for its names: nobody is told then whose it was. */
static bool is_before_the_names(void)
{
    return attempt.request.is_set && attempt.has_failed &&
           attempt.rc == -ENOMEM;
}

static void judge(const char *what)
{
    const struct model_answer *answer = &attempt.answer;

    if (answer->reasons.nr || !answer->veto) {
        request_judge(what, attempt.rc, &answer->reasons);
    } else if (attempt.rc != answer->veto) {
        give_up("answers: %s is %d, a hook said %d", what, attempt.rc,
                answer->veto);
    }
    if (attempt.rc && !host_log_errors() && !is_before_the_names()) {
        give_up("answers: %s is refused and no line says why", what);
    }
    compare_calls();
}

/* What the history should say, and the account of stops. */
static void account(const char *name, unsigned int nr_payloads)
{
    struct run *run = attempt.run;
    const struct model_answer *answer = &attempt.answer;
    const bool is_refused = answer->reasons.nr;
    struct expected_record *record = expect_record(
        run, attempt.request.cmd, name, is_refused ? attempt.rc : answer->rc);

    record->nr_payloads = nr_payloads;
    record->has_stopped = answer->has_stopped;
    record->is_late = answer->is_late;
    run->nr_stops += answer->has_stopped;
    run->nr_missed += answer->is_late;
    run->model = attempt.next;
}

/* ---- ACTION ------------------------------------------------------------- */

static uint32_t decode_cmd(uint8_t choice)
{
    static const uint32_t unknown[] = {0, 5, 77, UINT32_MAX};

    return choice < CHOOSE_WRONG ? 1u + choice % 4 : unknown[choice & 3];
}

static uint32_t decode_flags(uint8_t choice)
{
    return choice < CHOOSE_WRONG ? choice & 1 : 2u << (choice & 15);
}

static void unload(struct xen_sysctl_livepatch_op *op, unsigned int which)
{
    struct run *run = attempt.run;
    struct reasons reasons = {.nr = 0};

    model_check_unload(&run->model, which, &reasons);
    attempt.rc = request_send_unlucky(attempt.step, op, &attempt.has_failed);
    request_judge("UNLOAD", attempt.rc, &reasons);
    compare_calls();
    expect_record(run, op->u.action.cmd, run->model.payload[which].name,
                  attempt.rc);
    if (attempt.rc == 0) {
        model_remove(&run->model, which);
        run->changes_memory = true;
    }
}

static void act(struct xen_sysctl_livepatch_op *op, unsigned int which)
{
    static const char *const verbs[] = {
        [LIVEPATCH_ACTION_REVERT] = "REVERT",
        [LIVEPATCH_ACTION_APPLY] = "APPLY",
        [LIVEPATCH_ACTION_REPLACE] = "REPLACE",
    };

    attempt.request = (struct model_request){
        .cmd = op->u.action.cmd,
        .no_deps = op->u.action.flags & LIVEPATCH_ACTION_APPLY_NODEPS,
        .set = {.nr = 1, .at = {which}},
    };
    send(op);
    correct();
    judge(verbs[op->u.action.cmd]);
    account(attempt.run->model.payload[which].name,
            attempt.answer.reasons.nr || attempt.answer.veto
                ? 0
                : attempt.answer.nr_steps);
}

/* Refused whatever the payload's state is. */
static void refuse(struct xen_sysctl_livepatch_op *op,
                   const struct reasons *reasons, const struct wire_name *name)
{
    attempt.rc = request_send_unlucky(attempt.step, op, &attempt.has_failed);
    request_judge("ACTION", attempt.rc, reasons);
    compare_calls();
    if (name) {
        expect_record(attempt.run, op->u.action.cmd, name->text, attempt.rc);
    }
}

/* Faults of the request itself, before its name is read. */
static bool is_unreadable(const struct xen_sysctl_livepatch_op *op,
                          const struct wire_name *name, struct reasons *reasons)
{
    if (op->u.action.pad) {
        reasons_add(reasons, EINVAL);
    }
    if (name->error) {
        reasons_add(reasons, name->error);
    }
    return reasons->nr;
}

static void choose(struct xen_sysctl_livepatch_op *op,
                   const struct wire_name *name, struct reasons *reasons)
{
    const struct xen_sysctl_livepatch_action *action = &op->u.action;
    const int which =
        name->error ? -1 : model_find(&attempt.run->model, name->text);

    if (is_unreadable(op, name, reasons)) {
        refuse(op, reasons, NULL);
        return;
    }
    if (which < 0) {
        reasons_add(reasons, ENOENT);
    }
    if (action->cmd < LIVEPATCH_ACTION_UNLOAD ||
        action->cmd > LIVEPATCH_ACTION_REPLACE) {
        reasons_add(reasons, EOPNOTSUPP);
    }
    if (action->flags & ~LIVEPATCH_ACTION_APPLY_NODEPS) {
        reasons_add(reasons, EINVAL);
    }
    if (reasons->nr) {
        refuse(op, reasons, name);
    } else if (action->cmd == LIVEPATCH_ACTION_UNLOAD) {
        unload(op, which);
    } else {
        act(op, which);
    }
}

void perform_action(struct run *run, const struct script_step *step)
{
    const struct wire_name name =
        request_name(request_loaded_name(&run->model, step->name));
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, XEN_SYSCTL_LIVEPATCH_ACTION, &reasons);

    op.u.action.name = name.wire;
    op.u.action.cmd = decode_cmd(step->action.cmd);
    op.u.action.flags = decode_flags(step->action.flags);
    op.u.action.timeout = request_timeout(step->action.timeout);
    op.u.action.pad = step->action.pad >= CHOOSE_WRONG;
    start(run, step, op.u.action.timeout);
    note_done("ACTION %u '%s' flags %#x, luck %#x: ", op.u.action.cmd,
              name.text ? name.text : "?", op.u.action.flags, step->luck);
    choose(&op, &name, &reasons);
    note_done("%d, then %d\n", attempt.rc, attempt.answer.rc);
}

/* ---- ACTION_SET --------------------------------------------------------- */

enum set_defect {
    SET_NONE,
    SET_PAD,
    SET_EMPTY,
    SET_TOO_MANY,
    SET_MORE_BYTES,
    SET_FEWER_BYTES,
    SET_FAULT,
    SET_CMD,
    SET_FLAGS,
    SET_DEFECTS
};

struct names {
    char bytes[SCRIPT_SET * XEN_LIVEPATCH_NAME_SIZE];
    uint32_t used;
    const char *text[SCRIPT_SET];
    unsigned int nr;
};

static void add_names(const struct model *model, const struct script_set *set,
                      struct names *names)
{
    names->used = 0;
    names->nr = 1 + set->nr % SCRIPT_SET;
    for (unsigned int i = 0; i < names->nr; i++) {
        const uint8_t choice = request_loaded_name(model, set->names[i]);
        const char *text = request_name(choice % CHOOSE_WRONG).text;

        names->text[i] = text;
        memcpy(names->bytes + names->used, text, strlen(text) + 1);
        names->used += strlen(text) + 1;
    }
}

static struct livepatch_ext_action_set make_set(const struct script_set *raw,
                                                const struct names *names)
{
    const enum set_defect defect =
        raw->defect < CHOOSE_WRONG ? SET_NONE : raw->defect % SET_DEFECTS;
    struct livepatch_ext_action_set set = {
        .names = (uintptr_t)host_guest_put(names->bytes, names->used),
        .names_bytes = names->used + (defect == SET_MORE_BYTES) -
                       (defect == SET_FEWER_BYTES),
        .nr = defect == SET_EMPTY      ? 0
              : defect == SET_TOO_MANY ? LIVEPATCH_EXT_MAX_SET + 1
                                       : names->nr,
        .cmd = defect == SET_CMD ? LIVEPATCH_ACTION_REPLACE
               : raw->cmd & 1    ? LIVEPATCH_ACTION_REVERT
                                 : LIVEPATCH_ACTION_APPLY,
        .timeout = request_timeout(raw->timeout),
        .pad = defect == SET_PAD,
    };

    if (defect == SET_FAULT) {
        host_guest_break((void *)set.names, 1);
    }
    set.flags = defect == SET_FLAGS                 ? 2
                : set.cmd == LIVEPATCH_ACTION_APPLY ? raw->flags & 1
                                                    : 0;
    return set;
}

/* A set that is malformed is refused as a whole, and leaves no record. */
static bool is_malformed(const struct script_set *raw, struct reasons *reasons)
{
    const enum set_defect defect =
        raw->defect < CHOOSE_WRONG ? SET_NONE : raw->defect % SET_DEFECTS;

    if (defect == SET_MORE_BYTES) {
        reasons_add(reasons, EFAULT);
    }
    if (defect == SET_FAULT) {
        reasons_add(reasons, EFAULT);
    } else if (defect != SET_NONE) {
        reasons_add(reasons, EINVAL);
    }
    return reasons->nr;
}

static void judge_failed(const struct livepatch_ext_action_set *set,
                         unsigned int ought)
{
    if (set->failed != ought) {
        give_up("answers: failed is %u, expected %u", set->failed, ought);
    }
}

/* False when one of the names is unknown: `set` holds those before it. */
static bool find_members(const struct model *model, const struct names *names,
                         struct model_order *set)
{
    set->nr = 0;
    for (unsigned int i = 0; i < names->nr; i++) {
        const int which = model_find(model, names->text[i]);

        if (which < 0) {
            return false;
        }
        order_push(set, which);
    }
    return true;
}

static void send_set(struct xen_sysctl_livepatch_op *op,
                     const struct names *names)
{
    const struct livepatch_ext_action_set *set = (void *)&op->u;

    send(op);
    correct();
    judge("ACTION_SET");
    if (!attempt.has_failed) {
        judge_failed(set, attempt.answer.failed);
    }
    if (attempt.rc == 0 && set->rc != attempt.answer.rc) {
        give_up("answers: a set's rc is %d, expected %d", set->rc,
                attempt.answer.rc);
    }
    account(names->text[0], names->nr);
    attempt.run->record[0].is_optional = is_before_the_names();
}

static void choose_set(struct xen_sysctl_livepatch_op *op,
                       const struct names *names, struct reasons *reasons)
{
    const struct livepatch_ext_action_set *set = (void *)&op->u;
    bool has_failed;

    attempt.request = (struct model_request){
        .is_set = true,
        .cmd = set->cmd,
        .no_deps = set->flags & LIVEPATCH_ACTION_APPLY_NODEPS,
    };
    if (!reasons->nr &&
        find_members(&attempt.run->model, names, &attempt.request.set)) {
        send_set(op, names);
        return;
    }
    attempt.rc = request_send_unlucky(attempt.step, op, &has_failed);
    if (has_failed) {
        reasons_add(reasons, ENOMEM);
    } else if (!reasons->nr) {
        judge_failed(set, attempt.request.set.nr);
        expect_record(attempt.run, attempt.request.cmd, names->text[0],
                      attempt.rc);
        reasons_add(reasons, ENOENT);
    }
    request_judge("ACTION_SET", attempt.rc, reasons);
}

void perform_set(struct run *run, const struct script_step *step)
{
    struct reasons reasons = {.nr = 0};
    struct names names;
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_ACTION_SET, &reasons);
    struct livepatch_ext_action_set *set = (void *)&op.u;

    add_names(&run->model, &step->set, &names);
    *set = make_set(&step->set, &names);
    start(run, step, set->timeout);
    (void)is_malformed(&step->set, &reasons);
    note_done("SET %u of %u from '%s' flags %#x, luck %#x: ", set->cmd,
              names.nr, names.text[0], set->flags, step->luck);
    choose_set(&op, &names, &reasons);
    note_done("%d, then %d\n", attempt.rc, attempt.answer.rc);
}
