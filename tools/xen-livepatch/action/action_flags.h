/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The flags that may follow an action's operand on the command line.
 */
#ifndef XEN_LIVEPATCH_ACTION_FLAGS_H
#define XEN_LIVEPATCH_ACTION_FLAGS_H

#include <stdint.h>
#include <stdio.h>

/*
 * Turn words such as "--nodeps" into *flags. A word that is no flag, or not
 * one of `allowed`, is -EINVAL after a message on `err`; *flags is untouched.
 */
int action_flags_parse(int nr_words, char **words, uint32_t allowed,
                       uint32_t *flags, FILE *err);

#endif
