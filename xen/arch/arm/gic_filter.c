/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One table: which bits of which registers are not dom0's to change (Arm IHI
 * 0069, 12.9 and 12.11).
 */
#include <xen/lib.h>
#include <asm/gic_filter.h>

#define KICK_BIT (1u << GIC_KICK)
#define ALL_BITS (~0u)

/* In a register of 32 bits: which are 0 whatever is written, which are 1. */
struct rule {
    enum gic_frame frame;
    uint32_t first, last; /* offsets of the first and the last such register */
    uint32_t zero, one;
};

static const struct rule rules[] = {
    /* CTLR: ARE and EnableGrp0 (seen with one security state) */
    {GIC_DISTRIBUTOR, 0x000, 0x000, 0, 1u << 4 | 1u << 0},
    /* IGROUPR1 and on, IGRPMODR1 and on */
    {GIC_DISTRIBUTOR, 0x084, 0x0fc, 0, ALL_BITS},
    {GIC_DISTRIBUTOR, 0xd04, 0xd7c, ALL_BITS, 0},
    /* WAKER: ProcessorSleep */
    {GIC_REDISTRIBUTOR, 0x014, 0x014, 1u << 1, 0},
    /* IGROUPR0, IGRPMODR0 */
    {GIC_SGI_FRAME, 0x080, 0x080, KICK_BIT, ALL_BITS & ~KICK_BIT},
    {GIC_SGI_FRAME, 0xd00, 0xd00, ALL_BITS, 0},
    /* ICENABLER0, ISPENDR0, ICPENDR0, ISACTIVER0, ICACTIVER0 */
    {GIC_SGI_FRAME, 0x180, 0x180, KICK_BIT, 0},
    {GIC_SGI_FRAME, 0x200, 0x200, KICK_BIT, 0},
    {GIC_SGI_FRAME, 0x280, 0x280, KICK_BIT, 0},
    {GIC_SGI_FRAME, 0x300, 0x300, KICK_BIT, 0},
    {GIC_SGI_FRAME, 0x380, 0x380, KICK_BIT, 0},
    /* the kick's byte of IPRIORITYR3 */
    {GIC_SGI_FRAME, 0x400 + (GIC_KICK & ~3u), 0x400 + (GIC_KICK & ~3u),
     0xffu << 8 * (GIC_KICK % 4), 0},
};

static const struct rule *find_rule(enum gic_frame frame, uint32_t offset)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(rules); i++) {
        if (rules[i].frame == frame && offset >= rules[i].first &&
            offset <= rules[i].last) {
            return &rules[i];
        }
    }
    return NULL;
}

/* The part that a store at an offset which is no multiple of 4 reaches. */
static uint32_t filter_word(enum gic_frame frame, uint32_t offset,
                            uint32_t value)
{
    const struct rule *rule = find_rule(frame, offset & ~3u);
    const unsigned int shift = 8 * (offset % 4);

    return rule ? (value & ~(rule->zero >> shift)) | rule->one >> shift : value;
}

uint64_t gic_filter_store(enum gic_frame frame, uint32_t offset,
                          unsigned int bytes, uint64_t value)
{
    if (bytes <= sizeof(uint32_t)) {
        return filter_word(frame, offset, value);
    }
    return filter_word(frame, offset, value) |
           (uint64_t)filter_word(frame, offset + 4, value >> 32) << 32;
}
