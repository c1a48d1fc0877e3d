#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What the command tells with this hypervisor and not with stock Xen: how long
# the pCPUs stood still, which were late, several payloads in one stop, what the
# hypervisor remembers of others. One pCPU takes 200 ms to each stop, so that
# what is late is not left to chance.
#
# hypervisor build: delay
# hypervisor options: livepatch_delay=2:arrive:200000:100

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs version/extra)

# Every request comes from CPU 0: a pCPU is not late for a stop of its own.
taskset -p 1 $$ >/run/taskset

lp() {
    xen-livepatch --log=/run/log --timeout 4s --retries 20 "$@"
}

extra_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

works "a payload uploads" lp upload one /payloads/extra_version.livepatch
works "one on top of it uploads" lp upload two /payloads/stacked_version.livepatch

works "both apply" lp apply one two
printed "in one stop" '^Applying one, two in one stop\.\.\. completed'
printed "whose length is told" \
    "^  $PCPUS pCPUs stood still for [0-9.]+ [mu]s, [0-9.]+ [mu]s after"
extra_is "both are in force" -stacked
works "both revert" lp --json revert one two
printed "in one stop, the report says" '"is_one_stop": true'
printed "the report has its length" '"stop_ns": [1-9][0-9]*'
extra_is "neither is in force" "$original"

exits "a set with a payload that does not fit is refused" 1 lp apply two one
printed "with the one that is the reason" 'apply of two: EINVAL'
extra_is "and nothing of it is done" "$original"

exits "CPUs that have no time cannot meet" 2 \
    xen-livepatch --log=/run/log --timeout 1ns apply one
printed "how many were late is told" 'pCPUs? had not arrived after'
printed "and which ones, with what they did" \
    '^  pCPU 2: (in the |its NMI was never taken)'

works "a deed of another program" patiently \
    xen-livepatch --no-log --timeout 4s apply one
works "history works" lp history
printed "it has what was logged" 'apply one, two: done, pCPUs stood still for'
printed "it has the miss" 'apply one: failed \(16, .*pCPUs? late'
printed "it has what was not logged" 'remembers of this boot also:'
printed "with an unknown user" ' \? apply one: done, pCPUs stood still for'

works "metrics work" lp metrics
printed "they count the stops" '^xen_livepatch_stops_total [1-9]'
printed "they count the misses" '^xen_livepatch_missed_stops_total [1-9]'

works "the payload reverts" lp revert one
works "it unloads" lp unload one
works "the other one unloads" lp unload two
extra_is "at the end the hypervisor is as it was" "$original"

finish
