/* SPDX-License-Identifier: GPL-2.0 */
/* Words about progress. */
#include "commands/progress_line.h"

void progress_text(const struct build_progress *now, char text[PROGRESS_BYTES])
{
    if (now->nr_expected > now->nr_done && now->nr_done != 0) {
        snprintf(text, PROGRESS_BYTES,
                 "building %s: %zu of about %zu objects, %zu s left", now->step,
                 now->nr_done, now->nr_expected,
                 now->seconds * (now->nr_expected - now->nr_done) /
                     now->nr_done);
    } else {
        snprintf(text, PROGRESS_BYTES, "building %s: %zu objects, %u s",
                 now->step, now->nr_done, now->seconds);
    }
}

/* ESC [ K takes away what is left of a longer line. */
void progress_draw(const struct build_progress *now, void *opaque)
{
    FILE *terminal = opaque;
    char text[PROGRESS_BYTES];

    progress_text(now, text);
    fprintf(terminal, "\r%s\033[K%s", now->is_over ? "" : text,
            now->is_over ? "\r" : "");
    fflush(terminal);
}
