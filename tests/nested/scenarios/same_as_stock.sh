#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The stock command and ours in turn, the same words in the same states: what
# they print on standard output is the same byte for byte, so is the beginning
# of what they print on standard error, and the exit status, but for those that
# differ on purpose (the manual's section COMPATIBILITY).

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

PAYLOAD=/payloads/extra_version.livepatch

stock() {
    /bin/ld-linux-x86-64.so.2 --library-path /bin \
        /bin/stock-xen-livepatch "$@"
}

ours() {
    xen-livepatch --no-log "$@"
}

# How long the pCPUs stood still is told by ours, of our hypervisor.
without_stops() {
    sed '/^  [0-9]* pCPUs\{0,1\} stood still for /d' "$1"
}

# Run the words with one of the two; what was too busy is tried again.
run_with() {
    tool=$1
    shift
    tries=0
    while :; do
        status=0
        "$tool" "$@" >"/run/$tool.raw" 2>"/run/$tool.err" || status=$?
        tries=$((tries + 1))
        if [ "$status" -ne 2 ] || [ "$tries" -ge 100 ]; then
            break
        fi
    done
    without_stops "/run/$tool.raw" >"/run/$tool.out"
    echo "$status" >"/run/$tool.status"
}

# The first lines of what ours said, as many as the stock command said.
heads_are_the_same() {
    head -n "$(wc -l </run/stock.err)" /run/ours.err | cmp -s - /run/stock.err
}

# compare BEHAVIOUR [STATUS-OF-OURS]: both were run, in states alike.
compare() {
    if cmp -s /run/stock.out /run/ours.out && heads_are_the_same &&
        [ "$(cat /run/ours.status)" = "${2:-$(cat /run/stock.status)}" ]; then
        passed "$1"
    else
        failed "$1"
        for tool in stock ours; do
            echo "$tool, exit status $(cat /run/$tool.status):"
            cat /run/$tool.out /run/$tool.err
        done | diagnose
    fi
}

# same BEHAVIOUR WORD...: of what changes nothing.
same() {
    behaviour=$1
    shift
    run_with stock "$@"
    run_with ours "$@"
    compare "$behaviour"
}

# differs STATUS BEHAVIOUR WORD...: the same but for ours' exit status.
differs() {
    status_of_ours=$1
    behaviour=$2
    shift 2
    run_with stock "$@"
    run_with ours "$@"
    compare "$behaviour, exit status $status_of_ours" "$status_of_ours"
}

# in_turn BEHAVIOUR BACK WORD...: of what changes something; `ours BACK fix`
# brings the state back between the two.
in_turn() {
    behaviour=$1
    back=$2
    shift 2
    run_with stock "$@"
    patiently ours --timeout 4s "$back" fix >/run/back 2>&1
    run_with ours "$@"
    compare "$behaviour"
}

same "list of nothing" list
same "a prefix" l
same "an unknown name" apply fix
same "revert of an unknown name" revert fix
same "unload of an unknown name" unload fix
same "replace with an unknown name" replace fix
same "a payload for another build" upload fix \
    /payloads/broken/other_xen_build_id.livepatch
same "a payload that needs an unknown symbol" upload fix \
    /payloads/broken/unknown_symbol.livepatch
differs 3 "a flag that there is not" revert fix --nodeps
differs 3 "an unknown command" bogus
differs 5 "a file that does not exist" upload fix /payloads/absent
in_turn "upload" unload upload fix $PAYLOAD
same "a name in use" upload fix $PAYLOAD
same "list of one" list
same "revert of what is not applied" revert fix
in_turn "apply" revert apply fix
same "apply of what is applied" apply fix
same "list of one that is applied" list
same "unload of what is applied" unload fix
in_turn "revert" apply revert fix
in_turn "apply --nodeps" revert apply fix --nodeps
patiently ours --timeout 4s revert fix >/run/back 2>&1
in_turn "replace" revert replace fix
patiently ours --timeout 4s revert fix >/run/back 2>&1
run_with stock unload fix
ours upload fix $PAYLOAD >/run/back 2>&1
run_with ours unload fix
compare "unload"
run_with stock load $PAYLOAD
patiently ours --timeout 4s revert extra_version >/run/back 2>&1
ours unload extra_version >/run/back 2>&1
run_with ours load $PAYLOAD
compare "load"
same "list in the end" list
patiently ours --timeout 4s revert extra_version >/run/back 2>&1
works "it unloads" ours unload extra_version

finish
