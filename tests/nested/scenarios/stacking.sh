#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Payloads on payloads: order of the stack, build-ids, REPLACE, and payloads
# that refer to each other.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs version/extra)

upload() {
    works "$1 uploads" xen-livepatch upload "$1" "/payloads/$1.livepatch"
}

flips() {
    works "$2" patiently xen-livepatch --timeout 4s "$1" "$3"
}

extra_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

upload extra_version
upload stacked_version
upload replacing_version
upload veto
works "two fixes of one function are loaded side by side" \
    xen-livepatch unload veto

exits "a payload made for another one does not apply before it" 1 \
    xen-livepatch apply stacked_version
flips apply "the first payload applies" extra_version
flips apply "then the one made for it applies" stacked_version
extra_is "the newest is in force" -stacked
exits "the lower one cannot be reverted" 16 \
    xen-livepatch --timeout 4s revert extra_version
exits "a payload for the bare hypervisor does not apply on top" 1 \
    xen-livepatch --timeout 4s apply replacing_version
flips revert "the newest reverts" stacked_version
extra_is "the one below is in force again" -patched
flips apply "it applies again" stacked_version

flips replace "one payload replaces all others" replacing_version
extra_is "it is in force" -replaced
is "the first payload is out of force" \
    "extra_version | CHECKED |" "$(list_row extra_version)"
is "the second payload is out of force" \
    "stacked_version | CHECKED |" "$(list_row stacked_version)"
is "the new payload is applied" \
    "replacing_version | APPLIED |" "$(list_row replacing_version)"
flips revert "it reverts" replacing_version
extra_is "the original is back, not what was replaced" "$original"

for payload in extra_version stacked_version replacing_version; do
    works "$payload unloads" xen-livepatch unload $payload
done

exits "a payload that needs another one does not load alone" 1 \
    xen-livepatch upload user /payloads/user.livepatch
upload provider
upload user
works "the user of another payload's function applies" \
    patiently xen-livepatch --timeout 4s apply user
extra_is "it runs the other payload's function" -provided
if [ "$TRACKS_REFERENCES" = yes ]; then
    exits "the other payload cannot be unloaded meanwhile" 16 \
        xen-livepatch unload provider
else
    skip "the other payload cannot be unloaded meanwhile" \
        "stock Xen unloads it and crashes later"
fi
flips revert "the user reverts" user
works "the user unloads" xen-livepatch unload user
works "then the other payload unloads" xen-livepatch unload provider
extra_is "everything is as it was" "$original"
works "list works at the end" xen-livepatch list
printed "nothing is left" 'Nothing to list'

finish
