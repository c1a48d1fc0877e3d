#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The command's own words, as text and as JSON, on every hypervisor the same:
# what each command prints is compared whole, after what must differ (build-ids,
# versions, times, the hypervisor's own log, what only one of them tells) was
# taken out.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

LOG=/run/log
STATE=/run/state
PAYLOAD=/payloads/extra_version.livepatch

lp() {
    xen-livepatch --log=$LOG --state-dir=$STATE --timeout 4s --retries 20 "$@"
}

# Lines that one hypervisor alone has, and the object "stop" of a report.
leave_out() {
    awk '
        /^  [0-9]+ pCPUs? stood still/ || /^The hypervisor.s log says:/ { next }
        /^  .*(livepatch:|\(XEN\))/ { next }
        /keeps no history|in one stop: one after/ { next }
        /^ *"stop": \{/ { inside = 1 }
        inside { if (/^ *\},?$/) inside = 0; next }
        /^ *"steps": \[/ { inside_steps = 1 }
        inside_steps { if (/^  \],?$/) inside_steps = 0; next }
        /"is_one_stop"/ { next }
        { print }'
}

replace() {
    sed -e "s/$BUILD_ID/THIS-XEN/g" -e 's/[0-9a-f]\{40\}/BUILD-ID/g' \
        -e 's/^\(hypervisor: *Xen\) .*/\1 VERSION/' \
        -e 's/this one is [0-9]* ([a-z0-9-]*)/this one is MACHINE/' \
        -e 's/^\(interface: *\).*/\1VERSION/' \
        -e 's/\("xen_version":\) .*/\1 VERSION,/' \
        -e 's/\("interface_version":\) .*/\1 VERSION,/' \
        -e 's/[0-9-]\{10\}T[0-9:.]*Z/TIME/g' \
        -e 's/\("boot":\) .*/\1 BOOT,/' -e 's/, pCPUs stood still.*//' \
        -e 's/\("size":\) .*/\1 SIZE,/' -e 's/, [0-9]* bytes$/, SIZE bytes/' \
        -e 's/, [0-9]* bytes, loaded/, SIZE bytes, loaded/' \
        -e 's/^\(memory: *\)[0-9]* bytes$/\1SIZE bytes/' \
        -e 's/\("known_from":\) .*/\1 SOURCE,/' \
        -e 's/\([a-z_]*size": \)[0-9]*/\1SIZE/' \
        -e 's/: [0-9]* bytes, replaced by [0-9]* bytes/: SIZES/' \
        -e 's/version="[^"]*"/version="VERSION"/' \
        -e 's/\("error": [0-9]*\),$/\1/' \
        -e 's/\(apply\|revert\) one, two:/\1 one:/' \
        -e 's/\(on_trial=[0-9]*\) .*late=0.*/\1 STOPS/' \
        -e '/"sequence":/d' -e '/_stops_total/d' -e '/last_stop_seconds/d'
}

# shows BEHAVIOUR STATUS WORD...: the command ends with this status and prints
# what stands on standard input.
shows() {
    behaviour=$1
    wanted_status=$2
    shift 2
    cat >/run/wanted
    lp "$@" >/run/raw 2>&1
    status=$?
    leave_out </run/raw | replace >/run/got
    if [ "$status" -eq "$wanted_status" ] && cmp -s /run/wanted /run/got; then
        passed "$behaviour"
    else
        failed "$behaviour"
        {
            echo "exit status $status, wanted $wanted_status"
            diff -u /run/wanted /run/got
        } | diagnose
    fi
}

JOURNAL=/run/journal

# A log daemon that writes each line with its facility and priority.
start_journal() {
    : >$JOURNAL
    syslogd -O $JOURNAL
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ ! -S /dev/log ] || return
        sleep 1
    done
}

# journal_says BEHAVIOUR PRIORITY PATTERN
journal_says() {
    sleep 1
    cp $JOURNAL "$OUTPUT"
    printed "$1" "$2 xen-livepatch\[[0-9]+\]: $3"
}

start_journal
shows "list of nothing" 0 list <<'EOF'
Nothing to list
EOF
shows "list of nothing as JSON" 0 --json list <<'EOF'
{
  "command": "list",
  "payloads": [
  ],
  "exit_status": 0
}
EOF
shows "info of a file" 0 info $PAYLOAD <<'EOF'
file:           /payloads/extra_version.livepatch, SIZE bytes
build-id:       BUILD-ID
hypervisor:     THIS-XEN
goes on top of: THIS-XEN
signature:      none
hooks:          none
functions:      1
  xen_extra_version: SIZES
EOF
shows "info of a file as JSON" 0 --json info $PAYLOAD <<'EOF'
{
  "command": "info",
  "file": "/payloads/extra_version.livepatch",
  "size": SIZESIZE,
  "build_id": "BUILD-ID",
  "xen_build_id": "THIS-XEN",
  "depends": "THIS-XEN",
  "metadata": [
  ],
  "signature": "none",
  "signature_bytes": 0,
  "hooks": [
  ],
  "functions": [
    {
      "name": "xen_extra_version",
      "old_address": null,
      "old_size": SIZE,
      "new_size": SIZE,
      "is_nops": false,
      "expected": null,
      "version": 2
    }
  ],
  "exit_status": 0
}
EOF
shows "verify" 15 verify $PAYLOAD <<'EOF'
/payloads/extra_version.livepatch: not checked: without xen-syms neither the symbols that it refers to nor the functions that it replaces were looked at
/payloads/extra_version.livepatch: compared with the build-id of the running hypervisor: nothing found, but not fully checked.
EOF
shows "verify of a payload for another build" 1 --json verify \
    /payloads/broken/other_xen_build_id.livepatch <<'EOF'
{
  "command": "verify",
  "file": "/payloads/broken/other_xen_build_id.livepatch",
  "compared_with": "the build-id of the running hypervisor",
  "findings": [
    {
      "file": "/payloads/broken/other_xen_build_id.livepatch",
      "request": "upload",
      "error_name": "EINVAL",
      "text": "built for the hypervisor with build-id BUILD-ID, running is THIS-XEN"
    }
  ],
  "not_checked": [
  ],
  "notes": [
  ],
  "verdict": "refused",
  "failure": {
    "code": "refused",
    "text": ""
  },
  "exit_status": 1
}
EOF
shows "upload of a payload for another build" 1 upload other \
    /payloads/broken/other_xen_build_id.livepatch <<'EOF'
Uploading /payloads/broken/other_xen_build_id.livepatch... failed
Error 22: Invalid argument
xen-livepatch: upload of other: EINVAL: the payload is malformed, or was built for another hypervisor build.
'xen-livepatch verify FILE' looks for the reason.
xen-livepatch: it was built for hypervisor BUILD-ID, running is THIS-XEN: install the payload of that build.
EOF
shows "upload" 0 upload one $PAYLOAD <<'EOF'
Uploading /payloads/extra_version.livepatch... completed
EOF
shows "upload of a name in use" 1 upload one $PAYLOAD <<'EOF'
Uploading /payloads/extra_version.livepatch... failed
Error 17: File exists
xen-livepatch: upload of one: EEXIST: a payload with this name, this build-id or one of these symbols is already loaded.
Look at 'xen-livepatch list'; unload that one first.
EOF
lp status >"$OUTPUT" 2>&1
printed "what failed is told until it went well" \
    '^last failure: .* upload one: failed \(17, File exists\)'
journal_says "the journal has what went well" authpriv.notice \
    'upload "one": done .user="0" exit_status=0 errno=0.$'
journal_says "the journal has what failed" authpriv.warn \
    'upload "one": failed .user="0" exit_status=1 errno=17.$'
shows "upload of another machine's payload" 5 upload other \
    /payloads/broken/other_machine.livepatch <<'EOF'
/payloads/broken/other_machine.livepatch: for machine 243, this one is MACHINE.
EOF
if [ "$HAS_EXTENSION" = yes ]; then
    shows "dry run of an apply" 0 -n apply one <<'EOF'
Applying one... would be done (dry run)
EOF
    shows "dry run of a load whose name is in use" 1 -n load $PAYLOAD <<'EOF'
Uploading /payloads/extra_version.livepatch... would fail (dry run)
Error 17: File exists
xen-livepatch: upload of extra_version: EEXIST: a payload with this name, this build-id or one of these symbols is already loaded.
Look at 'xen-livepatch list'; unload that one first.
EOF
else
    shows "dry run of an apply" 15 -n apply one <<'EOF'
Applying one... not done (dry run)
xen-livepatch: this hypervisor has no dry runs. Not known: whether the payload fits on what is applied and finds the code that it expects, and what its hooks say. 'xen-livepatch verify FILE --xen-syms FILE' says what can be said of that without it.
EOF
fi
shows "upload as JSON" 0 --json upload two \
    /payloads/stacked_version.livepatch <<'EOF'
{
  "command": "upload",
  "name": "two",
  "exit_status": 0
}
EOF
shows "apply of two" 0 -q apply one two <<'EOF'
EOF
shows "apply of what is applied" 0 apply one <<'EOF'
No action needed.
EOF
shows "list" 0 list <<'EOF'
 ID                                     | status     | metadata
----------------------------------------+------------+---------------
one                                     | APPLIED    | 
two                                     | APPLIED    | 
EOF
shows "status" 0 status <<'EOF'
attention:      WARNING, 2 points
  WARNING not-in-folder one: it is applied and not in the folder: the next boot comes without it.
      Put its file there, or take it back: xen-livepatch revert one
  WARNING not-in-folder two: it is applied and not in the folder: the next boot comes without it.
      Put its file there, or take it back: xen-livepatch revert two
hypervisor:     Xen VERSION
build-id:       THIS-XEN
interface:      VERSION
payloads:       2, 2 of them applied
  one: APPLIED
      build-id BUILD-ID, SIZE bytes, loaded TIME, applied TIME
  two: APPLIED
      build-id BUILD-ID, SIZE bytes, loaded TIME, applied TIME
stack:          one, two (the newest last)
last failure:   TIME 0 upload other: failed (22, Invalid argument)
EOF
shows "status as JSON" 0 --json status <<'EOF'
{
  "command": "status",
  "attention": [
    {
      "code": "not-in-folder",
      "level": "warning",
      "name": "one",
      "text": "it is applied and not in the folder: the next boot comes without it",
      "next": "Put its file there, or take it back: xen-livepatch revert one"
    },
    {
      "code": "not-in-folder",
      "level": "warning",
      "name": "two",
      "text": "it is applied and not in the folder: the next boot comes without it",
      "next": "Put its file there, or take it back: xen-livepatch revert two"
    }
  ],
  "xen_version": VERSION,
  "build_id": "THIS-XEN",
  "interface_version": VERSION,
  "payloads": [
    {
      "name": "one",
      "state": "APPLIED",
      "is_busy": false,
      "error": 0
      "metadata": [
      ],
      "known_from": SOURCE,
      "build_id": "BUILD-ID",
      "depends": "THIS-XEN",
      "is_spent": false,
      "size": SIZESIZE,
      "loaded": "TIME",
      "applied": "TIME"
    },
    {
      "name": "two",
      "state": "APPLIED",
      "is_busy": false,
      "error": 0
      "metadata": [
      ],
      "known_from": SOURCE,
      "build_id": "BUILD-ID",
      "depends": "BUILD-ID",
      "is_spent": false,
      "size": SIZESIZE,
      "loaded": "TIME",
      "applied": "TIME"
    }
  ],
  "stack": [
    "one",
    "two"
  ],
  "last_failure": {
    "time": "TIME",
    "user": "0",
    "boot": BOOT,
    "command": "upload",
    "names": [
      "other"
    ],
    "exit_status": 1,
    "error": 22
    "build_id": "BUILD-ID",
    "depends": "THIS-XEN",
    "size": SIZESIZE,
  },
  "exit_status": 0
}
EOF
if [ "$HAS_EXTENSION" = yes ]; then
    shows "info of a loaded payload" 0 info one <<'EOF'
name:           one
state:          APPLIED
last action:    succeeded
build-id:       BUILD-ID
goes on top of: THIS-XEN
loaded:         TIME
last applied:   TIME
place in stack: 1
functions:      1
memory:         SIZE bytes
uses:           no other payload
used by:        0 other payloads
once reverted:  can be applied again
EOF
else
    shows "info of a loaded payload" 0 info one <<'EOF'
name:           one
state:          APPLIED
last action:    succeeded
EOF
fi
shows "wait for what is the case" 0 wait two applied <<'EOF'
two is APPLIED.
EOF
shows "wait for what does not come" 2 --json wait two unloaded 10ms <<'EOF'
two is APPLIED, not yet unloaded.
{
  "command": "wait",
  "name": "two",
  "state": "APPLIED",
  "is_busy": false,
  "error": 0
  "failure": {
    "code": "busy",
    "text": "two is APPLIED, not yet unloaded.\n"
  },
  "exit_status": 2
}
EOF
shows "unload of an applied payload" 1 unload one <<'EOF'
one is in the wrong state.
Current state: APPLIED
Expected state: CHECKED
EOF
shows "revert of two as JSON" 0 --json -q revert one two <<'EOF'
{
  "command": "revert",
  "names": [
    "one",
    "two"
  ],
  "exit_status": 0
}
EOF
shows "unload as JSON" 0 --json unload two <<'EOF'
{
  "command": "unload",
  "name": "two",
  "exit_status": 0
}
EOF
shows "unload" 0 unload one <<'EOF'
Unloading one... completed
EOF
shows "unload of an unknown name" 1 --json unload one <<'EOF'
Failed to get status of one.
Error 2: No such file or directory
xen-livepatch: unload of one: ENOENT: no payload of this name is loaded.
'xen-livepatch list' shows those that are.
{
  "command": "unload",
  "name": "one",
  "error": 2
  "failure": {
    "error_name": "ENOENT",
    "code": "not-loaded",
  },
  "exit_status": 1
}
EOF
shows "check" 0 check <<'EOF'
LIVEPATCH OK - 0 payloads applied, nothing needs attention | payloads=0 applied=0 held_back=0 not_applied=0 needs_boot=0 on_trial=0 STOPS
EOF
shows "metrics" 0 metrics <<'EOF'
# HELP xen_livepatch_hypervisor_info The running hypervisor.
# TYPE xen_livepatch_hypervisor_info gauge
xen_livepatch_hypervisor_info{version="VERSION",build_id="THIS-XEN"} 1
# HELP xen_livepatch_attention_level What needs attention most: 0 nothing, 1 a warning, 2 critical.
# TYPE xen_livepatch_attention_level gauge
xen_livepatch_attention_level 0
# HELP xen_livepatch_attention Points that need attention, by code.
# TYPE xen_livepatch_attention gauge
xen_livepatch_attention{code="held-back",level="critical"} 0
xen_livepatch_attention{code="state-unreadable",level="critical"} 0
xen_livepatch_attention{code="not-applied",level="warning"} 0
xen_livepatch_attention{code="spent",level="warning"} 0
xen_livepatch_attention{code="reissued",level="warning"} 0
xen_livepatch_attention{code="not-in-folder",level="warning"} 0
xen_livepatch_attention{code="needs-boot",level="warning"} 0
xen_livepatch_attention{code="failed",level="warning"} 0
xen_livepatch_attention{code="sync-failed",level="warning"} 0
xen_livepatch_attention{code="folder-unreadable",level="warning"} 0
xen_livepatch_attention{code="file-unreadable",level="warning"} 0
xen_livepatch_attention{code="no-effect",level="warning"} 0
xen_livepatch_attention{code="log-unreadable",level="warning"} 0
xen_livepatch_attention{code="on-trial",level="note"} 0
xen_livepatch_attention{code="busy",level="note"} 0
xen_livepatch_attention{code="on-hold",level="note"} 0
xen_livepatch_attention{code="other-hypervisor",level="note"} 0
# HELP xen_livepatch_payloads Loaded payloads by state.
# TYPE xen_livepatch_payloads gauge
xen_livepatch_payloads{state="CHECKED"} 0
xen_livepatch_payloads{state="APPLIED"} 0
# HELP xen_livepatch_payload_last_error Errno of the payload's last action, 0 for success.
# TYPE xen_livepatch_payload_last_error gauge
# HELP xen_livepatch_payload_busy Whether an action on the payload is under way.
# TYPE xen_livepatch_payload_busy gauge
# HELP xen_livepatch_last_exit_status Exit status of what was done last, 0 for success.
# TYPE xen_livepatch_last_exit_status gauge
xen_livepatch_last_exit_status{command="unload",name="one"} 0
# HELP xen_livepatch_sync_held Whether sync holds payloads back after a crash.
# TYPE xen_livepatch_sync_held gauge
xen_livepatch_sync_held 0
EOF
shows "history" 0 history one <<'EOF'
TIME 0 upload one: done
TIME 0 upload one: failed (17, File exists)
TIME 0 apply one: done
TIME 0 revert one: done
TIME 0 unload one: done
EOF

finish
