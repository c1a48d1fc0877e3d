#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Text changes while NMIs come in all the time, on every CPU: in dom0, in the
# hypervisor, in the stop. None is taken for dom0's, none disturbs a change.
#
# nmis: 1000

. ./tap.sh

CYCLES=60
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

works "a payload is uploaded" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch
run_cycles
is "apply and revert took effect $CYCLES times" $CYCLES "$done_cycles"
[ "$done_cycles" -eq $CYCLES ] || diagnose <"$OUTPUT"
works "the payload unloads" xen-livepatch unload extra_version

# /proc/interrupts counts what reached dom0, per CPU.
is "no NMI came through to dom0" 0 \
    "$(awk '/^ *NMI:/ { for (i = 2; i <= NF && $i ~ /^[0-9]+$/; i++) n += $i }
        END { print n + 0 }' /proc/interrupts)"
dmesg >"$OUTPUT"
exits "dom0's kernel log shows no crash, stall or stray NMI" 1 \
    grep -E 'BUG:|Oops|lockup|detected stall|Uhhuh|Call Trace' "$OUTPUT"

finish
