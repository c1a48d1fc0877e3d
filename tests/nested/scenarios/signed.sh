#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A hypervisor that believes two keys, an RSA and a P-256 one, and so asks for
# signatures: what they signed loads and works, everything else is refused and
# said why; a program in dom0 keeps what it has in the CPU meanwhile. What is
# loaded is made by tests/nested/sign_payloads.
# hypervisor build: keyed

. ./tap.sh

SIGNED=/payloads/signed
original=$(sysfs version/extra)

# refuses WHAT NAME ERRNO TEXT
refuses() {
    is "$1 is $3" "$3" "$(livepatch-abi upload_file "$2" "$SIGNED/$2.livepatch")"
    xen-dmesg -c >"$OUTPUT" 2>&1
    printed "$1: the log says why" "livepatch: $2: $4"
    exits "$1 is refused by the tool" 1 \
        xen-livepatch upload "$2" "$SIGNED/$2.livepatch"
    printed "$1: the tool shows the log's line" "livepatch: $2: $4"
    xen-dmesg -c >/dev/null 2>&1
}

xen-dmesg -c >"$OUTPUT" 2>&1
printed "the boot tells the policy" \
    'livepatch_verify=signature, at least signature is built in; 2 keys'
printed "the boot tells the keys" 'key [0-9a-f]{64} \(RSA, 2048 bits\)'
printed "the boot tells both" 'key [0-9a-f]{64} \(ECDSA P-256, 256 bits\)'

refuses "a payload without a note" unmarked EPERM \
    'has no \.note\.Xen\.signature, and livepatch_verify=signature'
refuses "a payload with a digest" digest EPERM 'signed by nobody'
refuses "a payload that a stranger signed" other EPERM \
    'signed \(RSA\), but by none of the 1 such keys'
refuses "a damaged payload signed by RSA" rsa_damaged EPERM \
    'signed \(RSA\), but by none of the 1'
refuses "a damaged payload signed by P-256" p256_damaged EPERM \
    'signed \(ECDSA P-256\), but by none'

for name in rsa p256; do
    works "a payload signed by $name uploads" \
        xen-livepatch upload $name $SIGNED/$name.livepatch
    xen-dmesg -c >"$OUTPUT" 2>&1
    printed "$name: the log says who signed it" \
        "livepatch: $name: loaded: .*; signed by key [0-9a-f]{64}"
    works "$name: it applies" patiently xen-livepatch --timeout 4s apply $name
    is "$name: it runs" "-patched" "$(sysfs version/extra)"
    works "$name: it reverts" patiently xen-livepatch --timeout 4s revert $name
    works "$name: it unloads" xen-livepatch unload $name
done
is "the hypervisor is as it was" "$original" "$(sysfs version/extra)"

works "vectors, x87 and thread memory stay while RSA is verified" \
    live-vectors rsa_damaged $SIGNED/rsa_damaged.livepatch 40
printed "all of these uploads were verified, and refused" \
    '^40 uploads, the last: EPERM; nothing changed'
works "they stay while P-256 is verified" \
    live-vectors p256_damaged $SIGNED/p256_damaged.livepatch 20
printed "these too" '^20 uploads, the last: EPERM; nothing changed'

finish
