// SPDX-License-Identifier: GPL-2.0
/*
 * Requests of the public extension about payloads that they name: a set that is
 * applied or reverted in one stop, and dry runs of actions. Copies the names in
 * and hands them down as an action on a list of payloads.
 *
 * Source: public/livepatch_ext.h.
 */
#include "op.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <public/livepatch_ext.h>

#include "action.h"
#include "history.h"
#include "log.h"

#define FITS(type)                                                             \
    BUILD_BUG_ON(sizeof(type) >                                                \
                 sizeof(((struct xen_sysctl_livepatch_op *)0)->u))

FITS(struct livepatch_ext_action_set);
FITS(struct livepatch_ext_dry_run_action);

/* An action on the payloads that its caller names. */
struct named_action {
    struct lp_action action;
    uint32_t failed; /* index of the payload that was the reason, or nr */
    struct lp_step step[LIVEPATCH_EXT_MAX_SET];
    char text[]; /* the names, one after the other */
};

/* Where a caller has its names. */
struct names {
    uint64_t at;
    uint32_t bytes;
    uint32_t nr;
};

/* The text is nr names and nothing else. */
static bool is_names(const char *text, uint32_t nr, uint32_t bytes)
{
    const char *const end = text + bytes;

    for (uint32_t i = 0; i < nr; i++) {
        const size_t length = strnlen(text, end - text);

        if (text + length == end || length >= LIVEPATCH_EXT_NAME_BYTES) {
            return false;
        }
        text += length + 1;
    }
    return text == end;
}

/* 1 to LIVEPATCH_EXT_MAX_SET names that may be of their size. */
static bool are_countable(const struct names *names)
{
    return names->nr > 0 && names->nr <= LIVEPATCH_EXT_MAX_SET &&
           names->bytes >= names->nr &&
           names->bytes <= names->nr * LIVEPATCH_EXT_NAME_BYTES;
}

static int copy_names(const struct names *names, struct named_action *named)
{
    if (raw_copy_from_guest(named->text, (const void *)names->at,
                            names->bytes)) {
        return -EFAULT;
    }
    return is_names(named->text, names->nr, names->bytes) ? 0 : -EINVAL;
}

/* The names, which are countable; NULL, and why in *rc. */
static struct named_action *read_names(const struct names *names, int *rc)
{
    struct named_action *named = xmalloc_bytes(sizeof(*named) + names->bytes);

    if (!named) {
        *rc = -ENOMEM;
        return NULL;
    }
    *rc = copy_names(names, named);
    if (*rc) {
        xfree(named);
        return NULL;
    }
    return named;
}

static const char *next_name(const char *name)
{
    return name + strlen(name) + 1;
}

static int find_payloads(struct registry_locked locked,
                         struct named_action *named)
{
    const char *name = named->text;

    for (uint32_t i = 0; i < named->action.nr; i++, name = next_name(name)) {
        struct lp_payload *payload = lp_registry_find_name(locked, name);

        if (!payload) {
            lp_err(name, "no such payload");
            named->failed = i;
            return -ENOENT;
        }
        named->step[i] = (struct lp_step){.payload = payload};
        lp_history_current()->nr_functions += payload->nfuncs;
    }
    return 0;
}

/* The number in the request of the payload that was the reason, or nr. Steps
 * have another order when they revert; a name that is there twice, for which a
 * set is refused, is found in either place. */
static uint32_t find_failed(const struct named_action *named)
{
    const struct lp_action *action = &named->action;
    const char *name = named->text;
    uint32_t failed = action->nr;

    if (action->culprit == LP_NO_STEP) {
        return failed;
    }
    for (uint32_t i = 0; i < action->nr; i++, name = next_name(name)) {
        if (!strcmp(name, action->step[action->culprit].payload->name) &&
            (failed == action->nr || i == action->culprit)) {
            failed = i;
        }
    }
    return failed;
}

/* Fills named->failed and how the action went. No payload is freed by it. */
static int act_on_names(struct registry_locked locked,
                        struct named_action *named,
                        const struct lp_action *wanted)
{
    int rc;

    named->action = *wanted;
    named->action.step = named->step;
    named->failed = wanted->nr;
    rc = find_payloads(locked, named);
    if (rc == 0) {
        rc = lp_action_run(locked, &named->action);
        named->failed = find_failed(named);
    }
    return rc;
}

/* ---- a set -------------------------------------------------------------- */

static bool is_whole_set(const struct livepatch_ext_action_set *asked)
{
    const uint32_t known_flags = asked->cmd == LIVEPATCH_ACTION_APPLY
                                     ? LIVEPATCH_ACTION_APPLY_NODEPS
                                     : 0;

    return asked->pad == 0 &&
           (asked->cmd == LIVEPATCH_ACTION_APPLY ||
            asked->cmd == LIVEPATCH_ACTION_REVERT) &&
           (asked->flags & ~known_flags) == 0;
}

/* The request is whole: from here on it is part of the history. */
static int act_on_set(struct registry_locked locked, struct named_action *named,
                      struct livepatch_ext_action_set *asked)
{
    const struct lp_action wanted = {
        .cmd = asked->cmd,
        .flags = asked->flags,
        .timeout_ns = asked->timeout,
        .nr = asked->nr,
    };
    int rc;

    lp_history_begin(asked->cmd, named->text);
    lp_history_current()->nr_payloads = asked->nr;
    rc = act_on_names(locked, named, &wanted);
    lp_history_end(rc);
    asked->failed = named->failed;
    asked->rc = named->action.rc;
    return rc;
}

int lp_op_action_set(const struct lp_request *request)
{
    struct livepatch_ext_action_set *asked = (void *)&request->op->u;
    const struct names names = {asked->names, asked->names_bytes, asked->nr};
    struct named_action *named;
    int rc;

    asked->failed = asked->nr;
    asked->rc = 0;
    if (!are_countable(&names) || !is_whole_set(asked)) {
        return -EINVAL;
    }
    named = read_names(&names, &rc);
    if (named) {
        rc = act_on_set(request->locked, named, asked);
        xfree(named);
    }
    return rc;
}

/* ---- a dry run ---------------------------------------------------------- */

static bool is_whole_dry_run(const struct livepatch_ext_dry_run_action *asked)
{
    const bool may_be_many = asked->cmd == LIVEPATCH_ACTION_APPLY ||
                             asked->cmd == LIVEPATCH_ACTION_REVERT;
    const uint32_t known_flags =
        asked->nr == 1 || asked->cmd == LIVEPATCH_ACTION_APPLY
            ? LIVEPATCH_ACTION_APPLY_NODEPS
            : 0;

    return asked->pad == 0 && lp_action_is_known(asked->cmd) &&
           (asked->nr == 1 || may_be_many) &&
           (asked->flags & ~known_flags) == 0;
}

static int try_names(struct registry_locked locked, struct named_action *named,
                     struct livepatch_ext_dry_run_action *asked)
{
    const struct lp_action wanted = {
        .cmd = asked->cmd,
        .flags = asked->flags,
        .nr = asked->nr,
        .is_dry_run = true,
    };
    int rc;

    lp_log_dry_run(true);
    rc = act_on_names(locked, named, &wanted);
    lp_log_dry_run(false);
    asked->failed = named->failed;
    asked->nr_unasked = named->action.nr_unasked;
    return rc;
}

int lp_op_dry_run_action(const struct lp_request *request)
{
    struct livepatch_ext_dry_run_action *asked = (void *)&request->op->u;
    const struct names names = {asked->names, asked->names_bytes, asked->nr};
    struct named_action *named;
    int rc;

    if (!are_countable(&names) || !is_whole_dry_run(asked)) {
        return -EINVAL;
    }
    named = read_names(&names, &rc);
    if (named) {
        rc = try_names(request->locked, named, asked);
        xfree(named);
    }
    return rc;
}
