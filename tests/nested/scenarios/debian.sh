#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# dom0 as an admin has it: a Debian with systemd, sshd and our package. systemd
# starts the package's units, with nothing of the test's in between: a payload
# in the folder is loaded at boot; a power cut while it is on trial holds it back
# at the next boot, and the journal says so; trusted, and after an orderly
# shutdown, it is loaded at boot again.
#
# userland: debian
# folder: extra_version
# boot: crash
# boot: poweroff
# boot: poweroff

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

property() {
    systemctl show --value --property "$1" "$2"
}

journal_of() {
    journalctl --no-pager --output cat --unit "$@" >"$OUTPUT" 2>&1
}

extra_is() {
    is "$1" "$2" "$(sysfs version/extra)"
}

by_ssh() {
    ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o LogLevel=ERROR \
        root@127.0.0.1 "$@"
}

applied_by_systemd() {
    is "the unit that loads is active" active \
        "$(property ActiveState xen-livepatch.service)"
    is "it ended well" success "$(property Result xen-livepatch.service)"
    extra_is "the payload of the folder is in force" -patched
    is "it is applied" "extra_version | APPLIED |" "$(list_row extra_version)"
}

failed_units() {
    systemctl list-units --failed --plain --no-legend | cut -d ' ' -f 1
}

systemctl is-system-running --wait >/dev/null
case $BOOT in
1)
    is "no unit has failed" '' "$(failed_units)"
    works "nothing of ours failed" systemctl --quiet is-active \
        xen-livepatch.service xen-livepatch-stable.timer \
        xen-livepatch-shutdown.service
    applied_by_systemd
    journal_of xen-livepatch.service
    printed "the journal tells that it was applied" 'extra_version.*completed'
    works "root logs in by ssh and asks for the state" \
        by_ssh xen-livepatch status
    printed "one payload is applied" 'payloads: +1, 1 of them applied'
    is "to ask for the end of the trial too early is no failure" 0 \
        "$(systemctl start xen-livepatch-stable.service; echo $?)"
    journal_of xen-livepatch-stable.service
    printed "the journal tells that the trial goes on" 'on trial for another'
    sync
    crash_at_end
    ;;
2)
    is "one unit has failed" xen-livepatch.service "$(failed_units)"
    is "it says that payloads are held back" 13 \
        "$(property ExecMainStatus xen-livepatch.service)"
    journal_of xen-livepatch.service --boot
    printed "the journal tells what went down" 'went down .*extra_version'
    printed "it tells what to do" 'sync --trust'
    xen-livepatch list >"$OUTPUT" 2>&1
    printed "nothing is loaded" 'Nothing to list'
    works "the admin logs in and trusts the payload" \
        by_ssh xen-livepatch --retries 10 sync --trust
    extra_is "it is in force" -patched
    works "the unit starts" systemctl restart xen-livepatch.service
    applied_by_systemd
    is "no unit has failed any more" '' "$(failed_units)"
    ;;
3)
    is "after an orderly shutdown no unit has failed" '' "$(failed_units)"
    applied_by_systemd
    journalctl --no-pager --output short-monotonic --boot -1 >"$OUTPUT" 2>&1
    printed "the shutdown was orderly" 'systemd.*Reached target.*[Pp]ower'
    works "the payload is reverted by hand" \
        xen-livepatch --retries 10 revert extra_version
    ;;
esac

finish
