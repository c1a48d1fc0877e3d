// SPDX-License-Identifier: GPL-2.0
/*
 * Alternatives on x86-64: decodes their records and moves their code to the
 * place where it is to run, instruction by instruction, since distances to
 * what lies outside the code change on the way. Writes no text. Example: the
 * code e8 00 00 00 00 (call the next instruction's address, once linked) of an
 * alternative 0x100 bytes behind its place becomes e8 00 01 00 00 there.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <asm/alternative.h>
#include <asm/cpufeature.h>
#include <asm/insn_shape.h>
#include <asm/nops.h>

#define CALL_REL32 0xe8
#define JMP_REL32 0xe9
#define JMP_REL8 0xeb

_Static_assert(sizeof(struct alt_instr) == ARCH_LIVEPATCH_ALT_BYTES,
               "the size that payloads have");

/* code[at .. at + shape.bytes) of an alternative. */
struct insn {
    const struct livepatch_alternative *alt;
    unsigned int at;
    struct insn_shape shape;
};

struct livepatch_alternative arch_livepatch_read_alternative(const void *record)
{
    const uintptr_t base = (uintptr_t)record;
    struct alt_instr r;

    memcpy(&r, record, sizeof(r));
    return (struct livepatch_alternative){
        .place =
            (uint8_t *)(base + offsetof(struct alt_instr, place) + r.place),
        .place_bytes = r.original_bytes + r.padding_bytes,
        .code =
            (const uint8_t *)(base + offsetof(struct alt_instr, code) + r.code),
        .code_bytes = r.code_bytes,
        .feature = r.feature & ~ALT_NEGATED,
        .is_negated = (r.feature & ALT_NEGATED) != 0,
    };
}

static int64_t read_distance(const struct insn *insn)
{
    const uint8_t *field = insn->alt->code + insn->at + insn->shape.distance_at;
    int32_t distance;

    if (insn->shape.distance_bytes == 1) {
        return (int8_t)*field;
    }
    memcpy(&distance, field, sizeof(distance));
    return distance;
}

/* The opcode of a call or jump ends where its distance begins. */
static uint8_t opcode_of(const struct insn *insn)
{
    return insn->alt->code[insn->at + insn->shape.distance_at - 1];
}

static bool is_call(const struct insn *insn)
{
    return insn->shape.is_branch && opcode_of(insn) == CALL_REL32;
}

static bool is_call_or_jump(const struct insn *insn)
{
    const uint8_t opcode = opcode_of(insn);

    return is_call(insn) || (insn->shape.is_branch &&
                             (opcode == JMP_REL32 || opcode == JMP_REL8));
}

/* What lies in the code moves with it; a branch may leave it at its end, but a
 * call is of what happens to lie behind it. */
static bool stays_inside(const struct insn *insn, int64_t distance)
{
    const int64_t target = insn->at + insn->shape.bytes + distance;
    const bool may_leave = insn->shape.is_branch && !is_call(insn);

    return target >= 0 && target < insn->alt->code_bytes + may_leave;
}

/* Once it stands at the place. Nobody comes back from there. */
static bool leads_to_itself(const struct insn *insn, int64_t distance)
{
    return distance == -(int64_t)insn->shape.bytes && is_call_or_jump(insn);
}

/* Writes the distance as it is from the place. */
static int move_distance(const char *payload, const struct insn *insn,
                         uint8_t *bytes)
{
    const unsigned int width = insn->shape.distance_bytes;
    const int64_t old = read_distance(insn);
    const bool is_inside = stays_inside(insn, old);
    const int64_t moved = is_inside
                              ? old
                              : old + (int64_t)((uintptr_t)insn->alt->code -
                                                (uintptr_t)insn->alt->place);
    const int64_t end = 1LL << (8 * width - 1);

    if (leads_to_itself(insn, moved)) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: alternative for %p: byte %u of its code "
                      "is a call or jump to itself",
                      payload, insn->alt->place, insn->at);
        return -EINVAL;
    }
    if (moved < -end || moved >= end) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: alternative for %p: byte %u of its code refers "
            "to %ld bytes away, out of reach of %u bytes",
            payload, insn->alt->place, insn->at, moved, width);
        return -EOVERFLOW;
    }
    memcpy(bytes + insn->at + insn->shape.distance_at, &moved, width);
    return 0;
}

int arch_livepatch_move_code(const char *payload,
                             const struct livepatch_alternative *alt,
                             uint8_t *bytes)
{
    struct insn insn = {.alt = alt};

    memcpy(bytes, alt->code, alt->code_bytes);
    for (; insn.at < alt->code_bytes; insn.at += insn.shape.bytes) {
        const unsigned int left = alt->code_bytes - insn.at;
        int rc = 0;

        if (!insn_shape(alt->code + insn.at, left, &insn.shape)) {
            livepatch_log(
                XENLOG_ERR
                "livepatch: %s: alternative for %p: byte %u of its code: "
                "not known how to move %*ph",
                payload, alt->place, insn.at, (int)min(left, 8u),
                alt->code + insn.at);
            return -EOPNOTSUPP;
        }
        if (insn.shape.distance_bytes) {
            rc = move_distance(payload, &insn, bytes);
        }
        if (rc) {
            return rc;
        }
    }
    fill_with_nops(bytes + alt->code_bytes, alt->place_bytes - alt->code_bytes);
    return 0;
}

bool arch_livepatch_wants(const struct livepatch_alternative *alt)
{
    return boot_cpu_has(alt->feature) != alt->is_negated;
}
