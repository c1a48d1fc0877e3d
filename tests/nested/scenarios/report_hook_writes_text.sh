#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# A hook writes where it must not: the report names the address, the hook and
# the payload.
#
# report: Hypervisor fault: (page fault \(vector 14, error code 3\)|abort \(vector 4, syndrome [0-9a-f]+\))
# report: write at (ffff82d0|00000a00)[0-9a-f]+: not permitted
# report: (rip 0018:|pc )[0-9a-f]{16} write_text\+0(x[0-9a-f]+)?/0x[0-9a-f]+ \[hook_writes_text\]
# report: livepatch: hook_writes_text: this happened in its load hook at write_text\+0/0x[0-9a-f]+ \[hook_writes_text\]
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/hook_writes_text.livepatch
