// SPDX-License-Identifier: GPL-2.0
/*
 * Checks hook pointers at load, has them called later (hook_call.c), under a
 * watch.
 */
#include "hooks.h"

#include <xen/err.h>
#include <xen/errno.h>
#include <xen/livepatch_arch.h>
#include <xen/livepatch_payload.h>
#include <xen/smp.h>
#include <xen/string.h>

#include "hook_call.h"
#include "log.h"
#include "watch.h"

/* The call that is under way; NULL: none. */
static const struct lp_hook_call *current_call;

static const char *const hook_names[LP_HOOK_NR] = {
    [LP_HOOK_LOAD] = "load hook",
    [LP_HOOK_UNLOAD] = "unload hook",
    [LP_HOOK_PREAPPLY] = "preapply hook",
    [LP_HOOK_APPLY] = "apply hook",
    [LP_HOOK_POSTAPPLY] = "postapply hook",
    [LP_HOOK_PREREVERT] = "prerevert hook",
    [LP_HOOK_REVERT] = "revert hook",
    [LP_HOOK_POSTREVERT] = "postrevert hook",
};

static bool __nopatch is_list(enum lp_hook kind)
{
    return kind == LP_HOOK_LOAD || kind == LP_HOOK_UNLOAD;
}

static bool __nopatch is_in_stop(enum lp_hook kind)
{
    return is_list(kind) || kind == LP_HOOK_APPLY || kind == LP_HOOK_REVERT;
}

static int check_pointer(const struct lp_payload *payload, enum lp_hook kind,
                         const void *hook)
{
    if (!hook && !is_list(kind)) {
        return 0;
    }
    if (!lp_image_holds(&payload->image, LP_TEXT, hook, 1)) {
        lp_err(payload->name, "%s at %p is not in the payload's text",
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
        lp_err(payload->name, "%ss at %p: must be aligned to %zu",
               hook_names[kind], fn, sizeof(*fn));
        return -EINVAL;
    }
    if (nr != 1 && !is_list(kind)) {
        lp_err(payload->name, "%u %ss, expected one", nr, hook_names[kind]);
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

bool lp_hooks_have_in_stop(const struct lp_payload *payload)
{
    const struct lp_hooks *hooks = payload->hooks;

    return hooks[LP_HOOK_LOAD].nr || hooks[LP_HOOK_UNLOAD].nr ||
           hooks[LP_HOOK_APPLY].nr || hooks[LP_HOOK_REVERT].nr;
}

const struct lp_hook_call *__nopatch lp_hooks_current(void)
{
    return current_call;
}

/* What a hook may see of its payload. */
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

/* With the hypervisor's constants writable, in a stop. */
static int __nopatch call_hook(struct lp_payload *payload, enum lp_hook kind,
                               void *hook)
{
    const struct lp_hook_call call = {.payload = payload, .kind = kind};
    const struct lp_hook_call *outer = current_call;
    struct lp_watched watched = {
        .what = hook_names[kind],
        .fn = hook,
        .cpu = smp_processor_id(),
        .is_in_stop = is_in_stop(kind),
    };
    struct payload view = view_of(payload);
    struct lp_watch watch;
    int answer;

    memcpy(watched.payload, payload->name, sizeof(watched.payload));
    lp_watch_begin(&watch, &watched);
    current_call = &call;
    if (watched.is_in_stop) {
        arch_livepatch_constants_open();
    }
    answer = lp_hook_call(kind, hook, &view);
    if (watched.is_in_stop) {
        arch_livepatch_constants_close();
    }
    current_call = outer;
    lp_watch_end(&watch);
    return answer;
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
    return lp_hooks_has(payload, kind)
               ? errno_of(call_hook(payload, kind, payload->hooks[kind].fn[0]))
               : 0;
}

void __nopatch lp_hooks_tell(struct lp_payload *payload, enum lp_hook kind)
{
    for (unsigned int i = 0; i < payload->hooks[kind].nr; i++) {
        (void)call_hook(payload, kind, payload->hooks[kind].fn[i]);
    }
}
