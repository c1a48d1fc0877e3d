/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Opcode maps with one letter an opcode, which says what follows it, and a
 * walk over the parts of an instruction: prefixes, opcode, ModRM, SIB,
 * displacement, immediate. Example: 48 8d 05 10 00 00 00 (lea 0x10(%rip),%rax)
 * is REX, opcode `m`, a ModRM byte that says "relative to the end" and four
 * bytes of distance at 3.
 */
#include <asm/insn.h>
#include <asm/insn_shape.h>
#include <asm/modrm.h>

/*
 *     .  nothing              m  ModRM            x  not known
 *     1  immediate byte       b  ModRM and byte   p  prefix
 *     w  16-bit word          z  ModRM and Z      j  branch, distance of a byte
 *     Z  immediate: 32 bits,  f  ModRM; a byte    J  branch, 32 bits
 *        or 16 with prefix       when reg < 2     v  as Z, or 64 bits by REX.W
 *     e  word and byte        F  ModRM; Z         o  address: 64 bits, or 32
 *     r  a byte of registers     when reg < 2        with prefix
 */
static const char one_byte_map[] = "mmmm1Zxxmmmm1Zxx" /* 00; 0f: other maps */
                                   "mmmm1Zxxmmmm1Zxx"
                                   "mmmm1Zpxmmmm1Zpx"
                                   "mmmm1Zpxmmmm1Zpx"
                                   "pppppppppppppppp" /* 40: REX */
                                   "................"
                                   "xxxmppppZz1b...." /* 60 */
                                   "jjjjjjjjjjjjjjjj"
                                   "bzxbmmmmmmmmmmmm" /* 80 */
                                   "..........x....."
                                   "oooo....1Z......" /* a0 */
                                   "11111111vvvvvvvv"
                                   "bbw.xxbze.w..1x." /* c0 */
                                   "mmmmxxx.mmmmmmmm"
                                   "jjjj1111JJxj...." /* e0 */
                                   "p.pp..fF......mm";

static const char map_0f[] = "mmmmx.....x.xm.b" /* 00 */
                             "mmmmmmmmmmmmmmmm"
                             "rrrrxxxxmmmmmmmm" /* 20 */
                             "......x.xxxxxxxx"
                             "mmmmmmmmmmmmmmmm" /* 40 */
                             "mmmmmmmmmmmmmmmm"
                             "mmmmmmmmmmmmmmmm" /* 60 */
                             "bbbbmmm.xxxxmmmm"
                             "JJJJJJJJJJJJJJJJ" /* 80 */
                             "mmmmmmmmmmmmmmmm"
                             "...mbmxx...mbmmm" /* a0 */
                             "mmmmmmmmmmbmmmmm"
                             "mmbmbbbm........" /* c0 */
                             "mmmmmmmmmmmmmmmm"
                             "mmmmmmmmmmmmmmmm" /* e0 */
                             "mmmmmmmmmmmmmmmm";

_Static_assert(sizeof(one_byte_map) == 257 && sizeof(map_0f) == 257,
               "a letter for each opcode");

#define PREFIX_OPERAND 0x66
#define PREFIX_ADDRESS 0x67
#define REX_W 0x8
#define OP_POP_MEMORY 0x8f
#define OP_STORE_BYTE 0xc6
#define OP_STORE 0xc7

struct walk {
    const uint8_t *code;
    unsigned int nr_bytes;
    unsigned int at;
    bool has_short_operand, has_short_address, is_wide;
    bool has_plain_opcode; /* of the one-byte map */
    uint8_t opcode;
    uint8_t modrm;
    struct insn_shape shape;
};

/*@ predicate is_in_code{L}(struct walk *w) =
      \valid(w) && w->at <= w->nr_bytes && readable(w->code, w->nr_bytes);
    predicate goes_on{L1, L2}(struct walk *w) =
      is_in_code{L2}(w) && \at(w->code, L2) == \at(w->code, L1) &&
      \at(w->nr_bytes, L2) == \at(w->nr_bytes, L1);
 */

/*@ requires is_in_code(w);
    assigns w->at;
    ensures goes_on{Pre, Post}(w);
    ensures \result ==> w->at == \old(w->at) + bytes;
    ensures !\result ==> w->at == \old(w->at);
 */
static bool take(struct walk *w, unsigned int bytes)
{
    if (bytes > w->nr_bytes - w->at) {
        return false;
    }
    w->at += bytes;
    return true;
}

/*@ requires is_in_code(w) && \valid(byte) && \separated(&w->at, byte) &&
      \separated(&w->nr_bytes, byte) && \separated(&w->code, byte);
    assigns w->at, *byte;
    ensures goes_on{Pre, Post}(w);
    ensures \result ==> w->at == \old(w->at) + 1;
    ensures !\result ==> w->at == \old(w->at);
 */
static bool take_byte(struct walk *w, uint8_t *byte)
{
    if (!take(w, 1)) {
        return false;
    }
    *byte = w->code[w->at - 1];
    return true;
}

/*@ requires is_in_code(w);
    assigns w->at, w->shape;
    ensures goes_on{Pre, Post}(w);
 */
static bool take_distance(struct walk *w, unsigned int bytes, bool is_branch)
{
    w->shape.distance_at = (uint8_t)w->at;
    w->shape.distance_bytes = (uint8_t)bytes;
    w->shape.is_branch = is_branch;
    return take(w, bytes) && !(is_branch && w->has_short_operand);
}

/* Only a REX that is the last prefix counts. */
/*@ requires is_in_code(w);
    assigns *w;
    ensures goes_on{Pre, Post}(w);
 */
static bool take_prefixes(struct walk *w)
{
    uint8_t byte;

    /*@ loop invariant goes_on{Pre, Here}(w);
        loop assigns byte, *w;
        loop variant w->nr_bytes - w->at;
     */
    while (take_byte(w, &byte)) {
        if (one_byte_map[byte] != 'p') {
            w->at--;
            return true;
        }
        w->has_short_operand |= byte == PREFIX_OPERAND;
        w->has_short_address |= byte == PREFIX_ADDRESS;
        w->is_wide = (byte & 0xf0) == 0x40 && (byte & REX_W);
    }
    return false;
}

/* The letter of the opcode, or 'x' when there is none. */
/*@ requires is_in_code(w);
    assigns *w;
    ensures goes_on{Pre, Post}(w);
 */
static char take_opcode(struct walk *w)
{
    if (!take_byte(w, &w->opcode)) {
        return 'x';
    }
    if (w->opcode != 0x0f) {
        w->has_plain_opcode = true;
        return one_byte_map[w->opcode];
    }
    if (!take_byte(w, &w->opcode)) {
        return 'x';
    }
    if (w->opcode == 0x38 || w->opcode == 0x3a) {
        return take(w, 1) ? (w->opcode == 0x38 ? 'm' : 'b') : 'x';
    }
    return map_0f[w->opcode];
}

/*@ requires is_in_code(w);
    assigns *w;
    ensures goes_on{Pre, Post}(w);
 */
static bool take_modrm(struct walk *w)
{
    static const uint8_t displacement_bytes[] = {0, 1, 4, 0};
    unsigned int mod, base;
    uint8_t sib;

    if (!take_byte(w, &w->modrm)) {
        return false;
    }
    mod = modrm_mod(w->modrm);
    base = modrm_rm(w->modrm);
    if (mod == 0 && base == BASE_NONE) {
        return take_distance(w, 4, false);
    }
    if (mod != MOD_REGISTER && base == RM_SIB) {
        if (!take_byte(w, &sib)) {
            return false;
        }
        base = modrm_rm(sib);
        if (mod == 0 && base == BASE_NONE) {
            return take(w, 4);
        }
    }
    return take(w, displacement_bytes[mod]);
}

/*@ requires is_in_code(w);
    assigns w->at;
    ensures goes_on{Pre, Post}(w);
 */
static bool take_sized(struct walk *w, bool may_be_wide)
{
    if (w->is_wide) {
        return take(w, may_be_wide ? 8 : 4);
    }
    return take(w, w->has_short_operand ? 2 : 4);
}

/* What the letter says follows opcode and ModRM. */
/*@ requires is_in_code(w);
    assigns w->at, w->shape;
    ensures goes_on{Pre, Post}(w);
 */
static bool take_immediate(struct walk *w, char letter)
{
    switch (letter) {
    case '1':
    case 'b':
        return take(w, 1);
    case 'w':
        return take(w, 2);
    case 'e':
        return take(w, 3);
    case 'Z':
    case 'z':
        return take_sized(w, false);
    case 'v':
        return take_sized(w, true);
    case 'f':
        return modrm_reg(w->modrm) >= 2 || take(w, 1);
    case 'F':
        return modrm_reg(w->modrm) >= 2 || take_sized(w, false);
    case 'o':
        return take(w, w->has_short_address ? 4 : 8);
    case 'j':
        return take_distance(w, 1, true);
    case 'J':
        return take_distance(w, 4, true);
    default:
        return true;
    }
}

/* Opcodes that are something else in other groups than 0: XOP, XBEGIN. */
/*@ requires \valid_read(w); assigns \nothing; */
static bool is_other_group(const struct walk *w)
{
    return w->has_plain_opcode && modrm_reg(w->modrm) != 0 &&
           (w->opcode == OP_POP_MEMORY || w->opcode == OP_STORE_BYTE ||
            w->opcode == OP_STORE);
}

/*@ assigns \nothing; */
static bool has_modrm(char letter)
{
    return letter == 'm' || letter == 'b' || letter == 'z' || letter == 'f' ||
           letter == 'F';
}

bool insn_shape(const uint8_t *code, unsigned int nr_bytes,
                struct insn_shape *shape)
{
    struct walk w = {.code = code, .nr_bytes = nr_bytes};
    char letter;

    if (!take_prefixes(&w)) {
        return false;
    }
    letter = take_opcode(&w);
    if (letter == 'x' || (letter == 'r' && !take(&w, 1))) {
        return false;
    }
    if (has_modrm(letter) && (!take_modrm(&w) || is_other_group(&w))) {
        return false;
    }
    if (!take_immediate(&w, letter) || w.at > INSN_MAX_BYTES) {
        return false;
    }
    w.shape.bytes = (uint8_t)w.at;
    //@ assert w.shape.bytes <= nr_bytes;
    *shape = w.shape;
    return true;
}
