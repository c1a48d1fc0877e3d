/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload says that it goes on top of, and for which hypervisor it is.
 */
#ifndef BUILDER_DEPENDS_H
#define BUILDER_DEPENDS_H

#include <stdbool.h>

#include "choose/plan.h"
#include "image/image.h"
#include "lib/payload_file.h"

struct depends {
    bool is_given; /* else: what the hypervisor's own is */
    unsigned char id[PLAN_ID_BYTES];
    struct payload_file below; /* a payload that was named; else no bytes */
    const char *path;          /* as it was named; else NULL */
};

/*
 * Reads "xen-syms", 40 hexadecimal digits, or the path of a payload; NULL: not
 * given. 0, or -EINVAL (neither) or what reading said, after a message on `err`
 * that names `option`. depends_free() it in any case.
 */
int depends_read(const char *option, const char *text, struct depends *depends,
                 FILE *err);
void depends_free(struct depends *depends);

/*
 * Whether something can be made for the hypervisor `xen` on top of `depends`,
 * as far as it is known before there is a payload: the hypervisor, which is
 * that of xen-syms unless `xen` is given, has a build-id, and is the one that
 * the payload below is for. False after a message on `err`.
 */
bool depends_fit(const struct depends *depends, const struct depends *xen,
                 const struct image *image, FILE *err);

#endif
