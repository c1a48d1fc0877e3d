#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A hook does not come back while all pCPUs stand still: the one that arrived
# last notices, and ends the machine in a report that names hook and payload.
#
# hypervisor options: livepatch_hook_timeout=2000
# report: livepatch: hook_hangs: its load hook at hang\+0/0x[0-9a-f]+ \[hook_hangs\] has not come back for 2000 ms
# report: Panic on CPU
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/hook_hangs.livepatch
