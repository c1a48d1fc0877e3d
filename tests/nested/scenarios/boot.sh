#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# dom0 is up: it has the machine's CPUs, sees a Xen under it and can read that
# Xen's console and build-id.

. ./tap.sh

capabilities_name_an_abi() {
    sysfs properties/capabilities | grep -Eq '(xen|hvm)-[0-9.]+-(x86_64|aarch64)'
}

is "dom0 has as many CPUs as there are pCPUs" \
    "$PCPUS" "$(grep -c '^processor' /proc/cpuinfo)"
is "/sys/hypervisor/type says xen" xen "$(sysfs type)"
is "/sys/hypervisor/version/major says 4" 4 "$(sysfs version/major)"
is "/sys/hypervisor/version/minor says 17" 17 "$(sysfs version/minor)"
works "/sys/hypervisor/version/extra is not empty" \
    test -n "$(sysfs version/extra)"
works "/sys/hypervisor/compilation/compiler is not empty" \
    test -n "$(sysfs compilation/compiler)"
works "/sys/hypervisor/compilation/compile_date is not empty" \
    test -n "$(sysfs compilation/compile_date)"
works "/sys/hypervisor/compilation/compiled_by can be read" \
    sysfs compilation/compiled_by
works "/sys/hypervisor/properties/changeset can be read" \
    sysfs properties/changeset
works "/sys/hypervisor/properties/capabilities name an ABI" \
    capabilities_name_an_abi
is "/sys/hypervisor/properties/pagesize says 0x1000" \
    1000 "$(sysfs properties/pagesize)"
works "/sys/hypervisor/properties/features can be read" \
    sysfs properties/features
is "/sys/hypervisor/properties/buildid is that of xen-syms" \
    "$BUILD_ID" "$(hex_sysfs properties/buildid)"

works "the hypervisor's console can be read" xen-dmesg -c
printed "the hypervisor's console names Xen" 'Xen'
xen-dmesg >"$OUTPUT" 2>&1
is "reading the console with clear leaves it empty" \
    0 "$(wc -c <"$OUTPUT" | tr -d ' ')"

works "xen-livepatch list works" xen-livepatch list
printed "nothing is loaded after boot" 'Nothing to list'

dmesg >"$OUTPUT"
printed "dom0's kernel detects Xen" 'Hypervisor detected: Xen|Xen 4\.17 support found'
exits "dom0's kernel log shows no crash, stall or stray NMI" 1 \
    grep -E 'BUG:|Oops|lockup|detected stall|Uhhuh|Call Trace' "$OUTPUT"

finish
