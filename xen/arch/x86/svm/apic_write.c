/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What becomes of a write to the local APIC, by register and value. Pure.
 *
 * Two things are the hypervisor's: that pCPUs are never reset, never in system
 * management for dom0's asking, and never deaf to its NMIs; and that they can
 * be told apart by their ids. All else is dom0's.
 */
#include <xen/lib.h>
#include <asm/apic.h>
#include <asm/apic_write.h>
#include <asm/icr.h>

#define LVT_MASKED 0x10000u

static const enum apic_action command_actions[8] = {
    [ICR_MODE_FIXED] = APIC_PASS,    [ICR_MODE_LOWEST] = APIC_PASS,
    [ICR_MODE_SMI] = APIC_DROP,      [3] = APIC_DROP, /* remote read */
    [ICR_MODE_NMI] = APIC_VCPUS,     [ICR_MODE_INIT] = APIC_VCPUS,
    [ICR_MODE_STARTUP] = APIC_VCPUS, [7] = APIC_DROP, /* reserved */
};

/* An entry of the local vector table has modes as the ICR; 7: from the PIC. */
static const bool is_local_mode[8] = {[0] = true, [4] = true, [7] = true};

static const struct {
    unsigned int first, last;
} local_vectors[] = {
    {0x2f0, 0x2f0}, /* corrected machine checks */
    {0x320, 0x370}, /* timer, thermal, counters, LINT0, LINT1, error */
    {0x500, 0x530}, /* AMD's extension */
};

static bool is_local_vector(unsigned int offset)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(local_vectors); i++) {
        if (offset >= local_vectors[i].first &&
            offset <= local_vectors[i].last) {
            return true;
        }
    }
    return false;
}

struct apic_verdict apic_judge_write(unsigned int offset, uint32_t value)
{
    struct apic_verdict verdict = {.action = APIC_PASS, .value = value};

    if (offset == APIC_ID) {
        verdict.action = APIC_DROP;
    } else if (offset == APIC_ICR_LOW) {
        verdict.action = command_actions[icr_mode(value)];
    } else if (is_local_vector(offset) && !is_local_mode[icr_mode(value)]) {
        verdict.value |= LVT_MASKED;
    }
    return verdict;
}
