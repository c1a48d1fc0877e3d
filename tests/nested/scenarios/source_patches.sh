#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Patches of the hypervisor's own sources (tests/builder/patches), of which
# livepatch-build has made payloads: what a patch changes is seen after its
# payload was loaded, and as before when it is reverted. The head of a patch says
# what it tries, what to look at, and a line of that before and after.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

# key KEY: what the hypervisor tells when this debug key is sent.
key() {
    xen-dmesg -c >/dev/null
    debug-key "$1"
    xen-dmesg
}

# What it tells of an access to its memory, which ends the program that makes it.
refused() {
    xen-dmesg -c >/dev/null
    devmem "$hypervisors_memory" >/dev/null 2>&1
    xen-dmesg
}

# A page of its heap.
hypervisors_memory=$(xen-dmesg |
    sed -n 's/.* heap \(0x[0-9a-f]*\)-0x[0-9a-f]*$/\1/p')

# head WORD: of the patch's head.
head_of() {
    sed -n "s/^$1: //p" "$patch"
}

# looks BEHAVIOUR PATTERN
looks() {
    eval "$look" >"$OUTPUT" 2>&1
    printed "$name: $1" "$2"
}

for patch in /bin/*.patch; do
    name=$(basename "$patch" .patch)
    look=$(head_of look)
    looks "nothing is changed yet" "$(head_of before)"
    works "$name: loads ($(head_of tries))" \
        patiently xen-livepatch --timeout 4s load "${patch%.patch}.livepatch"
    looks "the change is seen" "$(head_of after)"
    works "$name: reverts" patiently xen-livepatch --timeout 4s revert "$name"
    looks "the change is gone" "$(head_of before)"
    works "$name: unloads" xen-livepatch unload "$name"
done
works "list works at the end" xen-livepatch list
printed "nothing is left" 'Nothing to list'

finish
