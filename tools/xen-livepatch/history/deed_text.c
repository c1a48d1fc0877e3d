/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line for one deed. Whatever comes from the log is printed escaped.
 */
#include "history/deed_text.h"

#include <string.h>

#include "history/stop_watch.h"
#include "lib/safe_text.h"

static void print_text(FILE *out, const char *text)
{
    safe_print(out, text, strlen(text));
}

void past_end_print(FILE *out, int64_t error, int64_t stop_ns, int64_t nr_late)
{
    char text[16];

    if (error) {
        fprintf(out, "failed (%d, %s)", (int)error, strerror((int)error));
    }
    if (nr_late) {
        fprintf(out, ", %d pCPU%s late", (int)nr_late, nr_late > 1 ? "s" : "");
    }
    if (stop_ns) {
        stop_watch_format((uint64_t)stop_ns, text, sizeof(text));
        fprintf(out, ", pCPUs stood still for %s", text);
    }
    fputc('\n', out);
}

void past_deed_print(FILE *out, const struct past_deed *deed)
{
    print_text(out, deed->time);
    fputc(' ', out);
    print_text(out, deed->user);
    fputc(' ', out);
    print_text(out, deed->verb);
    for (size_t i = 0; i < deed->nr_names; i++) {
        fputs(i ? ", " : " ", out);
        print_text(out, past_deed_name(deed, i));
    }
    fputs(": ", out);
    if (!deed->exit_status) {
        fputs("done", out);
    } else if (!deed->error) {
        fprintf(out, "failed (exit status %d)", (int)deed->exit_status);
    }
    past_end_print(out, deed->error, deed->stop_ns, deed->nr_late);
}
