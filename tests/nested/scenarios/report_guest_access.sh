#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# dom0 reads hypervisor memory: the machine ends in a report that says so.
#
# report: dom0 vCPU [0-9]+ at [0-9a-f]+:[0-9a-f]{16}
# report: rax [0-9a-f]{16} rbx [0-9a-f]{16}
# report: dom0 reached for hypervisor memory: read at 0x200000
# report: On pCPU [0-9]+ .*serving an exit of dom0
# report: Call chain:
# report: serve_nested_fault\+0x
# report: vcpu_run\+0x
# report: Resetting

IMAGE=0x200000

devmem $IMAGE
