#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Code of a payload runs off the end of the stack: the report is made on another
# one, and names the function and the payload.
#
# report: Hypervisor fault: (double fault \(vector 8|abort \(vector 4)
# report: (rip 0018:|pc )[0-9a-f]{16} deeper\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[overflow\]
# report: Call chain:
# report: \] deeper\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[overflow\]
# report: Panic on CPU
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/overflow.livepatch
cat /sys/hypervisor/version/extra
