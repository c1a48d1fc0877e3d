#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A payload's hooks: their order, the veto of a pre hook, and what becomes of a
# payload whose data may have changed.

# shellcheck disable=SC1091 # lies beside the scenario in dom0
. ./tap.sh

original=$(sysfs version/extra)

log_shows() {
    xen-dmesg >"$OUTPUT" 2>&1
    printed "$1" "$2"
}

works "a payload with hooks uploads" \
    xen-livepatch upload hooks /payloads/hooks.livepatch
works "it applies" patiently xen-livepatch --timeout 4s apply hooks
is "preapply, load and postapply hooks ran, in this order" \
    -plP "$(sysfs version/extra)"
log_shows "a postapply hook can print" 'hooks: order -plP'
works "it reverts" patiently xen-livepatch --timeout 4s revert hooks
is "the original function is back" "$original" "$(sysfs version/extra)"
log_shows "prerevert, unload and postrevert hooks ran, in this order" \
    'hooks: order -plPruR'
if [ "$REFUSES_SPENT" = yes ]; then
    exits "it cannot be applied again: its data has changed" 1 \
        xen-livepatch --timeout 4s apply hooks
    printed "the tool says: Invalid argument" 'Invalid argument'
else
    skip "it cannot be applied again: its data has changed" \
        "stock Xen answers 0 and does nothing"
fi
works "it unloads" xen-livepatch unload hooks

works "a payload with a veto uploads" \
    xen-livepatch upload veto /payloads/veto.livepatch
exits "its own hook forbids its apply" 17 \
    xen-livepatch --timeout 4s apply veto
printed "the tool says what the hook said" 'No space left'
is "the payload shows the hook's answer" \
    "veto | CHECKED (28, No space left on device) |" "$(list_row veto)"
exits "a replace calls no such hook, so it is refused" 1 \
    xen-livepatch --timeout 4s replace veto
if [ "$HOOKS_CAN_WORK" = yes ]; then
    printed "the tool names the payload" "payload 'veto' has pre or post hooks"
fi
is "nothing has changed" "$original" "$(sysfs version/extra)"
works "it unloads too" xen-livepatch unload veto

works "a payload that fixes a constant uploads" \
    xen-livepatch upload data_fix /payloads/data_fix.livepatch
works "its load hook writes the hypervisor's read-only data" \
    patiently xen-livepatch --timeout 4s apply data_fix
is "dom0 sees the constant as it is now" \
    "$(echo "$original" | sed 's/^\(.\)./\1X/')" "$(sysfs version/extra)"
works "its unload hook puts it back" \
    patiently xen-livepatch --timeout 4s revert data_fix
is "dom0 sees the constant as it was" "$original" "$(sysfs version/extra)"
works "it unloads as well" xen-livepatch unload data_fix

if [ "$HOOKS_CAN_WORK" = yes ]; then
    works "a payload with hooks of its own for the work uploads" \
        xen-livepatch upload action_hooks /payloads/action_hooks.livepatch
    works "its apply hook does the default work" \
        patiently xen-livepatch --timeout 4s apply action_hooks
    is "its function is in force" -by-hook "$(sysfs version/extra)"
    log_shows "in the stop, and only there, hooks write what is constant" \
        'action_hooks: action_hooks: timeout 3 s, constant again'
    exits "a revert hook that only says so is not believed" 1 \
        xen-livepatch --timeout 4s revert action_hooks
    log_shows "the log says why" "not reverted: the revert hook of \
'action_hooks' says 0, but its marks or the text say otherwise"
    is "the function is still in force" -by-hook "$(sysfs version/extra)"
    exits "it cannot be unloaded" 1 xen-livepatch unload action_hooks
    works "a revert hook may do the default work" \
        patiently xen-livepatch --timeout 4s revert action_hooks
    is "the original function is back again" "$original" "$(sysfs version/extra)"
    works "it unloads in the end" xen-livepatch unload action_hooks
else
    skip "apply and revert hooks may do the default work" \
        "stock Xen offers hooks nothing to do it with"
fi

works "list works at the end" xen-livepatch list
printed "nothing is left" 'Nothing to list'

finish
