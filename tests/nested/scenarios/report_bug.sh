#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Code of a payload meets a bug: the machine ends in a report that names the
# payload's file, the line and the function.
#
# report: BUG at tests/payloads/bug\.c:12$
# report: (rip 0018:|pc )[0-9a-f]{16} buggy_extra_version\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[bug\]
# report: Call chain:
# report: buggy_extra_version\+(0x)?[0-9a-f]+/0x[0-9a-f]+ \[bug\]
# report: hypercall_dispatch\+0x
# report: Panic on CPU
# report: Resetting

xen-livepatch --timeout 4s --retries 20 load /payloads/bug.livepatch
cat /sys/hypervisor/version/extra
