#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What this hypervisor offers beyond Xen's ABI: sets in one stop, the history,
# the telemetry.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs version/extra)

# set_of ACTION NAME...: the answer; missed deadlines are tried again.
set_of() {
    attempts=0
    while :; do
        answer=$(livepatch-ext -t 4000000000 "$@" 2>&1)
        attempts=$((attempts + 1))
        case $answer in
        *'rc EBUSY'*) [ "$attempts" -lt 20 ] || break ;;
        *) break ;;
        esac
    done
    echo "$answer"
}

extra_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

works "the history is read" livepatch-ext history 1
printed "nothing was done yet" '^answer 0$'
is "and nothing is all of it" 1 "$(wc -l <"$OUTPUT" | tr -d ' ')"

works "a payload uploads" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch
works "one made for it uploads" \
    xen-livepatch upload stacked_version /payloads/stacked_version.livepatch
exits "a broken one does not" 1 \
    xen-livepatch upload cut /payloads/broken/cut_in_half.livepatch

is "a set against its dependencies is refused, and the first to blame named" \
    "answer EINVAL, rc 0, failed 0" \
    "$(set_of apply stacked_version extra_version)"
is "a set with an unknown name is refused" \
    "answer ENOENT, rc 0, failed 1" "$(set_of apply extra_version nothing)"
is "a payload twice is refused" "answer EINVAL, rc 0, failed 1" \
    "$(set_of apply extra_version extra_version)"
extra_is "none of them changed anything" "$original"

is "a set is applied" "answer 0, rc 0, failed 2" \
    "$(set_of apply extra_version stacked_version)"
extra_is "the newest of it is in force" -stacked
is "the lower one alone cannot be reverted" "answer EBUSY, rc 0, failed 0" \
    "$(livepatch-ext revert extra_version)"
is "the set is reverted, whatever the order of its names" \
    "answer 0, rc 0, failed 2" \
    "$(set_of revert extra_version stacked_version)"
extra_is "nothing is in force" "$original"

works "the history is read again" livepatch-ext history 1
printed "it has the upload" '^1 upload extra_version 0, 1 payloads, 1 functions'
printed "and the refused one" '^3 upload cut E[A-Z]*, 0 payloads'
printed "the refused sets" '^4 apply stacked_version EINVAL, 2 payloads'
printed "the set, with its stop" \
    "^[0-9]* apply extra_version 0, 2 payloads, 2 functions, $PCPUS cpus"
printed "and its end" \
    "^[0-9]* revert extra_version 0, 2 payloads, 2 functions, $PCPUS cpus"

works "the telemetry is read" livepatch-ext telemetry
printed "it has one stop for each set" \
    "^answer 0, $PCPUS cpus, 2 stops, [0-9]* missed"
printed "with times" '^stop 2 min [1-9][0-9]* median [1-9][0-9]* max [1-9]'
is "each pCPU has its own part" "$PCPUS" "$(grep -c '^cpu .* stopped [2-9]' "$OUTPUT")"

finish
