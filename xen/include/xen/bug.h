/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Claims of our own logic, never about bytes that come from outside. They stay
 * in every build: a wrong assumption under running guests is worth its cost. A
 * claim costs one instruction that traps, out of the way; what it means stands
 * in a bug frame (<asm/bug_frame.h>), the hypervisor's or the payload's.
 */
#ifndef XEN_BUG_H
#define XEN_BUG_H

#include <xen/compiler.h>
#include <xen/types.h>

/* What the trap means; frames of each kind are in section .bug_frames.KIND. */
enum bug_kind {
    BUGFRAME_run_fn, /* call a function with the registers, go on */
    BUGFRAME_warn,   /* say where, go on */
    BUGFRAME_bug,    /* say where and stop */
    BUGFRAME_assert, /* say what was wrong and where, and stop */
    BUGFRAME_NR
};

/* What the CPU had in its registers; the arch's. */
struct trap_frame;
typedef void bug_fn_t(const struct trap_frame *frame);

/* A bug frame, decoded. */
struct bug {
    enum bug_kind kind;
    const void *where;   /* the instruction that traps */
    const void *subject; /* run_fn: the function, or NULL where the arch has it
                            in a register; else the file's name */
    unsigned int line;
    const char *message; /* of an assert: what was claimed; else NULL */
};

/*
 * The bug at an address that is being executed, in the hypervisor's or a
 * payload's text. From any context. False: the trap means something else;
 * *bug is untouched then.
 */
bool bug_find(unsigned long address, struct bug *bug);

#include <asm/bug.h>

#define BUG_ON(cond)                                                           \
    ((void)(unlikely(cond) && ({                                               \
                BUG();                                                         \
                false;                                                         \
            })))
#define WARN_ON(cond)                                                          \
    ({                                                                         \
        const bool warn_on = (cond);                                           \
        if (unlikely(warn_on)) {                                               \
            WARN();                                                            \
        }                                                                      \
        warn_on;                                                               \
    })
/* A test framework may have an ASSERT of its own. */
#ifndef ASSERT
#define ASSERT(cond)                                                           \
    ((void)(unlikely(!(cond)) && ({                                            \
                assert_failed(#cond);                                          \
                false;                                                         \
            })))
#endif
#define ASSERT_UNREACHABLE() assert_failed("unreachable")

#endif
