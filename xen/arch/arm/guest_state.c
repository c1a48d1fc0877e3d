/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What traps and what does not (Arm ARM, D19.2.48 "HCR_EL2" and others): dom0
 * has the machine, but for its power, its memory's second stage and the kick.
 */
#include <xen/types.h>
#include <asm/guest_state.h>
#include <asm/stage2.h>
#include <asm/system.h>

#define HCR_VM (1UL << 0)
#define HCR_SWIO (1UL << 1)
#define HCR_FMO (1UL << 3)
#define HCR_TSC (1UL << 19)
#define HCR_RW (1UL << 31)
#define HCR_APK (1UL << 40)
#define HCR_API (1UL << 41)

#define CPTR_RES1 0x33ff
#define CPTR_TRAP_SVE (1UL << 8)
#define CPTR_TRAP_SME (1UL << 12)
#define CNTHCTL_EL1_HAS_ALL 3
#define SCTLR_EL1_OFF 0x30d00800
#define PMCR_N(pmcr) ((pmcr) >> 11 & 31)

void guest_state_init_pcpu(void)
{
    stage2_load();
    write_sysreg(vpidr_el2, read_sysreg(midr_el1));
    write_sysreg(vmpidr_el2, read_sysreg(mpidr_el1));
    write_sysreg(cptr_el2, CPTR_RES1 & ~(CPTR_TRAP_SVE | CPTR_TRAP_SME));
    write_sysreg(hstr_el2, 0);
    write_sysreg(cnthctl_el2, CNTHCTL_EL1_HAS_ALL);
    write_sysreg(cntvoff_el2, 0);
    write_sysreg(mdcr_el2, PMCR_N(read_sysreg(pmcr_el0)));
    write_sysreg(hcr_el2, HCR_VM | HCR_SWIO | HCR_FMO | HCR_TSC | HCR_RW |
                              HCR_APK | HCR_API);
    isb();
}

void guest_state_reset(void)
{
    write_sysreg(sctlr_el1, SCTLR_EL1_OFF);
    isb();
}
