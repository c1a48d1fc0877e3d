#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The main path: a payload is loaded, its function runs, it is reverted, the
# old one runs again, and it is unloaded without a trace.

. ./tap.sh

PAYLOAD=/payloads/extra_version.livepatch
original=$(sysfs version/extra)

extra_version_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

nothing_is_loaded() {
    works "$1" xen-livepatch list
    printed "$1, and list says so" 'Nothing to list'
}

works "upload takes a payload" xen-livepatch upload extra_version $PAYLOAD
is "an uploaded payload is CHECKED" \
    "extra_version | CHECKED |" "$(list_row extra_version)"
extra_version_is "an uploaded payload changes nothing" "$original"

works "apply applies it" patiently xen-livepatch --timeout 4s apply extra_version
printed "apply says that it completed" 'completed'
is "an applied payload is APPLIED" \
    "extra_version | APPLIED |" "$(list_row extra_version)"
extra_version_is "an applied payload's function runs" "-patched"
is "UNLOAD of an applied payload is EINVAL" \
    EINVAL "$(livepatch-abi action_unload extra_version)"
exits "unload refuses an applied payload" 1 xen-livepatch unload extra_version
extra_version_is "a refused unload changes nothing" "-patched"
works "apply of an applied payload has nothing to do" \
    xen-livepatch apply extra_version

works "revert reverts it" patiently xen-livepatch --timeout 4s revert extra_version
is "a reverted payload is CHECKED" \
    "extra_version | CHECKED |" "$(list_row extra_version)"
extra_version_is "a reverted payload's function runs no more" "$original"
works "revert of a reverted payload has nothing to do" \
    xen-livepatch revert extra_version

works "a reverted payload can be applied again" \
    patiently xen-livepatch --timeout 4s apply extra_version
extra_version_is "its function runs again" "-patched"
works "and can be reverted again" \
    patiently xen-livepatch --timeout 4s revert extra_version

works "unload removes it" xen-livepatch unload extra_version
nothing_is_loaded "nothing is left after unload"

works "load uploads and applies at once" \
    patiently xen-livepatch --timeout 4s load $PAYLOAD
is "load takes the name from the file" \
    "extra_version | APPLIED |" "$(list_row extra_version)"
extra_version_is "a payload that came by load runs" "-patched"
works "revert ends it" patiently xen-livepatch --timeout 4s revert extra_version
works "unload removes it, too" xen-livepatch unload extra_version

works "a payload that calls the hypervisor loads" \
    patiently xen-livepatch --timeout 4s load /payloads/calls_hypervisor.livepatch
extra_version_is "its call arrives" \
    "$(sysfs compilation/compiler | cut -c 1-15)"
works "it reverts" patiently xen-livepatch --timeout 4s revert calls_hypervisor
works "it unloads" xen-livepatch unload calls_hypervisor

extra_version_is "at the end the hypervisor is as it was" "$original"
nothing_is_loaded "at the end nothing is loaded"

finish
