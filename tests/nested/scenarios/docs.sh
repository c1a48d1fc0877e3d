#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What the documentation shows, done: each of its payloads is loaded, reverted
# and unloaded, and each piece of its shell commands for dom0 runs as it stands
# there. tests/docs/check has made the payloads and taken out the pieces.
#
# hypervisor options: livepatch_timeout=10000

. ./tap.sh

cd /payloads/docs || exit 1
# As an installed package leaves it.
mkdir -p /etc/xen/livepatch.d
original=$(sysfs version/extra)

nothing_is_left() {
    works "$1: list works" xen-livepatch list
    printed "$1: nothing is left" 'Nothing to list'
}

while read -r file; do
    name=${file%.livepatch}
    works "$file loads" xen-livepatch load "$file"
    works "list works with $file" xen-livepatch list
    printed "$file is in force" "^$name  *\\| APPLIED"
    works "$file reverts" xen-livepatch revert "$name"
    works "$file unloads" xen-livepatch unload "$name"
done </bin/alone
nothing_is_left "payloads of the documentation"

# A piece may leave payloads for the reader to go on with.
for snippet in /bin/snippet-*; do
    works "${snippet##*/}: $(head -n 1 "$snippet")" sh -e "$snippet"
    for name in next fix; do
        xen-livepatch revert "$name" >/dev/null 2>&1
        xen-livepatch unload "$name" >/dev/null 2>&1
    done
    nothing_is_left "${snippet##*/}"
done
is "the hypervisor is as it was" "$original" "$(sysfs version/extra)"

finish
