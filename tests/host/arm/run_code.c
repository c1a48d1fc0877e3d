// SPDX-License-Identifier: GPL-2.0
/*
 * arm64 code is read as an arm64 CPU would, as far as the host's functions and
 * the ways that lead from one to another go: what they do to w0 and x16, and
 * where they branch. Knows its instructions by itself, not by the product's
 * tables (Arm ARM, C4.1).
 */
#include "host/fake_text.h"

#include <xen/lib.h>
#include <xen/string.h>

#define MAX_STEPS 64

struct cpu {
    uint64_t pc;
    uint64_t x0;
    uint64_t x16;
};

static int64_t sign_extend(uint64_t value, unsigned int bits)
{
    return (int64_t)(value << (64 - bits)) >> (64 - bits);
}

static bool is_hint(uint32_t insn)
{
    return (insn & 0xfffff01f) == 0xd503201f;
}

/* ADRP x16: 4 KiB pages from the one of the instruction. */
static uint64_t adrp_target(const struct cpu *cpu, uint32_t insn)
{
    const uint64_t high = insn >> 5 & 0x7ffff;
    const uint64_t low = insn >> 29 & 3;

    return (cpu->pc & ~0xfffUL) +
           (uint64_t)(sign_extend(high << 2 | low, 21) * 0x1000);
}

/* False: it was RET. */
static bool step(struct cpu *cpu, uint32_t insn)
{
    uint64_t next = cpu->pc + 4;

    if ((insn & 0xffe0001f) == 0x52800000) { /* MOVZ w0 */
        cpu->x0 = insn >> 5 & 0xffff;
    } else if ((insn & 0xfc000000) == 0x14000000) { /* B */
        next = cpu->pc + (uint64_t)(sign_extend(insn, 26) * 4);
    } else if ((insn & 0x9f00001f) == 0x90000010) {
        cpu->x16 = adrp_target(cpu, insn);
    } else if ((insn & 0xffc003ff) == 0x91000210) { /* ADD x16, x16 */
        cpu->x16 += insn >> 10 & 0xfff;
    } else if (insn == 0xd61f0200) { /* BR x16 */
        next = cpu->x16;
    } else if (insn == 0xd65f03c0) {
        return false;
    } else if (!is_hint(insn)) {
        panic("host: %08x at %lx is no instruction that is known here\n", insn,
              cpu->pc);
    }
    cpu->pc = next;
    return true;
}

int host_run_code(const void *code)
{
    struct cpu cpu = {.pc = (uint64_t)code};
    unsigned int steps = 0;
    uint32_t insn;

    do {
        if (steps++ == MAX_STEPS) {
            panic("host: %p does not come back\n", code);
        }
        memcpy(&insn, (const void *)cpu.pc, sizeof(insn));
    } while (step(&cpu, insn));
    return (int)cpu.x0;
}
