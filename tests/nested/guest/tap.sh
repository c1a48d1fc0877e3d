# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
#
# How a scenario says what it saw: one TAP line for each behaviour. Sourced by
# every scenario, run by busybox; gives the functions below and what the host
# knows of this run (see ../scenario). A failed check goes on with the next
# one: the report shows all that is wrong, and a scenario that dies before
# finish() leaves a report without a plan, which the host counts as failed.

. /scenario/environment

tap_count=0
OUTPUT=/run/output

tap_line() {
    echo "$1"
    echo "$1" >>/run/tap
}

diagnose() {
    tr -cd '\12\40-\176' | sed 's/^/#   /' | while IFS= read -r line; do
        tap_line "$line"
    done
}

passed() {
    tap_count=$((tap_count + 1))
    tap_line "ok $tap_count - $1"
}

failed() {
    tap_count=$((tap_count + 1))
    tap_line "not ok $tap_count - $1"
}

# skip BEHAVIOUR REASON
skip() {
    tap_count=$((tap_count + 1))
    tap_line "ok $tap_count - $1 # SKIP $2"
}

# exits BEHAVIOUR STATUS COMMAND...: the command ends with this exit status;
# what it printed stays in $OUTPUT.
exits() {
    behaviour=$1
    wanted=$2
    shift 2
    "$@" >"$OUTPUT" 2>&1
    status=$?
    if [ "$status" -eq "$wanted" ]; then
        passed "$behaviour"
    else
        failed "$behaviour"
        { echo "$*: exit status $status, wanted $wanted; it printed:"
            cat "$OUTPUT"; } | diagnose
    fi
}

# works BEHAVIOUR COMMAND...
works() {
    behaviour=$1
    shift
    exits "$behaviour" 0 "$@"
}

# patiently COMMAND...: pCPUs that miss the deadline of an action are no fault
# under emulation: the tool says "busy, try again" by exit status 2, and
# nothing has changed. How often is for the report.
deadline_misses=0
patiently() {
    attempts=0
    while [ "$attempts" -lt 100 ]; do
        "$@"
        patient_status=$?
        [ "$patient_status" -eq 2 ] || return "$patient_status"
        attempts=$((attempts + 1))
        deadline_misses=$((deadline_misses + 1))
    done
    return 2
}

# is BEHAVIOUR WANTED GOT
is() {
    if [ "$2" = "$3" ]; then
        passed "$1"
    else
        failed "$1"
        printf 'wanted: %s\ngot:    %s\n' "$2" "$3" | diagnose
    fi
}

# printed BEHAVIOUR PATTERN: the last command's output has a line like this.
printed() {
    if grep -Eq -e "$2" "$OUTPUT"; then
        passed "$1"
    else
        failed "$1"
        { echo "no line matches $2 in:"
            cat "$OUTPUT"; } | diagnose
    fi
}

finish() {
    [ "$deadline_misses" -eq 0 ] ||
        echo "deadline misses, tried again: $deadline_misses" | diagnose
    tap_line "1..$tap_count"
}

# After the report, end by a reset of the machine and not by a poweroff.
crash_at_end() {
    : >/run/crash
}

sysfs() {
    cat "/sys/hypervisor/$1"
}

hex_sysfs() {
    hexdump -v -e '1/1 "%02x"' "/sys/hypervisor/$1"
}

# One row of `xen-livepatch list`, spaces squeezed.
list_row() {
    xen-livepatch list | grep "^$1 " | sed 's/  */ /g; s/ *$//'
}
