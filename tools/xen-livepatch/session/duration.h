/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lengths of time as an admin writes them: a whole number and its unit.
 */
#ifndef XEN_LIVEPATCH_DURATION_H
#define XEN_LIVEPATCH_DURATION_H

#include <stdint.h>

/* What to say of a text that is none. */
#define DURATION_EXPECTED                                                      \
    "a whole number and its unit: ns, us, ms, s, min or h, such as 30ms"

/*
 * Turn decimal digits followed at once by ns, us, ms, s, min or h ("30ms") into
 * nanoseconds. Gives 0 and *ns; -EINVAL for any other text, a number without a
 * unit included; -ERANGE for more than UINT64_MAX ns. *ns is then untouched.
 */
int duration_parse(const char *text, uint64_t *ns);

#endif
