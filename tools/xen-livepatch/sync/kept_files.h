/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies of the payload files that sync has loaded, in its state folder, by
 * build-id: so that a payload whose file was exchanged can go back when the new
 * one cannot be loaded.
 */
#ifndef XEN_LIVEPATCH_KEPT_FILES_H
#define XEN_LIVEPATCH_KEPT_FILES_H

#include "history/loaded.h"
#include "lib/kept_id.h"

/* Keep the file `path`, if it has that build-id. 0; or -errno with nothing
 * said, and as far as that can be the place of the copy marked as lost. */
int kept_file_save(const char *state_dir, const char *path,
                   const struct kept_id *id);

/* Where the copy is, allocated; NULL: there is none that can be read and has
 * that build-id. */
char *kept_file_find(const char *state_dir, const struct kept_id *id);

/* Whether there should be a copy, and is none that is whole: it could not be
 * kept, or was damaged. Of what sync never loaded or met there should be none.
 */
bool kept_file_is_lost(const char *state_dir, const struct kept_id *id);

/* Remove all copies but those of payloads that are loaded, and what a killed
 * sync left of some; nothing when it is not known which builds are loaded. */
void kept_files_clean(const char *state_dir, const struct loaded *loaded);

#endif
