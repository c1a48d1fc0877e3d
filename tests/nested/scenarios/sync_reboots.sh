#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# sync over real reboots, with its folder, state and log on a disk: it loads;
# the machine crashes while the payloads are on trial; the next boot holds them
# back until they are trusted; an orderly end is no crash.
#
# boot: crash
# boot: poweroff
# boot: poweroff

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

FOLDER=/disk/livepatch.d
original=$(sysfs version/extra)

lp() {
    xen-livepatch --log=/disk/log --state-dir=/disk/state --timeout 4s \
        --retries 20 "$@"
}

sync_folder() {
    lp sync --dir=$FOLDER "$@"
}

extra_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

nothing_is_loaded() {
    lp list >"$OUTPUT" 2>&1
    printed "$1" 'Nothing to list'
}

fill_folder() {
    mkdir $FOLDER
    cp /payloads/extra_version.livepatch $FOLDER/b.livepatch
    cp /payloads/stacked_version.livepatch $FOLDER/a.livepatch
    cp /payloads/broken/other_xen_build_id.livepatch $FOLDER/c.livepatch
    sync
}

# first_of_status BEHAVIOUR PATTERN: it is what status says first.
first_of_status() {
    exits "$1: status ends well" 0 lp status --dir=$FOLDER
    sed -i 2q "$OUTPUT"
    printed "$1" "$2"
}

# checks BEHAVIOUR STATUS PATTERN: monitoring gets this status and this line.
checks() {
    exits "$1: exit status $2" "$2" lp check --dir=$FOLDER
    printed "$1" "$3"
}

# What would be refused does not take the old build out; where that is found out
# only when it is done, the old one goes back.
check_refused_reissue() {
    cp /payloads/broken/unknown_symbol.livepatch $FOLDER/b.livepatch
    exits "a reissue that is refused is told" 1 sync_folder
    [ "$HAS_EXTENSION" = no ] || printed "the hypervisor was asked before" \
        '^b: another build .* the hypervisor would refuse its file \(2, '
    extra_is "the old build is in force" -patched
    cp /payloads/extra_version.livepatch $FOLDER/b.livepatch
}

check_stale_order() {
    printf 'gone\nb\n' >$FOLDER/order
    works "a stale line of the order keeps nothing out" sync_folder
    printed "it is told" 'order:1: gone: no payload of this name'
    checks "check warns of it" 1 'WARNING - no-effect: '
    rm $FOLDER/order
}

# interrupt SIGNAL: a sync that exchanges b and then loads a gets it when b has
# been reverted. b is not left out for that; a is, unless the signal came late.
interrupt() {
    cp /payloads/replacing_version.livepatch $FOLDER/b.livepatch
    rm -f $FOLDER/a.livepatch
    works "before SIG$1 another build is in force" sync_folder --prune
    cp /payloads/extra_version.livepatch $FOLDER/b.livepatch
    cp /payloads/stacked_version.livepatch $FOLDER/a.livepatch
    nr_deeds=$(wc -l </disk/log)
    (
        until [ "$(wc -l </disk/log)" -gt "$nr_deeds" ]; do
            usleep 5000
        done
        killall "-$1" xen-livepatch
    ) >/dev/null 2>&1 &
    lp sync --dir=$FOLDER >"$OUTPUT" 2>&1
    ended="$? $(sysfs version/extra)"
    wait
    case $ended in
    '18 -patched') passed "SIG$1 waits for what was taken out" ;;
    '0 -stacked') skip "SIG$1 waits for what was taken out" "it came late" ;;
    *) failed "SIG$1 waits for what was taken out: $ended" ;;
    esac
    works "after SIG$1 the next sync goes on" sync_folder
    extra_is "after SIG$1 all is in force" -stacked
}

check_signals() {
    interrupt INT
    interrupt TERM
    interrupt HUP
}

# Another build of b, while a lies on top of the first one.
check_reissue() {
    cp /payloads/extra_version.livepatch $FOLDER/b.livepatch
    cp /payloads/stacked_version.livepatch $FOLDER/a.livepatch
    works "both are loaded" sync_folder
    rm $FOLDER/a.livepatch
    cp /payloads/replacing_version.livepatch $FOLDER/b.livepatch
    exits "a reissue under what stays is not done" 1 sync_folder
    printed "it says what lies on top" 'b: another build .* not replaced: a'
    extra_is "all is as it was" -stacked
    works "a dry run has a plan for it" lp -n sync --dir=$FOLDER --prune
    printed "it takes out what lies on top" '^a: to be reverted'
    printed "and loads the reissue" '^b: to be loaded: its file is another'
    extra_is "a dry run changes nothing" -stacked
    works "with --prune it is done" sync_folder --prune
    extra_is "the reissue is in force" -replaced
    is "it has the name of the old one" "b | APPLIED |" "$(list_row b)"
    works "a second sync finds nothing to do" sync_folder --prune
    printed "it knows which build is loaded" '^b: applied already$'
}

# With writable data a payload is spent when it is reverted.
check_spent() {
    works "a payload is reverted by hand" lp revert b
    works "sync puts it in force again" sync_folder
    extra_is "it is in force" -replaced
    cp /payloads/hooks.livepatch $FOLDER/h.livepatch
    rm $FOLDER/b.livepatch
    works "one with data takes its place" sync_folder --prune
    works "it is reverted by hand" lp revert h
    extra_is "nothing is in force" "$original"
    works "sync loads it anew" sync_folder
    is "it is applied" "h | APPLIED |" "$(list_row h)"
    rm $FOLDER/h.livepatch
}

check_vendor() {
    mkdir -p "/disk/vendor/$BUILD_ID"
    cp /payloads/extra_version.livepatch "/disk/vendor/$BUILD_ID/v.livepatch"
    works "a vendor's payload is loaded" \
        sync_folder --vendor-dir=/disk/vendor --prune
    extra_is "it is in force" -patched
    cp /payloads/replacing_version.livepatch $FOLDER/v.livepatch
    works "the admin's file of its name replaces it" \
        sync_folder --vendor-dir=/disk/vendor
    extra_is "the admin's is in force" -replaced
    rm $FOLDER/v.livepatch
    echo 'not on this machine' >$FOLDER/v.hold
    works "a hold keeps it out" sync_folder --vendor-dir=/disk/vendor --prune
    printed "the reason is shown" '^v: held: left out: not on this machine'
    extra_is "nothing is in force" "$original"
    rm $FOLDER/v.hold
    ln -s /dev/null $FOLDER/v.livepatch
    works "a mask does, too" sync_folder --vendor-dir=/disk/vendor
    printed "what masks it is named" "^v: masked by $FOLDER/v.livepatch"
    nothing_is_loaded "nothing is loaded"
    rm $FOLDER/v.livepatch
}

check_stack_verbs() {
    cp /payloads/extra_version.livepatch $FOLDER/b.livepatch
    cp /payloads/stacked_version.livepatch $FOLDER/a.livepatch
    works "two are loaded" sync_folder
    works "all are reverted and unloaded" lp revert --all --unload
    nothing_is_loaded "nothing is loaded any more"
    rm $FOLDER/a.livepatch $FOLDER/b.livepatch
}

case $BOOT in
1)
    fill_folder
    checks "check warns of what is not applied" 1 \
        '^LIVEPATCH WARNING - not-applied b, a: .*; needs-boot c \|'
    works "sync loads what is for this hypervisor" sync_folder
    printed "the payload for another build is left out" \
        'c: built for hypervisor .*: left out'
    extra_is "both are applied, in the order of their build-ids" -stacked
    is "the lower one is applied" "b | APPLIED |" "$(list_row b)"
    works "a second sync finds nothing to do" sync_folder
    printed "it says so" 'a: applied already'
    exits "the trial is not over" 2 lp sync --mark-stable
    printed "it names what is on trial" '^b, a: on trial for another [0-9]+ s'
    checks "check tells what only another boot can bring" 1 \
        'WARNING - needs-boot c: .*; on-trial \| payloads=2 applied=2 '
    crash_at_end
    ;;
2)
    checks "check is critical after the crash, before any sync" 2 \
        '^LIVEPATCH CRITICAL - held-back.* held_back=2 not_applied=0 '
    extra_is "after the crash the hypervisor is a fresh one" "$original"
    exits "the payloads are held back" 13 sync_folder
    printed "sync says why" 'went down before .* with b, a, loaded at'
    printed "sync says what to do" 'sync --trust'
    nothing_is_loaded "nothing was loaded"
    first_of_status "what is held back stands first" \
        '^  CRITICAL held-back.*: the machine went down .* with b, a'
    checks "check is still critical" 2 '^LIVEPATCH CRITICAL - held-back'
    lp --json status --dir=$FOLDER >"$OUTPUT" 2>&1
    printed "the report of status has the code" '"code": "held-back"'
    exits "they stay held back" 13 sync_folder
    exits "a dry run says so, too" 13 lp -n sync --dir=$FOLDER
    lp metrics >"$OUTPUT" 2>&1
    printed "metrics say so" '^xen_livepatch_sync_held 1$'
    lp history >"$OUTPUT" 2>&1
    printed "the history of the boot before is still there" 'apply a: done'
    works "trusted payloads are loaded" sync_folder --trust
    extra_is "both are applied again" -stacked
    lp metrics >"$OUTPUT" 2>&1
    printed "metrics know that they are" '^xen_livepatch_sync_held 0$'
    checks "check is content, and notes the trial" 0 \
        'OK - 2 payloads applied, nothing needs attention; on-trial; other-hypervisor c \|'
    first_of_status "status needs nothing" '^attention: +nothing needs it'
    works "an orderly shutdown is noted" lp sync --orderly-shutdown
    ;;
3)
    works "after an orderly shutdown sync loads without being asked" \
        sync_folder --trial=1s
    extra_is "both are applied" -stacked
    sleep 2
    works "the trial is passed" lp sync --mark-stable
    rm $FOLDER/a.livepatch
    works "sync alone leaves what is not in the folder" sync_folder
    extra_is "it is still applied" -stacked
    checks "check warns of what the next boot will not have" 1 \
        'WARNING - not-in-folder a: '
    works "prune removes it" sync_folder --prune
    extra_is "only the one in the folder is left" -patched
    exits "it is unloaded" 1 lp revert a
    lp status >"$OUTPUT" 2>&1
    printed "status counts one payload" 'payloads: +1, 1 of them applied'
    check_refused_reissue
    check_stale_order
    check_signals
    check_reissue
    check_spent
    check_vendor
    check_stack_verbs
    works "an empty folder prunes all" sync_folder --prune
    extra_is "at the end the hypervisor is as it was" "$original"
    nothing_is_loaded "at the end nothing is loaded"
    ;;
esac

finish
