/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload says that it goes on top of, and for which hypervisor it is.
 */
#ifndef BUILDER_DEPENDS_H
#define BUILDER_DEPENDS_H

#include <stdbool.h>

#include "choose/plan.h"
#include "lib/payload_file.h"

struct depends {
    bool is_given; /* else: what the hypervisor's own is */
    unsigned char id[PLAN_ID_BYTES];
    struct payload_file below; /* a payload that was named; else no bytes */
};

/*
 * Reads "xen-syms", 40 hexadecimal digits, or the path of a payload; NULL: not
 * given. 0, or -EINVAL (neither) or what reading said, after a message on `err`
 * that names `option`. depends_free() it in any case.
 */
int depends_read(const char *option, const char *text, struct depends *depends,
                 FILE *err);
void depends_free(struct depends *depends);

#endif
