#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# dom0's kernel takes an exception whose table is hypervisor memory: the fault
# of that access cannot be delivered either, nor the double fault after it. The
# machine ends in a report that says so.
#
# report: dom0 vCPU [0-9]+ at [0-9a-f]+:[0-9a-f]{16}
# report: exit 400 info [0-9a-f]{16} 00000000002[0-9a-f]{5} event 80000b08
# report: entered at [0-9a-f]{16} after exit [0-9a-f]+ info
# report: rax [0-9a-f]{16} rbx [0-9a-f]{16}
# report: read at 0x200[0-9a-f]{3} refused: hypervisor memory \(3 so far\)
# report: dom0 shut down by a triple fault
# report: On pCPU [0-9]+ .*serving an exit of dom0
# report: Call chain:
# report: refuse_access\+0x
# report: vcpu_run\+0x
# report: Resetting

IMAGE=0x200000

insmod /bin/border.ko
border idt $IMAGE
