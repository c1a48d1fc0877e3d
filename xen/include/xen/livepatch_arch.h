/* SPDX-License-Identifier: GPL-2.0 */
/*
 * THE arch contract of live patching: everything the portable subsystem asks
 * of an architecture, each function documented here and only here. Chosen by
 * link: xen/arch/ARCH/livepatch/{reloc,trampoline,alternative,alternative_call,
 * quiesce}.c with xen/common/{text,constants}_window.c, or the user-mode host
 * in tests/host.
 *
 * <asm/livepatch.h> gives what is inline, arch_livepatch_store_field()
 * (documented in <xen/livepatch_howto.h>) and arch_livepatch_is_mapping()
 * (below), and the constants:
 *   ARCH_LIVEPATCH_ELF_MACHINE   e_machine of a payload
 *   ARCH_LIVEPATCH_INSN_BYTES    bytes of the shortest instruction
 *   ARCH_PATCH_INSN_SIZE         bytes of the shortest trampoline
 *   ARCH_LIVEPATCH_EX_BYTES      bytes of an entry of an exception table (of
 *                                <xen/extable.h>); 0: there are none
 *   ARCH_LIVEPATCH_ALT_BYTES     bytes of the record of an alternative; 0:
 *                                there are none
 *   ARCH_LIVEPATCH_NR_FEATURES   features of a CPU that they can name, from 0
 *   ARCH_LIVEPATCH_ALT_CALL_BYTES  the same of an alternative call
 *   ARCH_LIVEPATCH_CALL_BYTES    bytes of the call itself
 *
 * How bug frames lie in memory: <asm/bug_frame.h>.
 */
#ifndef XEN_LIVEPATCH_ARCH_H
#define XEN_LIVEPATCH_ARCH_H

#include <xen/compiler.h>
#include <xen/cpumask.h>
#include <xen/livepatch_howto.h>
#include <xen/types.h>
#include <asm/livepatch.h>
#include <public/livepatch_ext.h>
#include <public/sysctl.h>

/* ---- what an architecture gets from the subsystem ---------------------- */

/*
 * One line in the log; fmt begins with a level as printk()'s does and has no
 * newline. Control characters in what it is given become '?'; of a very long
 * line the end is cut off, for which "..." stands. From where printk() may be
 * called.
 */
void livepatch_log(const char *fmt, ...) __printf(1, 2);

struct livepatch_alternative;

/*
 * Makes the place_bytes bytes that are to stand at the place when the code is
 * wanted: the code, made to mean the same there, and NOPs up to the end. code
 * is readable; nothing is written to the place. Logs under `payload` what is
 * wrong:
 *   -ERANGE      there is no such feature
 *   -ENOSPC      more code than the place has bytes
 *   -EINVAL      a call or jump to itself; or (arm64) the place or the code is
 *                not aligned as instructions are
 *   -EOPNOTSUPP  an instruction that is not known how to move, or a part of one
 *   -EOVERFLOW   what an instruction of the code refers to is out of its reach
 *                from the place
 * and leaves `bytes` untouched then.
 */
int livepatch_plan_alternative(const char *payload,
                               const struct livepatch_alternative *alt,
                               uint8_t *bytes) __must_check;

/* ---- reloc.c: pure ---------------------------------------------------- */

/* The row for an ELF relocation type (<xen/livepatch_howto.h>), or NULL when it
 * is not supported. Source: the psABI of the architecture. */
const struct livepatch_howto *arch_livepatch_howto(uint32_t type);

/* ---- the symbol table: inline, pure ------------------------------------ */

/*
 * True for the name of a symbol by which the assembler marks where code and
 * where data begins, and which nobody means by a name (arm64: "$x", "$d.1";
 * AAELF64, "Mapping symbols"; x86 has none).
 */
static inline bool arch_livepatch_is_mapping(const char *name);

/* ---- trampoline.c: pure but for reading text --------------------------- */

/*
 * A change of at most LIVEPATCH_OPAQUE_SIZE bytes of text: what stands at
 * `where` before, and what is to stand there after.
 */
struct livepatch_change {
    uint8_t *where;
    uint8_t nr_bytes; /* 0: nothing changes */
    uint8_t before[LIVEPATCH_OPAQUE_SIZE];
    uint8_t after[LIVEPATCH_OPAQUE_SIZE];
};

/*
 * Plans the change that makes func->old_addr go to func->new_addr, or that
 * fills func->new_size bytes with NOPs when new_addr is 0. old_addr is
 * readable for old_size bytes, new_addr for ARCH_LIVEPATCH_INSN_BYTES. Where an
 * indirect branch may land at old_addr, it may afterwards: a landing pad that
 * does nothing else (x86: ENDBR64 or its poisoned form; arm64: BTI) stays; in
 * the place of one that does (arm64: PACIASP, which the new function does
 * for itself) comes one that does not. The text may be as other payloads have
 * changed it: the plan must hold when it is as they found it. Logs under
 * `payload` what is wrong with `name`:
 *   -EINVAL      old_size leaves no room for the change; or (arm64) an address
 *                is not that of an instruction
 *   -EOPNOTSUPP  more NOP bytes than can be saved, or (arm64) a part of an
 *                instruction
 *   -EOVERFLOW   new_addr is out of the branch's reach, and old_size leaves no
 *                room for more than that branch
 * and leaves *change untouched then.
 */
int arch_livepatch_plan_change(const char *payload, const char *name,
                               const struct livepatch_func *func,
                               struct livepatch_change *change) __must_check;

/* ---- alternative.c: pure but for reading what the CPU can ------------- */

/* Other code for a place, to stand there when the CPU has a feature. */
struct livepatch_alternative {
    uint8_t *place;
    uint32_t place_bytes; /* of the original code and the padding behind it */
    const uint8_t *code;
    uint32_t code_bytes;
    uint32_t feature;
    bool is_negated; /* when the CPU has it not */
};

/* A place's bytes at most: what the record of an alternative can say. */
#define LIVEPATCH_ALTERNATIVE_MAX 510

/* Decodes a record of ARCH_LIVEPATCH_ALT_BYTES, not aligned. Follows nothing
 * that it points to. */
struct livepatch_alternative
arch_livepatch_read_alternative(const void *record);

/*
 * The part of livepatch_plan_alternative() that knows instructions; the code is
 * not longer than the place. Logs, and gives -EINVAL, -EOPNOTSUPP or -EOVERFLOW
 * as that does; `bytes` hold nothing of use then.
 */
int arch_livepatch_move_code(const char *payload,
                             const struct livepatch_alternative *alt,
                             uint8_t *bytes) __must_check;

/* True when the CPUs call for the code; the feature exists. */
bool arch_livepatch_wants(const struct livepatch_alternative *alt);

/* ---- alternative_call.c: pure but for reading code ---------------------- */

/*
 * An alternative call is a call through a pointer of which it is known at some
 * time that the pointer will not change any more: then it becomes a call of
 * what the pointer holds. There are two ways to say where one stands: a record
 * of .alt_call_sites, and (Xen up to 4.20) an alternative for all CPUs whose
 * code is a call to itself.
 */

/* The call that a record of ARCH_LIVEPATCH_ALT_CALL_BYTES, not aligned, is
 * about. Follows nothing. */
uint8_t *arch_livepatch_read_alt_call(const void *record);

/* True when the alternative, whose code is readable, means a call at its
 * place, which has ARCH_LIVEPATCH_CALL_BYTES then. */
bool arch_livepatch_is_alt_call(const struct livepatch_alternative *alt);

/*
 * Where the pointer lies through which the call at `site` goes. The bytes of
 * the call are readable; the pointer is anything. -EINVAL, logged under
 * `payload`: no call through a pointer.
 */
int arch_livepatch_find_pointer(const char *payload, const uint8_t *site,
                                const void **pointer) __must_check;

/*
 * Makes the bytes that are to stand at `site`: a call of `target`, of which
 * target_bytes bytes are readable, behind its landing pad; or traps, when it is
 * NULL. -EOVERFLOW, logged under `payload`: it is out of reach.
 */
int arch_livepatch_plan_alt_call(const char *payload, const uint8_t *site,
                                 const void *target, size_t target_bytes,
                                 uint8_t *bytes) __must_check;

/* ---- text.c: writing to sealed text ------------------------------------ */

/* A payload's way to write its changes, however often. */
struct livepatch_window;

/*
 * Makes a window onto the text of nr changes (changes[i].where, .nr_bytes;
 * order is their numbers as they lie in memory): mapped text of the hypervisor
 * or of payloads, which must stay where it is, as the changes must, until the
 * window is closed. Nobody can write through it yet. Allocates; every pCPU is
 * running.
 *   0        *window is the caller's, who closes it
 *   -ENOMEM
 *   -EINVAL  an address is not mapped
 *   -ENOSPC  the changes lie in more pages than can be written at once
 */
int arch_livepatch_window_open(const struct livepatch_change *changes,
                               const uint32_t *order, unsigned int nr,
                               struct livepatch_window **window) __must_check;

/*
 * Puts every change's new bytes in place, first change to last; or the old ones
 * back, last to first. In the stopped region only: text can be written from
 * within the call alone, by the calling pCPU and no other. Cannot fail,
 * allocates nothing, locks nothing and walks no page table.
 */
void arch_livepatch_window_write(const struct livepatch_window *window);
void arch_livepatch_window_restore(const struct livepatch_window *window);

/* Frees. NULL is allowed. */
void arch_livepatch_window_close(struct livepatch_window *window);

/* ---- constants.c: writing to read-only data ---------------------------- */

/*
 * Gets ready for what follows, while every pCPU is running and nobody changes
 * the hypervisor's mappings. Cannot fail.
 */
void arch_livepatch_constants_prepare(void);

/*
 * In the stopped region, after that: from open to close the calling pCPU, and
 * no other, can write the hypervisor's constants and what is constant after the
 * boot. Text stays as it is, but for what is written through a window
 * meanwhile. Calls nest.
 */
void arch_livepatch_constants_open(void);
void arch_livepatch_constants_close(void);

/* ---- quiesce.c: bringing pCPUs to a stop ------------------------------- */

/*
 * Makes each pCPU in cpus (never the caller) reach check_for_livepatch_work()
 * soon, wherever it is: in a guest, parked, or in arch_livepatch_wait(). Does
 * not wait. Everything the caller wrote before is visible to the kicked pCPU
 * when it gets there.
 */
void arch_livepatch_kick(const cpumask_t *cpus);

/*
 * Lets those of cpus that sleep in arch_livepatch_wait() look again. Disturbs a
 * pCPU elsewhere as little as it can. Nothing to do where waiting spins.
 */
void arch_livepatch_release(const cpumask_t *cpus);

/*
 * Waits a moment for another pCPU: sleeps until released where sleeping is
 * better, spins where that is. May return at any time; a release that was sent
 * after the caller last looked at what it waits for is never lost.
 */
void arch_livepatch_wait(void);

/*
 * What another pCPU is doing, for a message: fills the whole record. The pCPU
 * runs on meanwhile, so it is a guess at a moving thing; it disturbs nothing
 * and reads nothing that could be gone. Of a pCPU in the hypervisor the address
 * need be no more exact than the function that serves what the pCPU left its
 * guest for.
 */
void arch_livepatch_locate(unsigned int cpu, struct livepatch_ext_late *late);

/*
 * On every pCPU as it leaves a rendezvous in which text changed: no
 * instruction fetched before the change is executed after this returns.
 * x86: a serialising instruction (AMD APM vol. 2, 7.6.1); arm: ISB.
 */
void arch_livepatch_sync(void);

#endif
