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

struct meaning {
    enum request request;
    int error;
    const char *error_name;
    const char *text;
    const char *next; /* what to do */
};

static const struct meaning meanings[] = {
    {REQUEST_UPLOAD, EEXIST, "EEXIST",
     "a payload with this name, this build-id or one of these symbols is "
     "already loaded",
     "Look at 'xen-livepatch list'; unload that one first"},
    {REQUEST_UPLOAD, EINVAL, "EINVAL",
     "the payload is malformed, or was built for another hypervisor build",
     "'xen-livepatch verify FILE' looks for the reason"},
    {REQUEST_UPLOAD, ENODATA, "ENODATA",
     "a build-id is missing, in the payload or in the hypervisor",
     "'xen-livepatch info FILE' shows the payload's"},
    {REQUEST_UPLOAD, ENOENT, "ENOENT",
     "the payload needs a symbol that neither the hypervisor nor a loaded "
     "payload has",
     "Upload the payload that has it first, or take one built for this "
     "hypervisor"},
    {REQUEST_UPLOAD, EOPNOTSUPP, "EOPNOTSUPP",
     "the payload uses something that this hypervisor does not support (ELF "
     "class, machine, section, relocation or payload version; --force needs "
     "Xen 4.19 or newer)",
     "'xen-livepatch verify FILE' looks for the reason"},
    {REQUEST_UPLOAD, EOVERFLOW, "EOVERFLOW",
     "an address in the payload is out of reach", "Build the payload anew"},
    {REQUEST_UPLOAD, ENOMEM, "ENOMEM", "the hypervisor lacks memory for it",
     "Unload payloads that are not applied"},
    {REQUEST_UPLOAD, EPERM, "EPERM",
     "the payload replaces a function that patching itself runs through, or "
     "this domain is not allowed to upload",
     "'xen-livepatch verify FILE --xen-syms FILE' tells which"},
    {REQUEST_UPLOAD, ENOSPC, "ENOSPC",
     "the payload changes too many places of the hypervisor's text, or has no "
     "room for an alternative",
     "Build it with fewer functions"},
    {REQUEST_APPLY, ERANGE, "ERANGE",
     "the payload expects more bytes of a function than that has",
     "Build the payload anew"},
    {REQUEST_APPLY, EINVAL, "EINVAL",
     "the payload does not fit on what is applied now (its build-id "
     "dependency), or the code to be patched is not what it expects",
     "'xen-livepatch info FILE' shows what it goes on top of, 'status' what is "
     "applied"},
    {REQUEST_APPLY, EOPNOTSUPP, "EOPNOTSUPP",
     "not supported by this hypervisor; --nodeps needs Xen 4.14 or newer",
     NULL},
    {REQUEST_APPLY, ENODATA, "ENODATA", "the hypervisor has no build-id", NULL},
    {REQUEST_REVERT, EBUSY, "EBUSY",
     "another payload was applied after this one, or another action is under "
     "way",
     "Revert the newest first; 'xen-livepatch status' shows the order"},
    {REQUEST_UNLOAD, EINVAL, "EINVAL", "the payload is applied",
     "Revert it first"},
    {REQUEST_UNLOAD, EBUSY, "EBUSY",
     "another payload uses it, or another action is under way",
     "Unload the payload that uses it first, or try again"},
    {REQUEST_REPLACE, EOPNOTSUPP, "EOPNOTSUPP",
     "not supported by this hypervisor (or, on stock Xen, a payload involved "
     "has pre- or post-hooks)",
     "Revert the others, then apply it"},
    {REQUEST_REPLACE, EINVAL, "EINVAL",
     "the payload does not depend on the hypervisor's own build-id",
     "Take a payload that was built for the bare hypervisor"},
    {REQUEST_RESULT, EBUSY, "EBUSY",
     "the pCPUs did not meet in time; nothing was changed",
     "Try again with more time (--timeout 100ms) and --retries"},
    {REQUEST_RESULT, EINVAL, "EINVAL",
     "the payloads are not in a state that allows it",
     "Unloading this one and loading it again may help"},
    {REQUEST_LIST, EBUSY, "EBUSY",
     "payloads came and went while they were listed", "Try again"},
    {REQUEST_ANY, EBUSY, "EBUSY", "another action is under way",
     "Try again, or let --retries do it"},
    {REQUEST_ANY, EAGAIN, "EAGAIN", "the hypervisor asks to try again",
     "Try again, or let --retries do it"},
    {REQUEST_ANY, ENOENT, "ENOENT", "no payload of this name is loaded",
     "'xen-livepatch list' shows those that are"},
    {REQUEST_ANY, EPERM, "EPERM",
     "this domain is not allowed to do it (not dom0, or forbidden by the "
     "hypervisor's security policy)",
     NULL},
    {REQUEST_ANY, EACCES, "EACCES",
     "the hypervisor's sysctl interface version is not the one that was found "
     "at the start",
     NULL},
    {REQUEST_ANY, ENOSYS, "ENOSYS",
     "this hypervisor is built without live patching",
     "Boot one that is built with it (CONFIG_LIVEPATCH)"},
    {REQUEST_ANY, EBADMSG, "EBADMSG",
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

void refusal_print(FILE *err, const struct attempt *attempt, int rc)
{
    const struct meaning *meaning = find_meaning(attempt->request, -rc);

    fprintf(err, "Error %d: %s\n", -rc, strerror(-rc));
    if (!meaning) {
        return;
    }
    fprintf(err, "xen-livepatch: %s", attempt->what);
    if (attempt->name) {
        fprintf(err, " of %s", attempt->name);
    }
    fprintf(err, ": %s: %s.\n", meaning->error_name, meaning->text);
    if (meaning->next) {
        fprintf(err, "%s.\n", meaning->next);
    }
}
