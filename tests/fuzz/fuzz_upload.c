// SPDX-License-Identifier: GPL-2.0
/*
 * The whole of UPLOAD from bytes, beside a payload that is applied and stays.
 * Refused: nothing is left behind, and the log says why. Accepted: what it
 * holds is what a payload may hold, and not only was so once; it applies,
 * reverts and unloads or is refused, key 'x' tells of it, and the text ends as
 * it began. Payloads with hooks are not applied: a hook is code, and this code
 * is random.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/kernel.h>
#include <xen/keyhandler.h>
#include <xen/livepatch.h>
#include <xen/virtual_region.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>
#include <public/sysctl.h>

#include "beside.h"
#include "host/console.h"
#include "host/guest.h"
#include "host/host.h"
#include "host/refusal.h"
#include "host/window.h"
#include "image.h"
#include "registry.h"
#include "seeds.h"

#define NAME "fuzz"
#define NEIGHBOUR "neighbour"
#define TEXT_BYTES 4096 /* of the hypervisor's: all its functions */
#define VERSION 0x15

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void give_up(const char *what)
{
    fprintf(stderr, "fuzz_upload: %s\n%s", what, host_log());
    abort();
}

static struct xen_livepatch_name name_in_guest(const char *text)
{
    struct xen_livepatch_name name = {.size = strlen(text) + 1};

    name.name.p = host_guest_put_string(text);
    return name;
}

static int upload(const char *name, const uint8_t *bytes, size_t size)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD};

    op.u.upload.name = name_in_guest(name);
    op.u.upload.size = size;
    op.u.upload.payload.p = host_guest_put(bytes, size);
    return livepatch_op(&op, VERSION);
}

static int act(const char *name, uint32_t cmd)
{
    struct xen_sysctl_livepatch_op op = {.cmd = XEN_SYSCTL_LIVEPATCH_ACTION};

    op.u.action.name = name_in_guest(name);
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

static bool is_sound(const struct lp_payload *payload,
                     const struct livepatch_func *func)
{
    const struct lp_image *image = &payload->image;

    return find_text_region((unsigned long)func->old_addr) &&
           (!func->new_addr ||
            lp_image_holds(image, LP_TEXT, func->new_addr, 1)) &&
           (!func->name || lp_image_holds_string(image, func->name));
}

/* Of entries and hooks, when everything has been done to the image. */
static void check_what_was_believed(void)
{
    const struct registry_locked locked = registry_lock();
    const struct lp_payload *payload = lp_registry_find_name(locked, NAME);

    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        if (!is_sound(payload, &payload->funcs[i])) {
            give_up("an entry is not what was checked");
        }
    }
    for (unsigned int kind = 0; kind < LP_HOOK_NR; kind++) {
        const struct lp_hooks *hooks = &payload->hooks[kind];

        for (unsigned int i = 0; i < hooks->nr; i++) {
            if (!lp_image_holds(&payload->image, LP_TEXT, hooks->fn[i], 1)) {
                give_up("a hook is not what was checked");
            }
        }
    }
    registry_unlock(locked);
}

static void use_and_unload(void)
{
    check_what_was_believed();
    handle_keypress('x');
    if (!has_hooks() && act(NAME, LIVEPATCH_ACTION_APPLY) == 0 &&
        act(NAME, LIVEPATCH_ACTION_REVERT) != 0) {
        give_up("what was applied does not revert");
    }
    if (act(NAME, LIVEPATCH_ACTION_UNLOAD) != 0) {
        give_up("what was accepted does not unload");
    }
}

/* What there is while only the neighbour is loaded. */
struct surroundings {
    unsigned long heap, pages;
    unsigned int windows;
    uint8_t text[TEXT_BYTES];
    uint8_t neighbour[32]; /* its text */
};

static struct surroundings before, after;

static const void *neighbour_text(void)
{
    const struct registry_locked locked = registry_lock();
    const struct lp_payload *payload = lp_registry_find_name(locked, NEIGHBOUR);

    registry_unlock(locked);
    return payload->image.base;
}

static void look_around(struct surroundings *now)
{
    now->heap = xmalloc_bytes_used();
    now->pages = vmap_pages_used();
    now->windows = host_windows();
    memcpy(now->text, _stext, sizeof(now->text));
    memcpy(now->neighbour, neighbour_text(), sizeof(now->neighbour));
}

static void check_surroundings(void)
{
    look_around(&after);
    if (after.heap != before.heap || after.pages != before.pages) {
        give_up("memory is left behind");
    }
    if (memcmp(after.text, before.text, sizeof(after.text)) ||
        memcmp(after.neighbour, before.neighbour, sizeof(after.neighbour))) {
        give_up("the text is not as it was");
    }
    if (after.windows != before.windows) {
        give_up("a window is left behind");
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    keep_inputs_beside_target(argc, argv);
    host_reset();
    fuzz_add_symbols();
    if (upload(NEIGHBOUR, fuzz_neighbour()->bytes, fuzz_neighbour()->size) ||
        act(NEIGHBOUR, LIVEPATCH_ACTION_APPLY)) {
        give_up("the neighbour does not load");
    }
    look_around(&before);
    for (unsigned int i = 0; i < FUZZ_NR_SEEDS; i++) {
        if (upload(NAME, fuzz_seed(i)->bytes, fuzz_seed(i)->size)) {
            give_up("a seed does not load");
        }
        use_and_unload();
        check_surroundings();
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    int rc;

    host_log_clear();
    rc = upload(NAME, bytes, size);
    if (rc == 0) {
        use_and_unload();
    } else if (host_log_errors() != host_refusal_lines(NAME, rc)) {
        give_up("a refusal without a line that says why, or with too many");
    }
    check_surroundings();
    host_guest_reset();
    return 0;
}
