#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Many times apply and revert while every CPU of dom0 is busy: each flip takes
# effect, and nothing that runs notices. The emulation of arm64 is slower.

. ./tap.sh

CYCLES=$([ "$ARCH" = x86 ] && echo 200 || echo 3)
COUNTS=/run/counts
original=$(sysfs version/extra)

flip() {
    patiently xen-livepatch --timeout 4s "$1" extra_version >"$OUTPUT" 2>&1
}

cycle() {
    flip apply && [ "$(sysfs version/extra)" = "-patched" ] &&
        flip revert && [ "$(sysfs version/extra)" = "$original" ]
}

run_cycles() {
    done_cycles=0
    while [ "$done_cycles" -lt "$CYCLES" ] && cycle; do
        done_cycles=$((done_cycles + 1))
    done
}

# all_advanced BEFORE AFTER: each line's number has grown.
all_advanced() {
    paste "$1" "$2" >"$OUTPUT"
    awk '$2 <= $1 { stuck = 1 } END { exit stuck || NR == 0 }' "$OUTPUT"
}

snapshot() {
    busy show $COUNTS >"/run/$1"
}

busy run $COUNTS &
loops=$!
sleep 1
snapshot before
works "a payload is uploaded" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch

run_cycles
is "apply and revert took effect $CYCLES times" "$CYCLES" "$done_cycles"
[ "$done_cycles" -eq "$CYCLES" ] || diagnose <"$OUTPUT"

snapshot after
is "each CPU had its own loop" "$PCPUS" "$(wc -l </run/after | tr -d ' ')"
works "each loop went on during the cycles" all_advanced /run/before /run/after
sleep 1
snapshot later
works "each loop goes on after the cycles" all_advanced /run/after /run/later
works "the loops are all alive" kill "$loops"

is "the payload is CHECKED at the end" \
    "extra_version | CHECKED |" "$(list_row extra_version)"
works "it unloads" xen-livepatch unload extra_version
works "nothing is left" xen-livepatch list
printed "and list says so" 'Nothing to list'

dmesg >"$OUTPUT"
exits "dom0's kernel log shows no crash, stall or stray NMI" 1 \
    grep -E 'BUG:|Oops|lockup|detected stall|Uhhuh|Call Trace' "$OUTPUT"

finish
