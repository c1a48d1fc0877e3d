#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The set of broken payloads, uploaded one after the other: each row is refused
# with its errno and a line in the hypervisor's log that names what disagrees,
# thousands of flipped bits too, and afterwards the hypervisor has its memory
# back. Stock Xen answers to each what verify says in advance, with its xen-syms.
# What is in the set: tests/broken.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

# report COMMAND...: its lines `pass TEXT` and `fail TEXT` are this report's, as
# they come: it may end the machine.
report() {
    mkfifo "$OUTPUT.lines"
    "$@" >"$OUTPUT.lines" 2>&1 &
    while IFS= read -r line; do
        case $line in
        pass\ *) passed "${line#pass }" ;;
        fail\ *) failed "${line#fail }" ;;
        *) echo "$line" | diagnose ;;
        esac
    done <"$OUTPUT.lines"
    wait $! || failed "$* ends well"
    rm "$OUTPUT.lines"
}

nothing_is_left() {
    xen-livepatch list >"$OUTPUT" 2>&1
    printed "$1: nothing is left" 'Nothing to list'
}

memory_is_back() {
    is "$1: the hypervisor has its memory back" "$free_pages" \
        "$(broken-payloads memory)"
}

each_is_refused_with_a_message() {
    # Page tables, once made, stay: first the uploads that want the most of them.
    for row in two_mib bss_of_2_mib; do
        report broken-payloads row $row
    done
    free_pages=$(broken-payloads memory)

    report broken-payloads rows
    nothing_is_left "after the rows"
    memory_is_back "after the rows"
    report broken-payloads flips
    nothing_is_left "after the flips"
    memory_is_back "after the flips"
}

each_is_answered_as_verify_says() {
    report broken-payloads stock /bin/answers
    nothing_is_left "after the set"
}

if [ "$SURVIVES_PAYLOADS" = yes ]; then
    each_is_refused_with_a_message
else
    each_is_answered_as_verify_says
fi

works "a good payload still uploads" \
    xen-livepatch upload good /payloads/extra_version.livepatch
works "and applies" patiently xen-livepatch --timeout 4s apply good
is "and runs" "-patched" "$(sysfs version/extra)"
works "and reverts" patiently xen-livepatch --timeout 4s revert good
works "and unloads" xen-livepatch unload good

finish
