#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The builder's cases, in a hypervisor that has the code of each before its
# change, and the code after it as its twin: the payload that livepatch-build
# has made of the two objects makes the one do what the other does, and nothing
# once it is reverted. Key `c` calls all of them and says for each which it is
# like (tests/builder/live/walk.c). One that is "unseen" does the same before and
# after: that has to stand in its file, with the reason (//live: same: REASON);
# "seen" is one of which that stands there and is not so.
#
# hypervisor build: cases

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

payloads=$(cd /payloads && printf '%s\n' *.livepatch |
    sed 's/\.livepatch$//')
# walk NAME: what each case is like, in /run/walk.NAME.
walk() {
    xen-dmesg -c >/dev/null
    debug-key c
    xen-dmesg >"$OUTPUT"
    sed -n 's/^.*cases: \([a-z_0-9]*\): \([a-z]*\)$/\1 \2/p' \
        "$OUTPUT" | sort >"/run/walk.$1"
}

# in_sets COMMAND...: of all payloads, at most so many at a time as a set has.
in_sets() {
    echo "$order" | xargs -n 60 xen-livepatch --timeout 4s "$@"
}

upload_all() {
    for payload in $payloads; do
        xen-livepatch upload "$payload" "/payloads/$payload.livepatch" ||
            echo "$payload" >>/run/refused
    done
}

# like WALK NAME
like() {
    sed -n "s/^$2 //p" "/run/walk.$1"
}

walk start
: >/run/refused
upload_all
walk uploaded
order=$payloads
works "all payloads of a set apply in one stop" patiently in_sets apply --nodeps
walk applied
order=$(echo "$payloads" | sort -r)
works "and revert in one" patiently in_sets revert
walk reverted
works "all are unloaded" in_sets unload

for payload in $payloads; do
    wanted='before before after before'
    # Only of a case that says why it does the same.
    [ "$(like start "$payload")" != same ] || wanted='same same same same'
    is "$payload: at the start, uploaded, applied, reverted" "$wanted" \
        "$(like start "$payload") $(like uploaded "$payload")$(
        ) $(like applied "$payload") $(like reverted "$payload")"
done
is "the walk went to the end, with every payload" \
    "$(echo "$payloads" | wc -l)" "$(wc -l </run/walk.reverted)"
is "no payload was refused" "" "$(cat /run/refused)"
works "list works at the end" xen-livepatch list
printed "nothing is left" 'Nothing to list'

finish
