#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Actions back to back, and from two processes at once, while pCPUs lose time
# at every place of the rendezvous and NMIs arrive all the time: each request
# is served, none is refused for want of a pCPU, nothing is left behind.
#
# hypervisor build: delay
# hypervisor options: livepatch_delay=1:arrive:3000:9999,2:wait:3000:9999,3:leave:3000:9999,3:arrive:500:9999,0:kick:2000:9999,2:run:2000:9999,0:release:2000:9999

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

CYCLES=100
COUNTS=/run/counts

nr_nmis() {
    awk '$1 == "NMI:" { for (i = 2; $i ~ /^[0-9]+$/; i++) n += $i } END { print n }' \
        /proc/interrupts
}

# dom0's backtraces of all its CPUs are made by NMI.
send_nmis() {
    while :; do
        echo l >/proc/sysrq-trigger
        usleep 20000
    done
}

cycle() {
    livepatch-ext -c "$1" -t 4000000000 cycle $CYCLES extra_version
}

newest_record() {
    livepatch-ext history 1 | tail -n 2 | sed -n '1s/ .*//p'
}

# Each line's number has grown.
all_advanced() {
    paste /run/before /run/after | awk '$2 <= $1 { exit 1 }'
}

busy run $COUNTS &
loops=$!
works "a payload uploads" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch
before=$(nr_nmis)
send_nmis &
nmis=$!

for cpu in 0 1 2 3; do
    works "CPU $cpu acts back to back" cycle $cpu
    is "and is never refused" "0 $((2 * CYCLES))" "$(cat "$OUTPUT")"
done

first=$(newest_record)
cycle 0 >/run/answers_0 &
one=$!
cycle 2 >/run/answers_2 &
two=$!
works "a process acts" wait $one
works "another acts at the same time" wait $two
cat /run/answers_0 /run/answers_2 >"$OUTPUT"
is "each of their requests was answered" $((4 * CYCLES)) \
    "$(awk '{ n += $2 } END { print n }' "$OUTPUT")"
is "by success, or by the state that the other had left" "" \
    "$(grep -v -E '^(0|EINVAL) ' "$OUTPUT")"
is "each left a record" $((4 * CYCLES)) $(($(newest_record) - first))
is "the payload is CHECKED at the end" \
    "extra_version | CHECKED |" "$(list_row extra_version)"

kill $nmis
after=$(nr_nmis)
works "NMIs arrived all the time" test $((after - before)) -gt 100
busy show $COUNTS >/run/before
sleep 1
busy show $COUNTS >/run/after
works "each CPU's loop goes on" all_advanced
works "the loops are all alive" kill "$loops"

dmesg >"$OUTPUT"
exits "dom0's kernel log shows no crash, stall or stray NMI" 1 \
    grep -E 'BUG:|Oops|lockup|detected stall|Uhhuh' "$OUTPUT"

finish
