// SPDX-License-Identifier: GPL-2.0
/*
 * Alternatives on arm64: decodes their records and moves their code to the
 * place where it is to run, instruction by instruction, since distances to
 * what lies outside the code change on the way. Writes no text. Example: the
 * code 94000040 (bl +0x100) of an alternative 0x80 bytes behind its place
 * becomes 94000060 (bl +0x180) there.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <asm/alternative.h>

#define INSN_CALL 0x94000000
#define INSN_CALL_MASK 0xfc000000
#define PAGE_LOW (LIVEPATCH_RELOC_PAGE - 1)

_Static_assert(sizeof(struct alt_instr) == ARCH_LIVEPATCH_ALT_BYTES,
               "the size that payloads have");

/* The instruction code[at] of an alternative. */
struct moving {
    const char *payload;
    const struct livepatch_alternative *alt;
    unsigned int at;
    uint32_t insn;
    struct insn_shape shape;
};

struct livepatch_alternative arch_livepatch_read_alternative(const void *record)
{
    const uintptr_t base = (uintptr_t)record;
    struct alt_instr r;

    memcpy(&r, record, sizeof(r));
    return (struct livepatch_alternative){
        .place = (uint8_t *)(base + offsetof(struct alt_instr, orig_offset) +
                             r.orig_offset),
        .place_bytes = r.orig_len,
        .code =
            (const uint8_t *)(base + offsetof(struct alt_instr, alt_offset) +
                              r.alt_offset),
        .code_bytes = r.alt_len,
        .feature = r.cpufeature,
    };
}

/* How far what the instruction refers to is from it. */
static int64_t read_distance(const struct moving *m)
{
    return insn_get_field(m->insn, m->shape.field) * (1LL << m->shape.shift);
}

static bool is_call(const struct moving *m)
{
    return (m->insn & INSN_CALL_MASK) == INSN_CALL;
}

/* What lies in the code moves with it; a branch may leave it at its end, but a
 * call is of what happens to lie behind it. */
static bool stays_inside(const struct moving *m, int64_t distance)
{
    const int64_t target = m->at + distance;
    const bool may_leave = m->shape.kind != INSN_LITERAL && !is_call(m);

    return target >= 0 && target < (int64_t)m->alt->code_bytes + may_leave;
}

/* How far the same is from where the instruction will stand. */
static int64_t moved_distance(const struct moving *m, int64_t distance)
{
    const uint64_t from = (uint64_t)m->alt->code + m->at;
    const uint64_t to = (uint64_t)m->alt->place + m->at;

    if (m->shape.kind == INSN_PAGE) {
        return distance + (int64_t)((from & ~PAGE_LOW) - (to & ~PAGE_LOW));
    }
    return stays_inside(m, distance) ? distance
                                     : distance + (int64_t)(from - to);
}

static int refuse_insn(const struct moving *m)
{
    livepatch_log(XENLOG_ERR
                  "livepatch: %s: alternative for %p: byte %u of its code: not "
                  "known how to move %08x",
                  m->payload, m->alt->place, m->at, m->insn);
    return -EOPNOTSUPP;
}

static int check_distance(const struct moving *m, int64_t moved)
{
    if (m->shape.kind == INSN_JUMP && moved == 0) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: alternative for %p: byte %u of its code "
                      "is a call or jump to itself",
                      m->payload, m->alt->place, m->at);
        return -EINVAL;
    }
    if (!insn_field_holds(m->shape.field, moved >> m->shape.shift)) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: alternative for %p: byte %u of its code refers "
            "to %ld bytes away, out of reach",
            m->payload, m->alt->place, m->at, moved);
        return -EOVERFLOW;
    }
    return 0;
}

/*
 * Data among the code would be taken for instructions and moved as such: code
 * that refers to some is refused.
 */
static int move_insn(struct moving *m)
{
    int64_t distance, moved;
    int rc;

    if (m->shape.kind == INSN_IMMOVABLE) {
        return refuse_insn(m);
    }
    distance = read_distance(m);
    if (m->shape.kind == INSN_LITERAL && stays_inside(m, distance)) {
        return refuse_insn(m);
    }
    moved = moved_distance(m, distance);
    rc = check_distance(m, moved);
    if (rc == 0) {
        m->insn =
            insn_put_field(m->insn, m->shape.field, moved >> m->shape.shift);
    }
    return rc;
}

static int move_insns(const char *payload,
                      const struct livepatch_alternative *alt, uint8_t *bytes)
{
    struct moving m = {.payload = payload, .alt = alt};

    for (; m.at < alt->code_bytes; m.at += INSN_BYTES) {
        int rc = 0;

        m.insn = insn_read(alt->code + m.at);
        m.shape = insn_shape(m.insn);
        if (m.shape.kind != INSN_ANYWHERE) {
            rc = move_insn(&m);
        }
        if (rc) {
            return rc;
        }
        insn_write(bytes + m.at, m.insn);
    }
    for (; m.at < alt->place_bytes; m.at += INSN_BYTES) {
        insn_write(bytes + m.at, INSN_NOP);
    }
    return 0;
}

/* Place and code are of whole instructions, where there can be some. */
static int check_shape(const char *payload,
                       const struct livepatch_alternative *alt)
{
    if (!insn_is_aligned(alt->place) ||
        (alt->code_bytes && !insn_is_aligned(alt->code))) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: alternative for %p: place and code, at "
                      "%p, must be aligned to %u",
                      payload, alt->place, alt->code, INSN_BYTES);
        return -EINVAL;
    }
    if (alt->place_bytes % INSN_BYTES || alt->code_bytes % INSN_BYTES) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: alternative for %p: %u bytes of code for "
                      "a place of %u: instructions have %u each",
                      payload, alt->place, alt->code_bytes, alt->place_bytes,
                      INSN_BYTES);
        return -EOPNOTSUPP;
    }
    return 0;
}

int arch_livepatch_move_code(const char *payload,
                             const struct livepatch_alternative *alt,
                             uint8_t *bytes)
{
    const int rc = check_shape(payload, alt);

    return rc ? rc : move_insns(payload, alt, bytes);
}

bool arch_livepatch_wants(const struct livepatch_alternative *alt)
{
    return cpus_have_cap(alt->feature);
}
