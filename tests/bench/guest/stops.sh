#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Runs in dom0: loads the payloads and reports what stop-gaps measures of
# them, one line a figure: `figure PAYLOAD KIND LOWEST MEDIAN HIGHEST` in ns,
# or `figure PAYLOAD busy|refusals NUMBER`. WHAT says what to measure.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

measure() {
    kind=$1
    payload=$2
    shift 2
    works "$kind of $payload" stop-gaps "$kind" "$payload" "$@"
    sed "s/^/figure $payload /" "$OUTPUT" | while IFS= read -r line; do
        tap_line "$line"
    done
}

# With one pCPU running at a time, bringing up a CPU needs somebody that makes
# room for it: the kernel waits for it without ever giving up its turn.
bring_up_cpus() {
    stop-gaps yield &
    for cpu in /sys/devices/system/cpu/cpu[0-9]*; do
        [ ! -f "$cpu/online" ] || [ "$(cat "$cpu/online")" = 1 ] ||
            echo 1 >"$cpu/online"
    done
    kill $!
}

bring_up_cpus
is "all CPUs are there" "$PCPUS" \
    "$(grep -c ^processor /proc/cpuinfo)"
works "the ground is uploaded" xen-livepatch upload ground /payloads/ground.livepatch
# shellcheck disable=SC2153 # from the environment file
for what in $WHAT; do
    payload=many_${what#*:}
    xen-livepatch list | grep -q "^$payload " ||
        works "$payload is uploaded" \
            xen-livepatch upload "$payload" "/payloads/$payload.livepatch"
    case $what in
    latency:*) measure latency "$payload" "$ROUNDS" ;;
    refusals:*) measure refusals "$payload" "$ROUNDS" ;;
    cycles:*) measure cycles "$payload" "$ROUNDS" ;;
    gaps:*) measure gaps "$payload" "$ROUNDS" "$PERIOD_MS" ;;
    esac
done

finish
