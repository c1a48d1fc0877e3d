// SPDX-License-Identifier: GPL-2.0
/*
 * ACTION_SET: its names and what may be wrong with them, then as one action.
 */
#include "attempt.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>

#include "host/guest.h"

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

    attempt_send(op);
    attempt_judge("ACTION_SET");
    if (!attempt.has_failed) {
        judge_failed(set, attempt.answer.failed);
    }
    if (attempt.rc == 0 && set->rc != attempt.answer.rc) {
        give_up("answers: a set's rc is %d, expected %d", set->rc,
                attempt.answer.rc);
    }
    attempt_account(names->text[0], names->nr);
    attempt.run->record[0].is_optional = attempt_is_before_the_names();
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
    attempt_start(run, step, set->timeout);
    (void)is_malformed(&step->set, &reasons);
    note_done("SET %u of %u from '%s' flags %#x, luck %#x: ", set->cmd,
              names.nr, names.text[0], set->flags, step->luck);
    choose_set(&op, &names, &reasons);
    note_done("%d, then %d\n", attempt.rc, attempt.answer.rc);
}
