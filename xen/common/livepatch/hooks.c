// SPDX-License-Identifier: GPL-2.0
/*
 * Checks hook pointers at load, calls them later. A hook sees the payload
 * through a view made for the call.
 */
#include "hooks.h"

#include <xen/err.h>
#include <xen/errno.h>
#include <xen/livepatch_payload.h>

#include "log.h"

static const char *const hook_names[LP_HOOK_NR] = {
    [LP_HOOK_LOAD] = "load",           [LP_HOOK_UNLOAD] = "unload",
    [LP_HOOK_PREAPPLY] = "preapply",   [LP_HOOK_APPLY] = "apply",
    [LP_HOOK_POSTAPPLY] = "postapply", [LP_HOOK_PREREVERT] = "prerevert",
    [LP_HOOK_REVERT] = "revert",       [LP_HOOK_POSTREVERT] = "postrevert",
};

static bool __nopatch is_list(enum lp_hook kind)
{
    return kind == LP_HOOK_LOAD || kind == LP_HOOK_UNLOAD;
}

static int check_pointer(const struct lp_payload *payload, enum lp_hook kind,
                         const void *hook)
{
    if (!hook && !is_list(kind)) {
        return 0;
    }
    if (!lp_image_holds(&payload->image, LP_TEXT, hook, 1)) {
        lp_err(payload->name, "%s hook at %p is not in the payload's text",
               hook_names[kind], hook);
        return -EINVAL;
    }
    return 0;
}

int lp_hooks_read(struct lp_payload *payload, enum lp_hook kind,
                  const struct lp_part *section)
{
    void *const *fn = (void *const *)section->start;
    const unsigned int nr = section->bytes / sizeof(*fn);

    if (!IS_ALIGNED((unsigned long)fn, sizeof(*fn))) {
        lp_err(payload->name, "%s hooks at %p: must be aligned to %zu",
               hook_names[kind], fn, sizeof(*fn));
        return -EINVAL;
    }
    if (nr != 1 && !is_list(kind)) {
        lp_err(payload->name, "%u %s hooks, expected one", nr,
               hook_names[kind]);
        return -EINVAL;
    }
    for (unsigned int i = 0; i < nr; i++) {
        const int rc = check_pointer(payload, kind, fn[i]);

        if (rc) {
            return rc;
        }
    }
    payload->hooks[kind] = (struct lp_hooks){.fn = fn, .nr = fn[0] ? nr : 0};
    return 0;
}

bool __nopatch lp_hooks_has(const struct lp_payload *payload, enum lp_hook kind)
{
    return payload->hooks[kind].nr != 0;
}

bool __nopatch lp_hooks_has_around(const struct lp_payload *payload)
{
    return lp_hooks_has(payload, LP_HOOK_PREAPPLY) ||
           lp_hooks_has(payload, LP_HOOK_POSTAPPLY) ||
           lp_hooks_has(payload, LP_HOOK_PREREVERT) ||
           lp_hooks_has(payload, LP_HOOK_POSTREVERT);
}

bool __nopatch lp_hooks_have_view(const struct lp_payload *payload)
{
    return lp_hooks_has_around(payload) ||
           lp_hooks_has(payload, LP_HOOK_APPLY) ||
           lp_hooks_has(payload, LP_HOOK_REVERT);
}

static struct payload __nopatch view_of(const struct lp_payload *payload)
{
    return (struct payload){
        .name = payload->name,
        .rc = payload->rc,
        .nfuncs = payload->nfuncs,
        .funcs = payload->funcs,
        .fstate = payload->fstate,
    };
}

/* An rc of -EAGAIN means to the ABI that the action is still on its way. */
static int __nopatch errno_of(int answer)
{
    if (answer == -EAGAIN) {
        return -EBUSY;
    }
    return answer > 0 || answer < -MAX_ERRNO ? -EINVAL : answer;
}

int __nopatch lp_hooks_ask(struct lp_payload *payload, enum lp_hook kind)
{
    struct payload view = view_of(payload);
    livepatch_actioncall_t *hook;

    if (!lp_hooks_has(payload, kind)) {
        return 0;
    }
    hook = (livepatch_actioncall_t *)payload->hooks[kind].fn[0];
    return errno_of(hook(&view));
}

static void __nopatch tell_one(struct lp_payload *payload, void *hook)
{
    struct payload view = view_of(payload);

    ((livepatch_postcall_t *)hook)(&view);
}

void __nopatch lp_hooks_tell(struct lp_payload *payload, enum lp_hook kind)
{
    for (unsigned int i = 0; i < payload->hooks[kind].nr; i++) {
        void *hook = payload->hooks[kind].fn[i];

        if (is_list(kind)) {
            ((livepatch_loadcall_t *)hook)();
        } else {
            tell_one(payload, hook);
        }
    }
}
