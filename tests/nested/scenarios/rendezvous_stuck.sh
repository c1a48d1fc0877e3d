#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A pCPU that is stuck in the hypervisor, and a leader whose console is
# blocked: the action is refused, or over; the machine goes on; and what comes
# afterwards works.
#
# hypervisor build: delay
# hypervisor options: livepatch_delay=2:arrive:5000000,1:tell:5000000

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

COUNTS=/run/counts
original=$(sysfs version/extra)

snapshot() {
    busy show $COUNTS >"/run/$1"
}

# advanced CPU BEFORE AFTER: the loop on that CPU has made progress.
advanced() {
    before=$(sed -n "$(($1 + 1))p" "/run/$2")
    after=$(sed -n "$(($1 + 1))p" "/run/$3")
    echo "CPU $1: $before, then $after"
    [ "$after" -gt "$before" ]
}

# The scenario itself must not sit on a CPU that stands still.
taskset -p 1 $$ >/run/taskset
busy run $COUNTS &
loops=$!
sleep 1
works "a payload uploads" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch

is "with a pCPU stuck the action is refused" \
    "answer 0, rc EBUSY, failed 1" \
    "$(livepatch-ext -c 0 -t 1000000000 apply extra_version)"
snapshot stuck
sleep 1
snapshot stuck_later
for cpu in 0 1 3; do
    works "CPU $cpu goes on meanwhile" advanced $cpu stuck stuck_later
done
exits "CPU 2 is stuck" 1 advanced 2 stuck stuck_later
is "the payload is not in force" "$original" "$(sysfs version/extra)"
works "the history is read" livepatch-ext history 1
printed "it names the late pCPU and what it did" \
    '^2 apply extra_version EBUSY, .* 0 cpus, late 2 d0v2 hypervisor$'
works "the telemetry is read" livepatch-ext telemetry
printed "it counts the miss" '0 stops, 1 missed'
printed "and whom it missed" '^cpu 2 late 1 '
works "the log is read" xen-dmesg
printed "it says the same" 'extra_version: not applied: after [0-9]* ns 1 of 4 pCPUs had not arrived: 2 \(d0v2, in the hypervisor at check_for_livepatch_work'

sleep 5
snapshot back
works "the pCPU is back" advanced 2 stuck_later back
is "the next action works" "answer 0, rc 0, failed 1" \
    "$(livepatch-ext -c 0 -t 4000000000 apply extra_version)"

livepatch-ext -c 1 -t 4000000000 revert extra_version >/run/answer &
action=$!
sleep 1
snapshot blocked
sleep 1
snapshot blocked_later
for cpu in 0 2 3; do
    works "CPU $cpu goes on while CPU 1 waits for the console" \
        advanced $cpu blocked blocked_later
done
exits "CPU 1 waits for the console" 1 advanced 1 blocked blocked_later
works "a request meanwhile waits for its turn" livepatch-ext -c 0 history 4
printed "and sees the end of the one before it" '^4 revert extra_version 0,'
works "the action comes to its end" wait $action
is "and had worked" "answer 0, rc 0, failed 1" "$(cat /run/answer)"
works "the loops are all alive" kill "$loops"

finish
