#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The day of an admin as the manual tells it, verbatim: every command of its
# section A DAY is run, and must print what the manual shows. Times, sizes and
# build-ids differ from machine to machine and are compared as such; so is where
# lines are broken. The machine goes down in the middle, as the manual has it.
#
# boot: crash
# boot: poweroff

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

SESSION=/bin/session

# What the day starts with: folders that outlive a boot, files that came by mail.
set_up() {
    mkdir -p /disk/etc /disk/state /disk/log /etc/xen /var/lib /var/log \
        /root /usr/lib/debug
    ln -s /disk/etc /etc/xen/livepatch.d
    ln -s /disk/state /var/lib/xen-livepatch
    ln -s /disk/log /var/log/xen
    mv /bin/xen-syms /usr/lib/debug
    cp /payloads/extra_version.livepatch /root/xsa470.livepatch
    cp /payloads/stacked_version.livepatch /root/xsa471.livepatch
    cp /payloads/replacing_version.livepatch /root/xsa470-2.livepatch
    echo 'root:x:0:0:root:/root:/bin/sh' >/etc/passwd
    cd /root || exit 1
}

# As words: line breaks and what no two machines have in common are taken out.
words() {
    tr '\n' ' ' | tr -s ' ' | sed -e 's/[0-9a-f]\{40\}/BUILD-ID/g' \
        -e 's/[0-9-]\{10\}T[0-9:.]*Z/TIME/g' \
        -e 's/[0-9][0-9.]* \(ns\|us\|ms\|s\|min\)\>/DURATION/g' \
        -e 's/\(Xen\) [0-9][^ ,]*/\1 VERSION/g' \
        -e 's/[0-9]* bytes/SIZE bytes/g' \
        -e 's/=[0-9.]*us\>/=DURATION/g' |
        tr -s ' ' '\n' | grep -v '^$'
}

# Whose exit status 2 says "try again".
is_patient() {
    case $1 in
    *' check'*) return 1 ;;
    *) return 0 ;;
    esac
}

# What shows, too, how often a deadline was missed.
counts_misses() {
    case $1 in
    *' check'* | *' history'*) return 0 ;;
    *) return 1 ;;
    esac
}

run_once() {
    sh -c "$1" >/run/printed 2>&1 </dev/null
}

# What the manual shows of a command stands in /run/shown. pCPUs that miss a
# deadline are no fault under emulation, and change nothing.
try_command() {
    if is_patient "$1"; then
        patiently run_once "$1"
    else
        run_once "$1"
    fi
    status=$?
    words </run/shown >/run/wanted
    words </run/printed >/run/got
    # shellcheck disable=SC2154 # tap.sh counts
    if [ "$deadline_misses" -gt 0 ] && counts_misses "$1"; then
        skip "the manual's $1" "pCPUs missed a deadline on this machine"
    elif cmp -s /run/wanted /run/got; then
        passed "the manual's $1"
    else
        failed "the manual's $1"
        {
            echo "exit status $status; it printed:"
            cat /run/printed
            diff /run/wanted /run/got
        } | diagnose
    fi
}

run_session() {
    command=''
    part=1
    while IFS= read -r line; do
        case $line in
        '@'*) part=$((part + 1)) ;;
        '# '*)
            [ -z "$command" ] || try_command "$command"
            command=''
            [ "$part" -ne "$BOOT" ] || command=${line#\# }
            : >/run/shown
            ;;
        *) [ -z "$command" ] || printf '%s\n' "$line" >>/run/shown ;;
        esac
    done <$SESSION
    [ -z "$command" ] || try_command "$command"
}

set_up
run_session
[ "$BOOT" -ne 1 ] || crash_at_end
finish
