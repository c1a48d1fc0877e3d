#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Code of a payload claims what is not so: the machine ends in a report that
# names the claim, the payload's file, the line and the function.
#
# report: Assertion 'claimed != NULL' failed at tests/payloads/assert\.c:15$
# report: (rip 0018:|pc )[0-9a-f]{16} claiming_extra_version\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[assert\]
# report: Call chain:
# report: hypercall_dispatch\+0x
# report: Panic on CPU
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/assert.livepatch
cat /sys/hypervisor/version/extra
