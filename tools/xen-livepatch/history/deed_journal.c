/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line is put together in memory; without memory nothing is told, since the
 * log file has it all.
 */
#include "history/deed_journal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "session/journal.h"
#include "session/machine.h"

static void print_quoted(FILE *line, const char *text)
{
    fputc('"', line);
    for (; *text; text++) {
        if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\') {
            fprintf(line, "\\x%02x", (unsigned char)*text);
        } else {
            fputc(*text, line);
        }
    }
    fputc('"', line);
}

static void print_line(FILE *line, const struct session *session,
                       const struct deed *deed,
                       const struct livepatch_ext_record *record)
{
    char user[64];

    machine_user(user, sizeof(user));
    fputs(deed->verb, line);
    for (size_t i = 0; i < deed->nr_names; i++) {
        fputc(' ', line);
        print_quoted(line, deed->names[i]);
    }
    fputs(deed->outcome == OUTCOME_DONE ? ": done [user=" : ": failed [user=",
          line);
    print_quoted(line, user);
    fprintf(line, " exit_status=%d errno=%d", (int)deed->outcome,
            -session->error);
    if (record && (record->nr_cpus || record->nr_late)) {
        fprintf(line, " stop_ns=%" PRIu64 " nr_late=%u", record->stop_time,
                record->nr_late);
    }
    fputc(']', line);
}

void deed_tell_journal(const struct session *session, const struct deed *deed,
                       const struct livepatch_ext_record *record)
{
    char *text = NULL;
    size_t nr_bytes;
    FILE *line = open_memstream(&text, &nr_bytes);

    if (line) {
        print_line(line, session, deed, record);
        if (!fclose(line)) {
            journal_tell(text, deed->outcome != OUTCOME_DONE);
        }
    }
    free(text);
}
