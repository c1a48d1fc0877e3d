#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# livepatch_verify=digest on the command line, without keys: a payload with its
# digest loads, a damaged one does not, nor one that nobody has marked. On stock
# Xen, which asks for nothing: what is marked or signed loads as if it was not.
# hypervisor options: livepatch_verify=digest

. ./tap.sh

SIGNED=/payloads/signed

loads() {
    works "$1 loads" xen-livepatch upload "$2" "$SIGNED/$2.livepatch"
    works "$1 applies" patiently xen-livepatch --timeout 4s apply "$2"
    is "$1 runs" "-patched" "$(sysfs version/extra)"
    works "$1 reverts" patiently xen-livepatch --timeout 4s revert "$2"
    works "$1 unloads" xen-livepatch unload "$2"
}

refuses() {
    is "$1 is $3" "$3" "$(livepatch-abi upload_file "$2" "$SIGNED/$2.livepatch")"
    xen-dmesg -c >"$OUTPUT" 2>&1
    printed "$1: the log says why" "livepatch: $2: $4"
}

loads "a payload with its digest" digest
if [ "$LOG_SAYS_WHY" = yes ]; then
    refuses "a damaged one" digest_damaged EBADMSG \
        'the file is not what it was made as'
    refuses "one without a note" unmarked EPERM \
        'has no .*, and livepatch_verify=digest demands one'
    refuses "one that is signed, where there is no key" rsa ESRCH \
        'signed .*, and no key of that kind is built in'
else
    loads "a payload signed by RSA" rsa
    loads "a payload signed by P-256" p256
fi

finish
