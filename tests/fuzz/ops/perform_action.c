// SPDX-License-Identifier: GPL-2.0
/*
 * ACTION: what is wrong with the request itself, UNLOAD, and the others.
 */
#include "attempt.h"

#include <xen/errno.h>
#include <xen/lib.h>

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
    attempt_compare_calls();
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
    attempt_send(op);
    attempt_judge(verbs[op->u.action.cmd]);
    attempt_account(attempt.run->model.payload[which].name,
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
    attempt_compare_calls();
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
    attempt_start(run, step, op.u.action.timeout);
    note_done("ACTION %u '%s' flags %#x, luck %#x: ", op.u.action.cmd,
              name.text ? name.text : "?", op.u.action.flags, step->luck);
    choose(&op, &name, &reasons);
    note_done("%d, then %d\n", attempt.rc, attempt.answer.rc);
}
