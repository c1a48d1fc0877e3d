#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# dom0 tries to get out: a program and a kernel module read, write and execute
# every page of the hypervisor's, reach there by words that cross the border, by
# strings and by page tables, use each register that is not dom0's, and write to
# the APIC what would hit a pCPU. Each ends as docs/host-x86.md says, and nothing
# of the hypervisor is changed.

. ./tap.sh

insmod /bin/border.ko || exit 1
original=$(sysfs version/extra)

# own_range NAME: "START END", as the hypervisor said at boot.
own_range() {
    xen-dmesg | sed -n "s/.*[;,] $1 \\(0x[0-9a-f]*\\)-\\(0x[0-9a-f]*\\).*/\\1 \\2/p" |
        head -n 1
}

# refuses_all BEHAVIOUR TRIED COMMAND...
refuses_all() {
    behaviour=$1
    tried=$2
    shift 2
    is "$behaviour" "$tried tried, 0 passed" "$("$@" 2>&1)"
}

# ---- memory

try_range() {
    start=$2
    end=$3
    pages=$(((end - start) / 4096))
    works "the $1 has pages" test "$pages" -gt 100
    refuses_all "a program reaches none of the pages of the $1" \
        $((pages * 6)) border program "$start" "$end"
    refuses_all "nor does the kernel" \
        $((pages * 6)) border kernel "$start" "$end"
    for page in "$start" $((end - 4096)); do
        refuses_all "words and copies do not cross into its page $page" \
            8 border crossing "$page"
        refuses_all "it is no page table of dom0's: page $page" \
            8 border tables "$page"
    done
}

own=$(border own)
passes_all() {
    behaviour=$1
    shift
    border "$@" >"$OUTPUT"
    printed "$behaviour" '^([0-9]+) tried, \1 passed'
}
passes_all "the module reaches a page of dom0's own" \
    kernel "$own" $((own + 4096))
passes_all "and words and copies cross into it" crossing "$own"

# shellcheck disable=SC2046 # two words
try_range image $(own_range image)
# shellcheck disable=SC2046
try_range heap $(own_range heap)

xen-dmesg >"$OUTPUT"
printed "the log tells of a read" 'read at 0x[0-9a-f]+ refused: hypervisor memory'
printed "and of a write" 'write at 0x[0-9a-f]+ refused: hypervisor memory'
printed "and of a fetch" 'fetch at 0x[0-9a-f]+ refused: hypervisor memory'
works "it tells of few" test "$(grep -c ' refused: ' "$OUTPUT")" -lt 40

# ---- registers

# msr READ WRITTEN MSR...: what reading gives, and what writing gives, of each.
msr() {
    read_gives=$1
    write_gives=$2
    shift 2
    for number in "$@"; do
        is "reading MSR $number" "$read_gives" \
            "$(border rdmsr "$number" 2>&1 | sed 's/^0x.*/passes/; s/^0$/passes/')"
        is "writing MSR $number" "$write_gives" \
            "$(border wrmsr "$number" 0x5 2>&1 | sed 's/^0x.*/passes/')"
    done
}

msr refused refused 0xc0010117 0xc0010116 0xc0010118 0xc001011e \
    0xc0010130 0xc0010131 0xc001013f 0x800 0x830 0x8ff 0x3b 0xc0000104 \
    0xc0010000 0xc0010007 0xc0010200 0xc001020f 0xc0010230 0xc0010247 \
    0xc0000300 0xc0011030 0xc001103f 0xc0000105 0x6a0 0x6a8 0x1cc 0x1d4 \
    0x40000001 0xffffffff
msr passes refused 0xc0010111 0xc0010112 0xc0010113 0xc0010114 0x1b
is "VM_CR says that SVM is off, for good" 0x18 "$(border rdmsr 0xc0010114)"
efer=$(border rdmsr 0xc0000080)
is "EFER does not show SVM" 0 $((efer & 0x1000))
for bit in 0x2 0x1000 0x2000 0x8000 0x20000 0x100000 0x200000 0x8000000000000000; do
    is "EFER does not take bit $bit" refused \
        "$(border wrmsr 0xc0000080 $((efer | bit)))"
done
is "EFER.LME stays while paging is on" refused \
    "$(border wrmsr 0xc0000080 $((efer & ~0x100)))"
works "EFER takes what it has" test \
    "$(border wrmsr 0xc0000080 "$efer")" != refused
is "SYSCFG does not take encrypted memory" refused \
    "$(border wrmsr 0xc0010010 0x800000)"
is "the APIC base does not move" refused \
    "$(border wrmsr 0x1b $(($(border rdmsr 0x1b) + 0x1000)))"
is "the hypercall page is not made of hypervisor memory" refused \
    "$(border wrmsr 0x40000000 0x200000)"

# ---- the APIC

LINT0=0x350
COUNTERS=0x340

# apic BEHAVIOUR WANTED OFFSET VALUE [HIGH], on CPU 0
apic() {
    behaviour=$1
    wanted=$2
    shift 2
    is "$behaviour" "$wanted" "$(taskset 1 border apic "$@")"
}

refuses_all "stores of other sizes, kinds and places" 7 border apic-odd
apic "a local vector of NMIs passes" 0x400 $COUNTERS 0x400
for vector in $COUNTERS $LINT0 0x360 0x370; do
    for mode in 0x200 0x500; do
        value=$(taskset 1 border apic "$vector" $((mode | 0xf0)))
        is "local vector $vector of mode $mode is masked" 65536 \
            $((value & 0x10000))
    done
done
apic "the id stays" 0 0x20 0x07000000

border nmis >/dev/null
# nmis BEHAVIOUR WANTED VALUE [HIGH]: who gets NMIs for this command of CPU 0.
nmis() {
    taskset 1 border apic 0x300 "$3" "${4:-0}" >/dev/null
    sleep 1
    is "$1" "$2" "$(border nmis)"
}
nmis "an NMI to one" "0 0 1 0" 0x4400 0x02000000
nmis "an NMI to logical destinations" "0 1 0 1" 0x4c00 0x0a000000
nmis "an NMI to itself" "1 0 0 0" 0x44400
nmis "an NMI to all" "1 1 1 1" 0x84400
nmis "an NMI to all others" "0 1 1 1" 0xc4400
nmis "an NMI to nobody" "0 0 0 0" 0x4400 0x3f000000
nmis "a system management interrupt to all others" "0 0 0 0" 0xc4200
nmis "a remote read" "0 0 0 0" 0x4300 0x01000000
nmis "a command of a mode that is none" "0 0 0 0" 0xc4700

# An INIT stops a vCPU: one that dom0 has taken offline, so that dom0 goes on.
echo 0 >/sys/devices/system/cpu/cpu3/online
taskset 1 border apic 0x300 0x4d00 0x08000000 >/dev/null
taskset 1 border apic 0x300 0x4500 0x03000000 >/dev/null

# ---- what is left of it

works "payloads still load: every pCPU stops and goes on" \
    patiently xen-livepatch --timeout 4s load /payloads/extra_version.livepatch
is "and take effect" -patched "$(sysfs version/extra)"
works "and are reverted" patiently xen-livepatch --timeout 4s revert extra_version
is "what they replaced is as it was" "$original" "$(sysfs version/extra)"
works "and unload" xen-livepatch unload extra_version
taskset 1 border apic 0x300 0x4500 0x03000000 >/dev/null
echo 1 >/sys/devices/system/cpu/cpu3/online
is "the CPU that was stopped comes back" "$PCPUS" \
    "$(grep -c '^processor' /proc/cpuinfo)"

# ---- last: what uses up dom0's share of page tables

border devices 0x1000000000 0x10000000000 >"$OUTPUT"
printed "devices all over the address space are refused from some number on" \
    '^960 tried, 5[0-9][0-9] passed'
xen-dmesg >"$OUTPUT"
printed "and told of as memory that cannot be there" \
    'refused: memory that cannot be there'
works "the hypervisor still has memory" \
    xen-livepatch upload extra_version /payloads/extra_version.livepatch

dmesg >"$OUTPUT"
exits "dom0's kernel log shows no crash, stall or stray NMI" 1 \
    grep -E 'BUG:|Oops|lockup|detected stall|Uhhuh|Call Trace' "$OUTPUT"

finish
