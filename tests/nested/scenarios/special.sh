#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What code says about itself, in a payload: a trap that warns, a fault that is
# gone on from, code that depends on what the CPU can, calls through pointers
# that become direct. Each is met by reading a
# file of dom0's that shows what the payload's function answers; everything
# goes on. And the hypervisor's own code that depends on the CPU: here it reads
# the clock by RDTSCP.
#
# cpu of x86: +rdtscp

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs version/extra)

log_shows() {
    xen-dmesg >"$OUTPUT" 2>&1
    printed "$1" "$2"
}

log_lines() {
    xen-dmesg 2>/dev/null | grep -c "$1"
}

warnings() {
    log_lines 'WARN at tests/payloads/warns.c:'
}

# apply_and_revert TIMES: another payload, with all pCPUs busy.
apply_and_revert() {
    xen-livepatch upload other /payloads/stacked_version.livepatch || return
    times=$1
    while [ "$times" -gt 0 ]; do
        times=$((times - 1))
        patiently xen-livepatch --timeout 4s apply other --nodeps || return
        patiently xen-livepatch --timeout 4s revert other || return
    done
    xen-livepatch unload other
}

if [ "$ARCH" = x86 ]; then
    log_shows "the hypervisor's own code is what this CPU calls for" \
        '\) ([1-9][0-9]*) of \1 alternatives are for this CPU$'
    log_shows "and its calls through pointers are direct" \
        '\) [1-9][0-9]* alternative calls are direct$'
else
    skip "the hypervisor's own code is what this CPU calls for" \
        "no code of arm64's is exchanged"
fi

works "a payload with warnings loads" \
    patiently xen-livepatch --timeout 4s load /payloads/warns.livepatch
is "its function warns and goes on" -warned "$(sysfs version/extra)"
log_shows "the log names the payload's file and the line" \
    'WARN at tests/payloads/warns.c:22$'
log_shows "and the payload's function" \
    '(rip|pc) [0-9a-f:]+ warning_extra_version\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[warns\]'
log_shows "a trap can call a function" 'warns: a function of the payload'
is "the warning came once" 1 "$(warnings)"
is "it warns again" "-warned 2" "$(sysfs version/extra) $(warnings)"
works "it reverts" patiently xen-livepatch --timeout 4s revert warns
is "nobody warns any more" "$original 2" "$(sysfs version/extra) $(warnings)"
works "it unloads" xen-livepatch unload warns

if [ "$ARCH" = x86 ]; then
    works "a payload whose code faults loads" \
        patiently xen-livepatch --timeout 4s load /payloads/faults.livepatch
    is "each fault is fixed up, in the stop too" -fixed-up \
        "$(sysfs version/extra)"
    works "it reverts too" patiently xen-livepatch --timeout 4s revert faults
    works "and unloads" xen-livepatch unload faults
else
    skip "a payload's faults are fixed up" "Xen has no exception table on arm64"
fi

works "a payload with alternatives loads" \
    patiently xen-livepatch --timeout 4s load /payloads/alternatives.livepatch
is "code is what this CPU calls for" \
    "$([ "$ARCH" = x86 ] && echo -AbCDEf || echo -AbCD)" "$(sysfs version/extra)"
works "it reverts as well" patiently xen-livepatch --timeout 4s revert alternatives
works "and is unloaded" xen-livepatch unload alternatives

if [ "$ARCH" = x86 ]; then
    works "a payload in Xen's own words loads" \
        patiently xen-livepatch --timeout 4s load /payloads/names.livepatch
    is "its words mean what they mean in Xen" -all-names "$(sysfs version/extra)"
    log_shows "a function's name and the payload as its hook sees it" \
        'names: before_apply: names has 1 function'
    log_shows "Linux's names of levels are levels" 'names: a warning$'
    log_shows "errnos are the ABI's" 'names: 1 22 95$'
    log_shows "a guest's warning shows" "names: a guest's warning$"
    is "what is for debugging does not" 0 "$(log_lines 'names: nobody asked')"
    works "its hooks have left the interrupt flag set; actions go on" \
        apply_and_revert 20
    works "it reverts, too" patiently xen-livepatch --timeout 4s revert names
    works "and can be unloaded" xen-livepatch unload names

    works "a payload with alternative calls loads" \
        patiently xen-livepatch --timeout 4s load \
        /payloads/alternative_calls.livepatch
    is "calls of both forms are direct, or a trap" -ABCDE "$(sysfs version/extra)"
    works "it reverts, too" \
        patiently xen-livepatch --timeout 4s revert alternative_calls
    works "and it unloads" xen-livepatch unload alternative_calls
else
    skip "a payload in Xen's own words means what it means there" \
        "those that a payload of ours has are x86's"
    skip "calls through pointers are direct" "Xen has none such on arm64"
fi

is "the original function is back" "$original" "$(sysfs version/extra)"
works "list works at the end" xen-livepatch list
printed "nothing is left" 'Nothing to list'

finish
