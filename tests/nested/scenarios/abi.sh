#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The livepatch sysctl refuses malformed requests, each with its own errno.

. ./tap.sh

# answers BEHAVIOUR ERRNO REQUEST [PAYLOAD]: guest/livepatch-abi.c has the
# requests.
answers() {
    behaviour=$1
    wanted=$2
    shift 2
    is "$behaviour is $wanted" "$wanted" "$(livepatch-abi "$@" 2>&1)"
}

answers "an interface version one too low" EACCES interface_version_too_low
answers "an interface version of the future" EACCES interface_version_too_high
answers "an unknown operation" EOPNOTSUPP unknown_operation
answers "an operation with its pad set" EINVAL operation_pad_not_zero

answers "GET of an unknown name" ENOENT get
answers "a name of no bytes" EINVAL name_of_no_bytes
answers "a name of 129 bytes" EINVAL name_of_129_bytes
answers "a name without its NUL" EINVAL name_without_nul
answers "a name with its pad set" EINVAL name_pad_not_zero
answers "a name that cannot be read" EFAULT name_not_readable

answers "LIST of no entries" 0 list_of_no_entries
answers "LIST of 1025 entries" E2BIG list_of_1025_entries
answers "LIST with its pad set" EINVAL list_pad_not_zero
answers "LIST past the end of an empty list" 0 list_from_index_1000

answers "UPLOAD of no bytes" EINVAL upload_of_no_bytes
answers "UPLOAD of 2 MiB and a byte" EINVAL upload_of_2_mib_and_a_byte
answers "UPLOAD that cannot be read" EFAULT upload_not_readable

answers "APPLY of an unknown name" ENOENT action_apply
answers "UNLOAD of an unknown name" ENOENT action_unload

# extension_answers ERRNO: to a caller that knows public/livepatch_ext.h.
extension_answers() {
    is "the extension's HISTORY is $1" "answer $1" \
        "$(livepatch-ext history 1 | tail -n 1)"
    is "the extension's TELEMETRY is $1" "answer $1" \
        "$(livepatch-ext telemetry | sed -n '1s/,.*//p')"
    [ "$1" = 0 ] ||
        is "the extension's ACTION_SET is $1" "answer $1, rc 0, failed 0" \
            "$(livepatch-ext apply nothing)"
}

if [ "$HAS_EXTENSION" = yes ]; then
    extension_answers 0
else
    extension_answers EOPNOTSUPP
fi

works "a good payload still uploads" \
    xen-livepatch upload good /payloads/extra_version.livepatch
answers "GET of a loaded payload" 0 get good
answers "LIST past the end" EINVAL list_from_index_1000
answers "an unknown action" EOPNOTSUPP action_unknown good
answers "an action with its pad set" EINVAL action_pad_not_zero good
is "none of this changed the payload" "good | CHECKED |" "$(list_row good)"
works "it still unloads" xen-livepatch unload good

finish
