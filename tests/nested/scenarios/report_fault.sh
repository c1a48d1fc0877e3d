#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# The hypervisor itself faults, in the code of a payload: the machine ends in a
# report that names the fault, the function and the payload.
#
# report: Hypervisor fault: (page fault \(vector 14, error code 0\)|abort \(vector 4, syndrome [0-9a-f]+\))
# report: read at 0000000000000008: not mapped
# report: (rip 0018:|pc )[0-9a-f]{16} crashing_extra_version\+0x[0-9a-f]+/0x[0-9a-f]+ \[crash\]
# report: Call chain:
# report: give_extraversion\+0x
# report: hypercall_dispatch\+0x
# report: PANIC|Panic|panic
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/crash.livepatch
cat /sys/hypervisor/version/extra
