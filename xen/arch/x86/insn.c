/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A decoder of three instructions: enough for a kernel's writes to its local
 * APIC, of which the address is already known and only the value and the
 * length are wanted. Example: 89 b7 00 d0 5f ff (mov %esi, -0xa03000(%rdi))
 * is six bytes long and stores register 6.
 */
#include <xen/unaligned.h>
#include <asm/insn.h>
#include <asm/modrm.h>

#define OP_STORE_REGISTER 0x89
#define OP_STORE_IMMEDIATE 0xc7
#define OP_STORE_EAX 0xa3

#define REX_W 0x8
#define REX_R 0x4

struct cursor {
    const uint8_t *code;
    unsigned int at, nr_bytes;
    bool short_address; /* address-size prefix: 32-bit addresses */
    uint8_t rex;
};

/*@ predicate is_in_code{L}(struct cursor *c) =
      \valid(c) && c->at <= c->nr_bytes && readable(c->code, c->nr_bytes);
    predicate goes_on{L1, L2}(struct cursor *c) =
      is_in_code{L2}(c) && \at(c->code, L2) == \at(c->code, L1) &&
      \at(c->nr_bytes, L2) == \at(c->nr_bytes, L1);
 */

/*@ requires is_in_code(c);
    assigns \nothing;
    ensures \result <==> c->at + bytes <= c->nr_bytes;
 */
static bool has(const struct cursor *c, unsigned int bytes)
{
    return c->nr_bytes - c->at >= bytes;
}

/* A segment prefix changes where, not what; operand-size, LOCK and REP
 * prefixes make another instruction. */
/*@ assigns \nothing; */
static bool is_segment_prefix(uint8_t byte)
{
    return byte == 0x26 || byte == 0x2e || byte == 0x36 || byte == 0x3e ||
           byte == 0x64 || byte == 0x65;
}

/*@ requires is_in_code(c);
    assigns *c;
    ensures goes_on{Pre, Post}(c);
 */
static void skip_prefixes(struct cursor *c)
{
    /*@ loop invariant goes_on{Pre, Here}(c);
        loop assigns *c;
        loop variant c->nr_bytes - c->at;
     */
    while (has(c, 1) &&
           (is_segment_prefix(c->code[c->at]) || c->code[c->at] == 0x67)) {
        c->short_address |= c->code[c->at++] == 0x67;
    }
    if (has(c, 1) && (c->code[c->at] & 0xf0) == 0x40) {
        c->rex = c->code[c->at++] & 0xf;
    }
}

/* Bytes of SIB and displacement that follow the ModRM byte, or -1. */
/*@ requires is_in_code(c);
    assigns \nothing;
    ensures -1 <= \result <= 5;
 */
static int address_bytes(const struct cursor *c, uint8_t modrm)
{
    static const uint8_t displacement_bytes[] = {0, 1, 4};
    unsigned int mod = modrm_mod(modrm);
    unsigned int rm = modrm_rm(modrm);
    unsigned int base = rm;
    int bytes = 0;

    if (mod == MOD_REGISTER) {
        return -1;
    }
    if (rm == RM_SIB) {
        if (!has(c, 1)) {
            return -1;
        }
        base = modrm_rm(c->code[c->at]);
        bytes = 1;
    }
    if (mod == 0 && base == BASE_NONE) {
        return bytes + 4;
    }
    return bytes + displacement_bytes[mod];
}

/*@ requires is_in_code(c) && \valid(value) && \valid_read(regs + (0 .. 15));
    requires \separated(c, value, regs + (0 .. 15));
    assigns *c, *value;
    ensures goes_on{Pre, Post}(c);
 */
static bool take_value(struct cursor *c, uint8_t opcode, uint8_t modrm,
                       const uint64_t regs[16], uint32_t *value)
{
    unsigned int reg = modrm_reg(modrm) + (c->rex & REX_R ? 8 : 0);

    if (opcode == OP_STORE_REGISTER) {
        *value = regs[reg];
        return true;
    }
    if (modrm_reg(modrm) != 0 || !has(c, sizeof(*value))) {
        return false;
    }
    *value = read_u32(c->code + c->at);
    c->at += sizeof(*value);
    return true;
}

/*@ requires is_in_code(c) && \valid(value) && \valid_read(regs + (0 .. 15));
    requires \separated(c, value, regs + (0 .. 15));
    assigns *c, *value;
    ensures goes_on{Pre, Post}(c);
 */
static bool decode_modrm_store(struct cursor *c, uint8_t opcode,
                               const uint64_t regs[16], uint32_t *value)
{
    uint8_t modrm;
    int bytes;

    if (!has(c, 1)) {
        return false;
    }
    modrm = c->code[c->at++];
    bytes = address_bytes(c, modrm);
    if (bytes < 0 || !has(c, bytes)) {
        return false;
    }
    c->at += bytes;
    return take_value(c, opcode, modrm, regs, value);
}

/*@ requires is_in_code(c) && \valid(value) && \valid_read(regs + (0 .. 15));
    requires \separated(c, value, regs + (0 .. 15));
    assigns *c, *value;
    ensures goes_on{Pre, Post}(c);
 */
static bool decode_eax_store(struct cursor *c, const uint64_t regs[16],
                             uint32_t *value)
{
    unsigned int bytes = c->short_address ? 4 : 8;

    if (!has(c, bytes)) {
        return false;
    }
    c->at += bytes;
    *value = regs[0];
    return true;
}

bool insn_decode_store(const uint8_t *code, unsigned int nr_bytes,
                       const uint64_t regs[16], struct insn_store *store)
{
    struct cursor c = {.code = code, .nr_bytes = nr_bytes};
    uint32_t value;
    uint8_t opcode;
    bool decoded = false;

    skip_prefixes(&c);
    if (!has(&c, 1) || (c.rex & REX_W)) {
        return false;
    }
    opcode = c.code[c.at++];
    if (opcode == OP_STORE_REGISTER || opcode == OP_STORE_IMMEDIATE) {
        decoded = decode_modrm_store(&c, opcode, regs, &value);
    } else if (opcode == OP_STORE_EAX) {
        decoded = decode_eax_store(&c, regs, &value);
    }
    if (decoded) {
        *store = (struct insn_store){.value = value, .bytes = c.at};
    }
    return decoded;
}
