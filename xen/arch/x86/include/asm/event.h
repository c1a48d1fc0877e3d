/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events that an exit interrupted: delivered again, or followed by a fault.
 * Pure.
 */
#ifndef ASM_EVENT_H
#define ASM_EVENT_H

#include <asm/svm.h>

/*
 * What to inject so that nothing is lost of the event that was being delivered
 * (EXITINTINFO); 0: nothing, or an instruction's own event, which comes again
 * when the instruction is executed again.
 */
uint64_t event_to_repeat(uint64_t event);

/*
 * What to inject so that the guest gets #GP(0), at the instruction or, if the
 * delivery of an event was interrupted, where that faulted: after a
 * contributory exception or a page fault the double fault that a processor
 * makes of the two; an interrupt that cannot be delivered is lost, as there.
 * 0: a fault of a double fault's delivery, with which a processor shuts down.
 */
uint64_t event_protection_fault(uint64_t interrupted);

#endif
