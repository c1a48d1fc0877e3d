/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The questions. None of them changes anything, and an answer that does not
 * come leaves the errno with its first meaning, under which -EBUSY is tried
 * again.
 */
#include "session/refusal_cause.h"

#include <errno.h>
#include <string.h>

#include "hypervisor/console_ring.h"
#include "hypervisor/hypervisor_identity.h"
#include "hypervisor/livepatch_list.h"
#include "session/hook_lines.h"

/* What the log gained since the request was begun; console_text_free() it. */
static bool read_log(struct session *session, struct console_text *text)
{
    return session->has_log_mark &&
           !console_read_after(&session->client, &session->log_mark, text);
}

static bool is_veto(struct session *session, const struct attempt *attempt,
                    int rc)
{
    struct console_text text;
    bool is_found;

    if (!attempt->name || !read_log(session, &text)) {
        return false;
    }
    is_found = hook_lines_say_no(&text, attempt->name, rc);
    console_text_free(&text);
    return is_found;
}

static bool is_hooked(struct session *session, const struct attempt *attempt,
                      int rc, char hooked[PAYLOAD_NAME_LENGTH_MAX + 1])
{
    struct console_text text;
    bool is_found;

    if (rc != -EOPNOTSUPP || !attempt->name || !read_log(session, &text)) {
        return false;
    }
    is_found = hook_lines_find_hooked(&text, attempt->name, hooked);
    console_text_free(&text);
    return is_found;
}

/* An action on the payload that is under way shows in its status. */
static bool is_under_way(struct session *session, const char *name)
{
    struct payload_status status;

    return client_get(&session->client, name, &status) || status.rc == -EAGAIN;
}

static bool is_another_applied(struct session *session, const char *name)
{
    struct list_progress progress;
    struct payload_list list;
    bool is_found = false;

    if (client_list(&session->client, &list, &progress)) {
        return false;
    }
    for (size_t i = 0; i < list.nr; i++) {
        is_found |= list.entries[i].status.state == PAYLOAD_APPLIED &&
                    strcmp(list.entries[i].name, name) != 0;
    }
    payload_list_free(&list);
    return is_found;
}

/* Flags of an upload came with 4.19, in the interface version of 4.17. */
static bool is_before_flags(struct session *session)
{
    struct hypervisor_identity identity;

    return !hypervisor_identify(&session->client, &identity) &&
           identity.major == 4 && identity.minor < 19;
}

static enum request cause_of_busy(struct session *session,
                                  const struct attempt *attempt)
{
    if (!attempt->name || is_under_way(session, attempt->name)) {
        return attempt->request;
    }
    if (attempt->request == REQUEST_UNLOAD) {
        return REQUEST_USED;
    }
    return is_another_applied(session, attempt->name) ? REQUEST_COVERED
                                                      : attempt->request;
}

enum request refusal_cause_find(struct session *session,
                                const struct attempt *attempt, int rc,
                                char hooked[PAYLOAD_NAME_LENGTH_MAX + 1])
{
    switch (attempt->request) {
    case REQUEST_REPLACE:
        if (is_hooked(session, attempt, rc, hooked)) {
            return REQUEST_HOOKED;
        }
        return is_veto(session, attempt, rc) ? REQUEST_VETOED
                                             : attempt->request;
    case REQUEST_APPLY:
    case REQUEST_RESULT:
        return is_veto(session, attempt, rc) ? REQUEST_VETOED
                                             : attempt->request;
    case REQUEST_REVERT:
        if (is_veto(session, attempt, rc)) {
            return REQUEST_VETOED;
        }
        return rc == -EBUSY ? cause_of_busy(session, attempt)
                            : attempt->request;
    case REQUEST_UNLOAD:
        return rc == -EBUSY ? cause_of_busy(session, attempt)
                            : attempt->request;
    case REQUEST_UPLOAD:
        return session->options.is_forced &&
                       (rc == -EINVAL || rc == -EOPNOTSUPP) &&
                       is_before_flags(session)
                   ? REQUEST_FORCED_UPLOAD
                   : attempt->request;
    default:
        return attempt->request;
    }
}
