// SPDX-License-Identifier: GPL-2.0
/*
 * Start, reset, balance.
 */
#include "host.h"

#include <stdio.h>

#include <xen/livepatch.h>
#include <xen/smp.h>
#include <xen/virtual_region.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "arena.h"
#include "clock.h"
#include "console.h"
#include "constants.h"
#include "failure.h"
#include "fake_text.h"
#include "guest.h"
#include "keyring.h"
#include "pcpu.h"
#include "stopped.h"
#include "window.h"

void host_reset(void)
{
    host_arena_start();
    host_cpus_stop();
    host_cpus_start(1);
    host_clock_real();
    host_fail_nth(0);
    host_arena_limit(0);
    host_set_stopped(false);
    host_constants_reset();
    host_guest_reset();
    host_text_reset();
    host_keyring(NULL);
    livepatch_forget_revoked();
    host_log_clear();
}

/* A region that was freed without being unregistered is met on the way. */
static bool is_region_list_sound(void)
{
    return find_text_region(1) == NULL;
}

bool host_is_balanced(char *text, size_t bytes)
{
    const unsigned long heap = xmalloc_bytes_used();
    const unsigned long pages = vmap_pages_used();
    const unsigned int windows = host_windows();
    const bool is_pristine = host_text_is_pristine();

    if (!heap && !pages && !windows && is_pristine && is_region_list_sound() &&
        num_online_cpus() == 1) {
        return true;
    }
    snprintf(text, bytes,
             "left behind: %lu heap bytes, %lu pages, %u windows, text %s, "
             "%u pCPUs",
             heap, pages, windows, is_pristine ? "as it was" : "changed",
             num_online_cpus());
    return false;
}
