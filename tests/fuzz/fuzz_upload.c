// SPDX-License-Identifier: GPL-2.0
/*
 * The whole of UPLOAD from bytes. Refused: nothing is left behind, and the log
 * says why. Accepted: it applies, reverts and unloads or is refused, and the
 * text ends as it began. Payloads with hooks are not applied: a hook is code,
 * and this code is random.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/livepatch.h>
#include <public/sysctl.h>

#include "host/console.h"
#include "host/guest.h"
#include "host/host.h"
#include "registry.h"
#include "seeds.h"

#define NAME "fuzz"
#define VERSION 0x15

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void give_up(const char *what)
{
    fprintf(stderr, "fuzz_upload: %s\n%s", what, host_log());
    abort();
}

static struct xen_livepatch_name name_in_guest(void)
{
    struct xen_livepatch_name name = {.size = sizeof(NAME)};

    name.name.p = host_guest_put_string(NAME);
    return name;
}

static int upload(const uint8_t *bytes, size_t size)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD};

    op.u.upload.name = name_in_guest();
    op.u.upload.size = size;
    op.u.upload.payload.p = host_guest_put(bytes, size);
    return livepatch_op(&op, VERSION);
}

static int act(uint32_t cmd)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_ACTION};

    op.u.action.name = name_in_guest();
    op.u.action.cmd = cmd;
    op.u.action.timeout = UINT32_MAX;
    op.u.action.flags = LIVEPATCH_ACTION_APPLY_NODEPS;
    return livepatch_op(&op, VERSION);
}

static bool has_hooks(void)
{
    const struct registry_locked locked = registry_lock();
    const struct lp_payload *payload = lp_registry_find_name(locked, NAME);
    bool has = false;

    for (unsigned int i = 0; i < LP_HOOK_NR; i++) {
        has |= payload->hooks[i].nr != 0;
    }
    registry_unlock(locked);
    return has;
}

static void use_and_unload(void)
{
    if (!has_hooks() && act(LIVEPATCH_ACTION_APPLY) == 0 &&
        act(LIVEPATCH_ACTION_REVERT) != 0) {
        give_up("what was applied does not revert");
    }
    if (act(LIVEPATCH_ACTION_UNLOAD) != 0) {
        give_up("what was accepted does not unload");
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    host_reset();
    for (unsigned int i = 0; i < FUZZ_NR_SEEDS; i++) {
        if (upload(fuzz_seed(i)->bytes, fuzz_seed(i)->size)) {
            give_up("a seed does not load");
        }
        use_and_unload();
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char left[256];

    host_log_clear();
    if (upload(bytes, size) == 0) {
        use_and_unload();
    } else if (host_log_errors() != 1) {
        give_up("a refusal without exactly one line that says why");
    }
    if (!host_is_balanced(left, sizeof(left))) {
        give_up(left);
    }
    host_guest_reset();
    return 0;
}
