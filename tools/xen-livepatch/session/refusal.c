/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the hypervisor's errnos mean for each request: one table, the first row
 * that fits wins, so the rows of REQUEST_ANY stand last. The meanings are those
 * of the ABI; which of its many causes it was, the hypervisor's log tells.
 */
#include "session/refusal.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "lib/safe_text.h"

struct meaning {
    enum request request;
    int error;
    const char *code; /* in JSON, for good */
    const char *text;
    const char *next; /* what to do */
};

static const struct meaning meanings[] = {
    {REQUEST_COVERED, EBUSY, "blocked",
     "another payload was applied after this one and must be reverted first; "
     "trying again changes nothing",
     "'xen-livepatch status' shows the order; revert the newest first, or all "
     "of them in one command"},
    {REQUEST_USED, EBUSY, "blocked",
     "another loaded payload uses what this one has; trying again changes "
     "nothing",
     "Unload the payload that uses it first: 'xen-livepatch list' shows those "
     "that there are"},
    {REQUEST_FORCED_UPLOAD, EINVAL, "not-supported",
     "this hypervisor takes no flags with an upload, so no --force: it is "
     "older than Xen 4.19",
     "Leave --force out"},
    {REQUEST_FORCED_UPLOAD, EOPNOTSUPP, "not-supported",
     "this hypervisor takes no flags with an upload, so no --force: it is "
     "older than Xen 4.19",
     "Leave --force out"},
    {REQUEST_UNSENT, EOPNOTSUPP, "not-supported",
     "--nodeps needs Xen 4.14 or newer, this one is older; nothing was sent to "
     "it",
     "Leave --nodeps out"},
    {REQUEST_UPLOAD, EEXIST, "already-loaded",
     "a payload with this name, this build-id or one of these symbols is "
     "already loaded",
     "Look at 'xen-livepatch list'; unload that one first"},
    {REQUEST_UPLOAD, EINVAL, "bad-payload",
     "the payload is malformed, or was built for another hypervisor build",
     "'xen-livepatch verify FILE' looks for the reason"},
    {REQUEST_UPLOAD, ENODATA, "no-build-id",
     "a build-id is missing, in the payload or in the hypervisor",
     "'xen-livepatch info FILE' shows the payload's"},
    {REQUEST_UPLOAD, ENOENT, "unknown-symbol",
     "the payload needs a symbol that neither the hypervisor nor a loaded "
     "payload has",
     "Upload the payload that has it first, or take one built for this "
     "hypervisor"},
    {REQUEST_UPLOAD, EOPNOTSUPP, "not-supported",
     "the payload uses something that this hypervisor does not support (ELF "
     "class, machine, section, relocation or payload version)",
     "'xen-livepatch verify FILE' looks for the reason"},
    {REQUEST_UPLOAD, EOVERFLOW, "out-of-reach",
     "an address in the payload is out of reach", "Build the payload anew"},
    {REQUEST_UPLOAD, ENOMEM, "no-memory", "the hypervisor lacks memory for it",
     "Unload payloads that are not applied"},
    {REQUEST_UPLOAD, EPERM, "not-permitted",
     "the hypervisor asks for a signature that the payload does not have, or "
     "the payload replaces a function that patching or verifying runs through, "
     "or this domain is not allowed to upload",
     "'xen-livepatch verify FILE --xen-syms FILE' tells which"},
    {REQUEST_UPLOAD, EBADMSG, "damaged",
     "the file is not what it was made as: it has another digest",
     "Fetch it again from where it was made"},
    {REQUEST_UPLOAD, ESRCH, "unknown-key",
     "the payload is signed, and the hypervisor has no key of that kind",
     "Take one that is signed for this hypervisor, whose log of the boot names "
     "its keys"},
    {REQUEST_UPLOAD, ENOSPC, "no-room",
     "the payload changes too many places of the hypervisor's text, or has no "
     "room for an alternative",
     "Build it with fewer functions"},
    {REQUEST_APPLY, ERANGE, "bad-payload",
     "the payload expects more bytes of a function than that has",
     "Build the payload anew"},
    {REQUEST_APPLY, EINVAL, "does-not-fit",
     "the payload does not fit on what is applied now (its build-id "
     "dependency), or the code to be patched is not what it expects",
     "'xen-livepatch info FILE' shows what it goes on top of, 'status' what is "
     "applied"},
    {REQUEST_APPLY, EOPNOTSUPP, "not-supported",
     "not supported by this hypervisor; --nodeps needs Xen 4.14 or newer",
     NULL},
    {REQUEST_APPLY, ENODATA, "no-build-id", "the hypervisor has no build-id",
     NULL},
    {REQUEST_UNLOAD, EINVAL, "wrong-state", "the payload is applied",
     "Revert it first"},
    {REQUEST_REPLACE, EOPNOTSUPP, "not-supported",
     "not supported by this hypervisor, or a payload involved has pre or post "
     "hooks",
     "Revert the others, then apply it"},
    {REQUEST_REPLACE, EINVAL, "does-not-fit",
     "the payload does not depend on the hypervisor's own build-id",
     "Take a payload that was built for the bare hypervisor"},
    {REQUEST_RESULT, EBUSY, "timed-out",
     "the pCPUs did not meet in time; nothing was changed", NULL},
    {REQUEST_RESULT, EINVAL, "wrong-state",
     "the payloads are not in a state that allows it",
     "Unloading this one and loading it again may help"},
    {REQUEST_LIST, EBUSY, "busy",
     "payloads came and went while they were listed", "Try again"},
    {REQUEST_ANY, EBUSY, "busy", "another action is under way",
     "Try again, or let --retries do it"},
    {REQUEST_ANY, EAGAIN, "busy", "the hypervisor asks to try again",
     "Try again, or let --retries do it"},
    {REQUEST_ANY, ENOENT, "not-loaded", "no payload of this name is loaded",
     "'xen-livepatch list' shows those that are"},
    {REQUEST_ANY, EPERM, "not-allowed",
     "this domain is not allowed to do it (not dom0, or forbidden by the "
     "hypervisor's security policy)",
     NULL},
    {REQUEST_ANY, EACCES, "unknown-version",
     "the hypervisor's sysctl interface version is not the one that was found "
     "at the start",
     NULL},
    {REQUEST_ANY, ENOSYS, "no-livepatch",
     "this hypervisor is built without live patching",
     "Boot one that is built with it (CONFIG_LIVEPATCH)"},
    {REQUEST_ANY, EBADMSG, "bad-answer",
     "the hypervisor's answer contradicts itself", NULL},
};

static const struct meaning *find_meaning(enum request request, int error)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        const struct meaning *meaning = &meanings[i];

        if (meaning->error == error &&
            (meaning->request == request || meaning->request == REQUEST_ANY)) {
            return meaning;
        }
    }
    return NULL;
}

/* Twice the time that was too short, from 100 ms on. */
static void suggest_time(FILE *err, uint32_t timeout_ns)
{
    const uint64_t ms = timeout_ns / 1000000U;

    if (ms < 50) {
        fputs("Try again with more time (--timeout 100ms) and --retries.\n",
              err);
    } else if (ms <= 2000) {
        fprintf(err,
                "Try again with more time (--timeout %ums) and --retries.\n",
                (unsigned int)(2 * ms));
    } else {
        fputs("More time will hardly help: look which pCPUs are late, then "
              "let --retries try.\n",
              err);
    }
}

static void print_start(FILE *err, const struct attempt *attempt, int rc)
{
    fprintf(err, "xen-livepatch: %s", attempt->what);
    if (attempt->name) {
        fprintf(err, " of %s", attempt->name);
    }
    fprintf(err, ": %s: ", strerrorname_np(-rc));
}

/* Whatever a hook gives is the payload's word, and no errno of the ABI. */
static void print_veto(FILE *err, const struct attempt *attempt, int rc)
{
    print_start(err, attempt, rc);
    fputs("a hook of the payload forbade it; this error is the hook's own and "
          "says nothing of the hypervisor.\n"
          "Ask whoever made the payload what its hook waits for; the log below "
          "says which hook it was.\n",
          err);
}

/* The name is the log's. */
static void print_hooked(FILE *err, const struct attempt *attempt, int rc,
                         const char *hooked)
{
    print_start(err, attempt, rc);
    fputs("the payload '", err);
    safe_print(err, hooked, strlen(hooked));
    fputs("' has pre or post hooks, and a replace calls none.\n"
          "Revert the others, then apply it.\n",
          err);
}

void refusal_print(FILE *err, const struct attempt *attempt, int rc,
                   uint32_t timeout_ns, const char *hooked)
{
    const struct meaning *meaning = find_meaning(attempt->request, -rc);

    fprintf(err, "Error %d: %s\n", -rc, strerror(-rc));
    if (attempt->request == REQUEST_VETOED && strerrorname_np(-rc)) {
        print_veto(err, attempt, rc);
        return;
    }
    if (attempt->request == REQUEST_HOOKED) {
        print_hooked(err, attempt, rc, hooked);
        return;
    }
    if (!meaning) {
        return;
    }
    print_start(err, attempt, rc);
    fprintf(err, "%s.\n", meaning->text);
    if (attempt->request == REQUEST_RESULT && rc == -EBUSY) {
        suggest_time(err, timeout_ns);
    } else if (meaning->next) {
        fprintf(err, "%s.\n", meaning->next);
    }
}

const char *refusal_code(const struct attempt *attempt, int rc)
{
    const struct meaning *meaning = find_meaning(attempt->request, -rc);

    if (attempt->request == REQUEST_VETOED) {
        return "vetoed";
    }
    if (attempt->request == REQUEST_HOOKED) {
        return "not-supported";
    }
    return meaning ? meaning->code : "refused";
}
