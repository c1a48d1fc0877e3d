/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A call through a pointer that is set once, early, and never again, as a call
 * of what the pointer holds: of the hypervisor's own code at boot, of a
 * payload's when it is loaded. Until then it goes through the pointer; of one
 * that is NULL at that time it becomes a trap. Example:
 *
 *     static int (*find_way)(unsigned int from, unsigned int to);
 *     ...
 *     way = alternative_call(find_way, here, there);
 *
 * Xen's names and semantics:
 *   alternative_call(pointer, arguments...)   gives what the function returns
 *   alternative_vcall(pointer, arguments...)  gives nothing
 * `pointer` is a variable that the linker places. At most six arguments,
 * numbers and pointers.
 */
#ifndef XEN_ALTERNATIVE_CALL_H
#define XEN_ALTERNATIVE_CALL_H

#include <asm/alternative-call.h>

#endif
