/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the authors of payloads (docs/payloads.md): what a payload's C source
 * includes, after <xen/livepatch.h>, to name the functions that it replaces,
 * the hooks that it wants called, what it says of itself, and the hypervisor's
 * static symbols.
 *
 * A function to patch is one entry in section .livepatch.funcs:
 *
 *     LIVEPATCH_FUNC(xen_extra_version, new_extra_version, 16);
 *
 * replaces the hypervisor's xen_extra_version by new_extra_version; a static
 * function of a file is spelled in full with LIVEPATCH_FUNC_NAMED:
 *
 *     LIVEPATCH_FUNC_NAMED("common/sysctl.c#physinfo", physinfo, new_physinfo,
 *                          OLD_SIZE);
 *
 * with the old function's size as `nm -S xen-syms` shows it. One file may have
 * any number of them, and a payload any number of files.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_H
#define XEN_LIVEPATCH_PAYLOAD_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <asm/system.h>
#include <public/sysctl.h>

/*
 * The hypervisor's symbol of this full name, "FILE#SYMBOL" of a static one,
 * under a name of the payload's own:
 *
 *     extern unsigned int level LIVEPATCH_SYMBOL("common/printk.c#level");
 *
 * The assembler wants quotes around such a name. clang adds them itself, and
 * would take these for a part of the name.
 */
#ifdef __clang__
#define LIVEPATCH_SYMBOL(full_name) __asm__(full_name)
#else
#define LIVEPATCH_SYMBOL(full_name) __asm__("\"" full_name "\"")
#endif

/* Aligned as its type: a compiler that aligns large objects to more leaves gaps
 * between the entries of a file, and a section of entries has none. What
 * follows the sizes is further fields: LIVEPATCH_EXPECT(). Its name is one that
 * assemblers drop (.L): stock Xen refuses a payload of which even a local
 * symbol has the name of one in another, as two fixes of one function would. */
#define LIVEPATCH_ENTRY(symbol, tag, new_fn, new_bytes, bytes, ...)            \
    static struct livepatch_func livepatch_func_##tag __asm__(                 \
        ".Llivepatch_func_" #tag) __used_section(".livepatch.funcs")           \
        __aligned(8) = {.version = LIVEPATCH_PAYLOAD_VERSION,                  \
                        .name = (symbol),                                      \
                        .new_addr = (void *)(new_fn),                          \
                        .old_addr = NULL,                                      \
                        .new_size = (new_bytes),                               \
                        .old_size = (bytes),                                   \
                        __VA_ARGS__}

/*
 * new_size is only informative for a replaced function: the entry says the
 * smallest size that a trampoline's target can have. The tag is a name that no
 * other entry of the file has.
 */
#define LIVEPATCH_FUNC_NAMED(symbol, tag, new_fn, bytes, ...)                  \
    LIVEPATCH_ENTRY(symbol, tag, new_fn, 1, bytes, ##__VA_ARGS__)

/* For a global function; bytes: its size in the running hypervisor. */
#define LIVEPATCH_FUNC(old_fn, new_fn, bytes, ...)                             \
    LIVEPATCH_FUNC_NAMED(#old_fn, old_fn, new_fn, bytes, ##__VA_ARGS__)

/* The first nop_bytes of a function do nothing; bytes: its size. */
#define LIVEPATCH_NOPS_NAMED(symbol, tag, nop_bytes, bytes, ...)               \
    LIVEPATCH_ENTRY(symbol, tag, NULL, nop_bytes, bytes, ##__VA_ARGS__)

#define LIVEPATCH_NOPS(old_fn, nop_bytes, bytes, ...)                          \
    LIVEPATCH_NOPS_NAMED(#old_fn, old_fn, nop_bytes, bytes, ##__VA_ARGS__)

/*
 * Last in any of these: the old function begins with these bytes, 31 at most
 * (more do not compile), or the payload is not applied.
 */
#define LIVEPATCH_EXPECT(...)                                                  \
    .expect = {.enabled = 1,                                                   \
               .len = sizeof((const uint8_t[]){__VA_ARGS__}),                  \
               .data = {__VA_ARGS__}}

/* Metadata: what the payload says of itself, for people. Both are strings; any
 * number of them, each key once. Aligned so that no gap is between them. */
#define LIVEPATCH_MODINFO(key, value)                                          \
    LIVEPATCH_MODINFO_LINE(__COUNTER__, key "=" value)
#define LIVEPATCH_MODINFO_LINE(number, text)                                   \
    LIVEPATCH_MODINFO_STRING(number, text)
#define LIVEPATCH_MODINFO_STRING(number, text)                                 \
    static const char livepatch_modinfo_##number[] __used_section(".modinfo")  \
        __aligned(1) = text

/* What the hypervisor keeps for one entry. */
struct livepatch_fstate {
    enum livepatch_func_state applied;
};

/*
 * A payload as its hooks see it. The pointer is good for the one call. An
 * apply (revert) hook that returns 0 has set every entry's `applied` to
 * LIVEPATCH_FUNC_APPLIED (_NOT_APPLIED), as apply_payload() (revert_payload())
 * does.
 */
typedef struct payload {
    const char *name;
    int rc; /* in a post hook: how the action ended */
    unsigned int nfuncs;
    const struct livepatch_func *funcs;
    struct livepatch_fstate *fstate; /* one an entry */
} livepatch_payload_t;

/*
 * Hooks. A pre hook runs in the hypercall, all pCPUs running; a result other
 * than 0 stops the action, and is its answer. A post hook runs there too, after
 * the stop, however that ended; when there was none, only if its payload has
 * the pre hook, whose work it then undoes. The others run while all pCPUs stand
 * still: they must not wait or allocate, should not print (guests stand still
 * for as long as the console takes), and can write the hypervisor's read-only
 * data (constants, and what is constant after the boot), but no text. Load
 * hooks run before an APPLY writes text, unload hooks after a REVERT has; an
 * apply or revert hook takes the place of all that the action would do to text,
 * load and unload hooks included.
 *
 * What an apply or revert hook says is compared with the text. It may leave the
 * text alone when it applies; the payload then counts as applied, and no
 * function has changed. It has not reverted while a new function stands, and
 * whatever a hook that failed has done to the text is undone: the action ends
 * with -EINVAL, or with what the hook said.
 *
 * A hook that does not come back within a bound (10 s, boot option
 * livepatch_hook_timeout=), faults, or writes where it must not is named in
 * the log, in the stop in the report that ends the machine.
 */
typedef void livepatch_loadcall_t(void);
typedef void livepatch_unloadcall_t(void);
typedef int livepatch_precall_t(livepatch_payload_t *payload);
typedef int livepatch_actioncall_t(livepatch_payload_t *payload);
typedef void livepatch_postcall_t(livepatch_payload_t *payload);

/*
 * What an action does where no hook takes its place: load hooks and the new
 * bytes, or the old bytes and unload hooks. An apply or revert hook may call
 * either in the stop: what is done already is not done again. A post hook may,
 * too, and it is a stop of its own, after which the payload is in its new
 * state; whatever forbids such an action forbids it here.
 *   0
 *   -EINVAL  not from such a hook, or not of its own payload
 *   else     from a post hook: what the action would be answered with, or end
 *            with; -EBUSY only after a second or the action's own deadline,
 *            whichever is longer
 */
int apply_payload(struct payload *payload);
int revert_payload(struct payload *payload);

/* What Xen's own hooks call next, to enter the result into the lists. Here
 * the action does that itself, and these do nothing. */
void apply_payload_tail(struct payload *payload);
void revert_payload_tail(struct payload *payload);

#define LIVEPATCH_HOOK(type, kind, fn)                                         \
    type *__weak const livepatch_##kind##_data_##fn __used_section(            \
        ".livepatch.hooks." #kind) = (fn)

#define LIVEPATCH_LOAD_HOOK(fn) LIVEPATCH_HOOK(livepatch_loadcall_t, load, fn)
#define LIVEPATCH_UNLOAD_HOOK(fn)                                              \
    LIVEPATCH_HOOK(livepatch_unloadcall_t, unload, fn)
#define LIVEPATCH_PREAPPLY_HOOK(fn)                                            \
    LIVEPATCH_HOOK(livepatch_precall_t, preapply, fn)
#define LIVEPATCH_APPLY_HOOK(fn)                                               \
    LIVEPATCH_HOOK(livepatch_actioncall_t, apply, fn)
#define LIVEPATCH_POSTAPPLY_HOOK(fn)                                           \
    LIVEPATCH_HOOK(livepatch_postcall_t, postapply, fn)
#define LIVEPATCH_PREREVERT_HOOK(fn)                                           \
    LIVEPATCH_HOOK(livepatch_precall_t, prerevert, fn)
#define LIVEPATCH_REVERT_HOOK(fn)                                              \
    LIVEPATCH_HOOK(livepatch_actioncall_t, revert, fn)
#define LIVEPATCH_POSTREVERT_HOOK(fn)                                          \
    LIVEPATCH_HOOK(livepatch_postcall_t, postrevert, fn)

#endif
