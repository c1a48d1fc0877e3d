#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What this hypervisor offers beyond Xen's ABI: sets in one stop, the history,
# the telemetry, the payloads, dry runs; and what it says to odd requests.

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

# ---- payloads ----------------------------------------------------------------

works "a payload that others may use uploads" \
    xen-livepatch upload provider /payloads/provider.livepatch
works "one that uses it uploads" \
    xen-livepatch upload user /payloads/user.livepatch
works "the payloads are read" livepatch-ext payloads
printed "each is there" '^answer 0, 4 of 4$'
printed "with its state" '^extra_version state 1, place 0, used by 0, uses$'
printed "with who uses it" '^provider state 1, place 0, used by 1, uses$'
printed "with what it uses" '^user state 1, place 0, used by 0, uses [1-9]'

# The answer to an odd request for payloads.
payloads() {
    livepatch-ext "$@" payloads 2>&1 | tail -n 1
}

is "without room nothing is read but how many there are" "answer 0, 0 of 4" \
    "$(payloads -n 0)"
is "one whose uses have no room is left" "answer 0, 3 of 4" "$(payloads -u 0)"
is "records may be as short as 16 bytes" "answer 0, 0 of 4" \
    "$(payloads -n 0 -s 16)"
is "not shorter" "answer EINVAL, 0 of 0" "$(payloads -s 15)"
is "and not of any length" "answer EINVAL, 0 of 0" "$(payloads -s 0x100000)"
is "padding is 0" "answer EINVAL, 0 of 0" "$(payloads -p)"
is "where no memory is nothing is written" "answer EFAULT, 0 of 0" \
    "$(payloads -f)"

# ---- dry runs ----------------------------------------------------------------

nr_records() {
    livepatch-ext history 1 | wc -l
}
before=$(nr_records)
REPLACING=/payloads/replacing_version.livepatch

# try BEHAVIOUR ANSWER WORD...
try() {
    behaviour=$1
    answer=$2
    shift 2
    is "$behaviour" "$answer" "$(livepatch-ext "$@" 2>&1)"
}

try "an upload is tried" "answer 0, refused 0, unasked 0" \
    dry-upload $REPLACING tried
try "and an action after it" "answer 0, refused 3, unasked 0" \
    dry-upload $REPLACING tried apply
try "hooks are not asked" "answer 0, refused 3, unasked 1" \
    dry-upload /payloads/veto.livepatch tried apply
try "a name in use is refused" "answer EEXIST, refused 0, unasked 0" \
    dry-upload $REPLACING user
try "a file that is not supported is told from dry runs that are not" \
    "answer EOPNOTSUPP, refused 0, unasked 0" \
    dry-upload /payloads/broken/unknown_relocation.livepatch tried apply
try "a file in no memory cannot be read" "answer EFAULT, refused 0, unasked 0" \
    -f dry-upload $REPLACING tried
try "an upload's padding is 0" "answer EINVAL, refused -" \
    -p dry-upload $REPLACING tried apply
try "it has no flags without an action" "answer EINVAL, refused -" \
    -g 1 dry-upload $REPLACING tried
try "and no unknown ones with it" "answer EINVAL, refused -" \
    -g 2 dry-upload $REPLACING tried apply
try "what was not loaded before is not reverted" "answer EINVAL, refused -" \
    dry-upload $REPLACING tried revert
try "an action is none of Xen's" "answer EINVAL, refused -" \
    -k 5 dry-upload $REPLACING tried
try "a name is not empty" "answer EINVAL, refused -" dry-upload $REPLACING ''

try "an action is tried" "answer 0, failed 1, unasked 0" \
    dry-action apply extra_version
try "and a set" "answer 0, failed 2, unasked 0" \
    dry-action apply extra_version stacked_version
try "the first to blame is named" "answer EINVAL, failed 0, unasked 0" \
    dry-action apply stacked_version extra_version
try "a payload that is used does not unload" "answer EBUSY, failed 0, unasked 0" \
    dry-action unload provider
try "an unknown one is named" "answer ENOENT, failed 1, unasked 0" \
    dry-action apply extra_version nothing
try "an action's padding is 0" "answer EINVAL, failed -" \
    -p dry-action apply extra_version
try "it has no unknown flags" "answer EINVAL, failed -" \
    -g 2 dry-action apply extra_version
try "it is one of Xen's" "answer EINVAL, failed -" \
    -k 5 dry-action apply extra_version
try "a set of none is none" "answer EINVAL, failed -" \
    -n 0 dry-action apply extra_version
try "names are as many as is said" "answer EINVAL, failed -" \
    -n 2 dry-action apply extra_version
try "a set is not unloaded" "answer EINVAL, failed -" \
    dry-action unload user provider
try "names in no memory cannot be read" "answer EFAULT, failed -" \
    -f dry-action apply extra_version

is "nothing of it is in the history" "$before" "$(nr_records)"
is "nor kept" "answer 0, 4 of 4" "$(payloads)"
extra_is "nor in force" "$original"

exits "the command tells a file that is not supported as refused" 1 \
    xen-livepatch -n load /payloads/broken/unknown_relocation.livepatch
printed "as what was asked" '^Uploading .*\.\.\. would fail \(dry run\)$'
printed "with why" '^  \(XEN\) livepatch \(dry run\): .*relocation type 255 is not supported$'

finish
