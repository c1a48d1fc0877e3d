#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Payloads that must not load: each is refused with its errno and a message,
# and nothing of it is left. The broken files are made by tests/payloads/break.c
# from good ones, with one thing broken in each.

. ./tap.sh

GOOD=/payloads/extra_version.livepatch
original=$(sysfs version/extra)

nothing_is_left() {
    xen-livepatch list >"$OUTPUT" 2>&1
    printed "$1: nothing is left" 'Nothing to list'
}

log_names_the_payload() {
    if [ "$LOG_SAYS_WHY" = yes ]; then
        xen-dmesg -c >"$OUTPUT" 2>&1
        printed "$1: the hypervisor's log says why" "livepatch: $2: "
    else
        skip "$1: the hypervisor's log says why" "stock Xen says little"
    fi
}

# refuses WHAT WAY ERRNO TEXT [STATUS]: the hypervisor by errno, the tool by
# words and exit status (1: the hypervisor refused; 5: the file is no payload).
refuses() {
    file=/payloads/broken/$2.livepatch
    is "$1 is $3" "$3" "$(livepatch-abi upload_file "$2" "$file")"
    log_names_the_payload "$1" "$2"
    nothing_is_left "$1"
    exits "$1 is refused by the tool" "${5-1}" xen-livepatch upload "$2" "$file"
    printed "$1: the tool says: $4" "$4"
    nothing_is_left "$1, by the tool"
}

exits "a file that does not exist is refused by the tool" 5 \
    xen-livepatch upload absent /payloads/absent.livepatch
printed "a file that does not exist: the tool names it" '/absent\.livepatch'
printed "a file that does not exist: the tool says: No such file" 'No such file'

refuses "a payload of no bytes" no_bytes EINVAL '/no_bytes\.livepatch.* 0 bytes' 5
refuses "garbage" random_bytes EINVAL '/random_bytes\.livepatch.*ELF' 5
refuses "a file with a wrong first byte" not_elf EINVAL \
    '/not_elf\.livepatch.*ELF' 5
refuses "a truncated payload" cut_in_half EINVAL 'Invalid argument'
refuses "a payload for another machine" other_machine EOPNOTSUPP \
    '/other_machine\.livepatch: for machine' 5
refuses "a payload for another build" other_xen_build_id EINVAL \
    'Invalid argument'
refuses "a payload that needs an unknown symbol" unknown_symbol ENOENT \
    'No such file or directory'
refuses "a payload for an unknown function" unknown_function ENOENT \
    'No such file or directory'
refuses "a payload with a relocation of no known type" unknown_relocation \
    EOPNOTSUPP 'not supported'

works "a payload made to sit on another one uploads" \
    xen-livepatch upload misfit /payloads/broken/other_depends.livepatch
exits "its apply is refused" 1 xen-livepatch apply misfit
printed "its apply: the tool says: Invalid argument" 'Invalid argument'
is "it stays CHECKED" "misfit | CHECKED |" "$(list_row misfit)"
works "it unloads" xen-livepatch unload misfit

works "a good payload still uploads" xen-livepatch upload good $GOOD
exits "a name in use is refused" 1 \
    xen-livepatch upload good /payloads/calls_hypervisor.livepatch
printed "a name in use: the tool says: File exists" 'File exists'
exits "the same payload under another name is refused" 1 \
    xen-livepatch upload other $GOOD
printed "the same payload: the tool says: File exists" 'File exists'
is "the payload that was there first stays" \
    "good | CHECKED |" "$(list_row good)"

exits "apply of an unknown name is refused" 1 xen-livepatch apply absent
printed "apply of an unknown name: the tool says why" \
    'No such file or directory'

is "the hypervisor is as it was" "$original" "$(sysfs version/extra)"
works "the good payload applies" patiently xen-livepatch --timeout 4s apply good
is "the good payload runs" "-patched" "$(sysfs version/extra)"
exits "unload of an applied payload is refused" 1 xen-livepatch unload good
works "the good payload reverts" patiently xen-livepatch --timeout 4s revert good
works "the good payload unloads" xen-livepatch unload good
nothing_is_left "at the end"

finish
