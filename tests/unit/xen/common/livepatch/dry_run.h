/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dry runs of the extension, after each of which a look is taken: no payload,
 * no memory, no record, no changed text may have come of it.
 */
#ifndef TEST_DRY_RUN_H
#define TEST_DRY_RUN_H

#include "extension.h"

/* How things are before and after it. */
void look_before(void);
void assert_nothing_came_of_it(void);

/* The last dry run's structure, as it was answered. */
extern struct livepatch_ext_dry_run_upload uploaded;
extern struct livepatch_ext_dry_run_action acted;

/* DRY_RUN_UPLOAD of what is described, or of a file; the answer's rc. */
int try_described(const char *name, const struct payload_description *what,
                  uint32_t cmd);
int try_file(const char *name, const struct payload_file *file, uint32_t cmd);

/* DRY_RUN_ACTION of nr names in so many bytes, or of one. */
int try_names(const char *names, uint32_t bytes, uint32_t nr, uint32_t cmd);
int try_name(const char *name, uint32_t cmd);

/* The same structures sent again, as the test has changed them. */
int try_upload_again(void);
int try_action_again(void);

#endif
