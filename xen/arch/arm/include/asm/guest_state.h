/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a pCPU's EL2 registers say of the guest: set once.
 */
#ifndef ASM_GUEST_STATE_H
#define ASM_GUEST_STATE_H

/* After the stage-2 tables are made, or before, with nothing run: each pCPU. */
void guest_state_init_pcpu(void);

/* Puts EL1's registers where a CPU that was just started has them. */
void guest_state_reset(void);

#endif
