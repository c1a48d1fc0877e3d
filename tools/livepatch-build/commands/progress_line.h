/* SPDX-License-Identifier: GPL-2.0 */
/* How far a build is, as one line of a terminal that is written over. */
#ifndef LIVEPATCH_BUILD_PROGRESS_LINE_H
#define LIVEPATCH_BUILD_PROGRESS_LINE_H

#include <stdio.h>

#include "build/build.h"

#define PROGRESS_BYTES 80

/* "building before: 120 of about 380 objects, 40 s left" */
void progress_text(const struct build_progress *now, char text[PROGRESS_BYTES]);

/* For struct build_request: `opaque` is the terminal's FILE. */
void progress_draw(const struct build_progress *now, void *opaque);

#endif
