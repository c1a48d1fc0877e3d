/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A time in a boot option: whole milliseconds.
 */
#ifndef LP_MILLISECONDS_H
#define LP_MILLISECONDS_H

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/time.h>

#define LP_MOST_MILLISECONDS 60000

/* 0, or -EINVAL: not a number from 1 to LP_MOST_MILLISECONDS; *time is
 * untouched then. */
static inline int lp_milliseconds_parse(const char *value, s_time_t *time)
{
    const char *end;
    const unsigned long ms = simple_strtoull(value, &end, 10);

    if (end == value || *end != '\0' || ms == 0 || ms > LP_MOST_MILLISECONDS) {
        return -EINVAL;
    }
    *time = MILLISECS(ms);
    return 0;
}

#endif
