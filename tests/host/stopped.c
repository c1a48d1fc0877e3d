// SPDX-License-Identifier: GPL-2.0
/*
 * The watch over the stopped region: one flag, which the window sets.
 */
#include "stopped.h"

#include <xen/lib.h>

static bool is_stopped_now;

void host_set_stopped(bool is_stopped)
{
    __atomic_store_n(&is_stopped_now, is_stopped, __ATOMIC_SEQ_CST);
}

void host_check_not_stopped(const char *service)
{
    if (__atomic_load_n(&is_stopped_now, __ATOMIC_SEQ_CST)) {
        host_set_stopped(false);
        panic("%s while a patching window is open\n", service);
    }
}
