/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Taking an exception to EL1 in the guest's place (Arm ARM, D1.3.5).
 */
#include <asm/guest_abort.h>
#include <asm/system.h>

#define PSTATE_MODE 0x1f
#define PSTATE_AARCH32 0x10
#define PSTATE_EL0T 0x0
#define PSTATE_EL1T 0x4
#define PSTATE_EL1H 0x5
#define PSTATE_DAIF 0x3c0

#define EC_SHIFT 26
#define EC_UNKNOWN 0x00UL
#define EC_INSTRUCTION_ABORT_LOWER 0x20UL
#define EC_DATA_ABORT_LOWER 0x24UL
#define SAME_LEVEL 1UL /* on top of those two */
#define ESR_IL (1UL << 25)
#define FSC_EXTERNAL 0x10

#define VECTOR_SP0 0x000
#define VECTOR_SPX 0x200
#define VECTOR_LOWER 0x400
#define VECTOR_LOWER_32 0x600

static uint64_t vector_for(uint64_t pstate)
{
    if (pstate & PSTATE_AARCH32) {
        return VECTOR_LOWER_32;
    }
    switch (pstate & PSTATE_MODE) {
    case PSTATE_EL1H:
        return VECTOR_SPX;
    case PSTATE_EL1T:
        return VECTOR_SP0;
    default:
        return VECTOR_LOWER;
    }
}

static void take_to_el1(struct vcpu *v, uint64_t syndrome)
{
    write_sysreg(esr_el1, syndrome);
    write_sysreg(elr_el1, v->pc);
    write_sysreg(spsr_el1, v->pstate);
    v->pc = read_sysreg(vbar_el1) + vector_for(v->pstate);
    v->pstate = PSTATE_EL1H | PSTATE_DAIF;
}

void guest_inject_undefined(struct vcpu *v)
{
    take_to_el1(v, EC_UNKNOWN << EC_SHIFT | ESR_IL);
}

void guest_inject_abort(struct vcpu *v, bool is_fetch, uint64_t far)
{
    const bool is_same = vector_for(v->pstate) < VECTOR_LOWER;
    uint64_t class =
        is_fetch ? EC_INSTRUCTION_ABORT_LOWER : EC_DATA_ABORT_LOWER;

    class |= is_same ? SAME_LEVEL : 0;
    write_sysreg(far_el1, far);
    take_to_el1(v, class << EC_SHIFT | ESR_IL | FSC_EXTERNAL);
}
