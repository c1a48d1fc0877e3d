// SPDX-License-Identifier: GPL-2.0
/*
 * Dry runs; see dry_run.h.
 */
#include "dry_run.h"

#include <xen/kernel.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "host/arena.h"
#include "host/guest.h"
#include "host/window.h"

struct livepatch_ext_dry_run_upload uploaded;
struct livepatch_ext_dry_run_action acted;

struct snapshot {
    unsigned long heap_bytes, pages;
    uint64_t newest_record;
    unsigned int windows, count;
    uint8_t text[HOST_TEXT_BYTES];
};

static struct snapshot before;

static void look(struct snapshot *seen)
{
    const struct registry_locked locked = registry_lock();

    memset(seen, 0, sizeof(*seen));
    seen->heap_bytes = xmalloc_bytes_used();
    seen->pages = vmap_pages_used();
    seen->windows = host_windows();
    seen->count = lp_registry_count(locked);
    memcpy(seen->text, _stext, sizeof(seen->text));
    registry_unlock(locked);
    seen->newest_record = read_payloads(1, 0, 0, 16).payloads.generation;
}

void look_before(void)
{
    look(&before);
}

void assert_nothing_came_of_it(void)
{
    struct snapshot now;

    look(&now);
    assert_memory_equal(&now, &before, sizeof(now));
}

int try_upload_again(void)
{
    int rc;

    look_before();
    rc = send_extension(LIVEPATCH_EXT_DRY_RUN_UPLOAD, &uploaded,
                        sizeof(uploaded));
    assert_nothing_came_of_it();
    return rc;
}

int try_file(const char *name, const struct payload_file *file, uint32_t cmd)
{
    uploaded = (struct livepatch_ext_dry_run_upload){
        .name = (uintptr_t)host_guest_put_string(name),
        .name_bytes = strlen(name) + 1,
        .size = file->size,
        .payload = (uintptr_t)host_guest_put(file->bytes, file->size),
        .cmd = cmd,
        .refused = 77,
        .nr_unasked = 77,
    };
    return try_upload_again();
}

int try_described(const char *name, const struct payload_description *what,
                  uint32_t cmd)
{
    struct payload_file file = payload_make(what);
    const int rc = try_file(name, &file, cmd);

    payload_file_free(&file);
    return rc;
}

int try_action_again(void)
{
    int rc;

    look_before();
    rc = send_extension(LIVEPATCH_EXT_DRY_RUN_ACTION, &acted, sizeof(acted));
    assert_nothing_came_of_it();
    return rc;
}

int try_names(const char *names, uint32_t bytes, uint32_t nr, uint32_t cmd)
{
    acted = (struct livepatch_ext_dry_run_action){
        .names = (uintptr_t)host_guest_put(names, bytes),
        .names_bytes = bytes,
        .nr = nr,
        .cmd = cmd,
        .failed = 77,
        .nr_unasked = 77,
    };
    return try_action_again();
}

int try_name(const char *name, uint32_t cmd)
{
    return try_names(name, strlen(name) + 1, 1, cmd);
}
