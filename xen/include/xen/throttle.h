/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For lines in the log about what dom0 does, which it can do as often as it
 * likes. Example:
 *
 *     static unsigned long nr_so_far;
 *     const unsigned long nr = throttle(&nr_so_far);
 *
 *     if (nr) {
 *         printk(XENLOG_WARNING "... (%lu so far)\n", ..., nr);
 *     }
 */
#ifndef XEN_THROTTLE_H
#define XEN_THROTTLE_H

/* So many are all told of. */
#define THROTTLE_ALL 8

/*
 * Counts one more. Its number if it is to be told of, which the first few are,
 * and then ever more rarely; 0 otherwise. Relaxed: only the number matters.
 */
static inline unsigned long throttle(unsigned long *nr_so_far)
{
    const unsigned long nr = __atomic_add_fetch(nr_so_far, 1, __ATOMIC_RELAXED);

    return nr <= THROTTLE_ALL || (nr & (nr - 1)) == 0 ? nr : 0;
}

#endif
