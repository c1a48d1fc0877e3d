#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What the documentation shows, done: each of its payloads is loaded, reverted
# and unloaded, and each piece of its shell commands for dom0 runs as it stands
# there, again when a busy machine has missed a deadline. tests/docs/check has
# made the payloads and taken out the pieces.

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
    works "$file loads" patiently xen-livepatch --timeout 4s load "$file"
    works "list works with $file" xen-livepatch list
    printed "$file is in force" "^$name  *\\| APPLIED"
    works "$file reverts" patiently xen-livepatch --timeout 4s revert "$name"
    works "$file unloads" xen-livepatch unload "$name"
done </bin/alone
nothing_is_left "payloads of the documentation"

# A piece may leave payloads for the reader to go on with.
# In a shell of its own: patience within patience counts for itself.
take_away() (
    for name in next fix; do
        patiently xen-livepatch --timeout 4s revert "$name"
        xen-livepatch unload "$name"
    done >/dev/null 2>&1
)

run_snippet() {
    take_away
    sh -e "$1"
}

for snippet in /bin/snippet-*; do
    works "${snippet##*/}: $(head -n 1 "$snippet")" \
        patiently run_snippet "$snippet"
    take_away
    nothing_is_left "${snippet##*/}"
done
is "the hypervisor is as it was" "$original" "$(sysfs version/extra)"

finish
