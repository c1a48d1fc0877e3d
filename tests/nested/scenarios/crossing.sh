#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Changes of text that cross from one page to the next: two trampolines and
# NOPs over functions that lie so in a payload. The functions answer as they
# should, and the bytes on both sides are the old ones, the new ones, and the
# old ones again.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs properties/changeset)

both() {
    works "$2" patiently xen-livepatch --timeout 4s "$1" "$3"
}

seen() {
    sysfs properties/changeset >"$OUTPUT"
    printed "$1" "$2"
}

# What the functions' bytes are, and what becomes of them.
if [ "$ARCH" = x86 ]; then
    before='^abc b8615a5a5ac3 b8625a5a5ac3 (cc){8}$'
    after='^ABC e9[0-9a-f]{8}c3 e9[0-9a-f]{8}c3 1f84000000000066$'
else
    before='^abc 200c8052c0035fd6 400c8052c0035fd6 (00){8}$'
    after='^ABC ([0-9a-f]{6}1[4-7]c0035fd6 ){2}(1f2003d5){2}$'
fi

works "functions that cross pages load" \
    patiently xen-livepatch --timeout 4s load /payloads/crossing.livepatch
seen "they answer, and lie over the ends of their pages" "$before"

works "a payload that patches them uploads" \
    xen-livepatch upload crossed /payloads/crossed.livepatch
seen "an upload changes nothing" "$before"
for round in 1 2 3; do
    both apply "it applies ($round)" crossed
    seen "all bytes are the new ones, in both pages of each ($round)" \
        "$after"
    both revert "it reverts ($round)" crossed
    seen "all bytes are the old ones again ($round)" "$before"
done
works "it unloads" xen-livepatch unload crossed

both revert "the functions' payload reverts" crossing
works "and unloads" xen-livepatch unload crossing
is "the original function is back" "$original" "$(sysfs properties/changeset)"

finish
