/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Objects of both builds compiled once more, by the same words in the same
 * folder and a few words more, for what only another compile can tell.
 */
#ifndef LIVEPATCH_BUILD_AGAIN_H
#define LIVEPATCH_BUILD_AGAIN_H

#include "build/build.h"

struct again_object {
    const struct object_pair *pair; /* of the result, with both files */
    char *before, *after;           /* files; NULL: it did not compile so */
};

struct again {
    const struct build_result *result;
    const struct build_request *request; /* that it is of */
    const struct text_list *words;       /* added to each compile's */
    struct again_object *objects;
    size_t nr;
};

/*
 * Compile them, and set .before and .after. The files are there until
 * build_result_free(); whatever this gives, the result's own are as they were.
 * What does not compile is no error. 0; -EINTR after a signal to stop; or
 * -errno with a message.
 */
int compile_again(struct again *again, FILE *err);
void again_free(struct again *again);

#endif
