/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hooks of the fuzzer's payloads. Each is a stub in the payload's text
 * that comes here and says whose hook it is and of which kind. Here the call
 * is written down, and answered as the model has foreseen it. What a hook
 * says no with is the recipe's; when, is the model's.
 */
#ifndef FUZZ_OPS_HOOK_H
#define FUZZ_OPS_HOOK_H

#include "recipe.h"

#define HOOK_STUB_BYTES 32
#define HOOK_MAX_CALLS 128
#define HOOK_TEXT_BYTES 256 /* the hypervisor's functions */
#define HOOK_MARK_ALL UINT32_MAX

/* One call of one hook. */
struct hook_call {
    uint32_t serial;
    enum recipe_hook kind;
    int rc_seen;   /* post hooks: how the action ended; else 0 */
    uint32_t text; /* a checksum of the hypervisor's text at that moment */
    unsigned int nr_marked; /* entries that are shown to it as in force */
};

/* Bytes that an apply or revert hook writes, as the subsystem would. */
struct hook_write {
    unsigned long address;
    uint8_t nr;
    uint8_t bytes[LIVEPATCH_OPAQUE_SIZE];
};

/* A call that the model foresees, and what the hook does in it. */
struct hook_plan {
    struct hook_call call;
    int answer;
    unsigned int nr_marks; /* entries that it says are done, from the first */
    unsigned int nr_writes;
    struct hook_write write[SCRIPT_FUNCTIONS];
};

struct hook_plans {
    unsigned int nr;
    struct hook_plan plan[HOOK_MAX_CALLS];
};

extern const char *const hook_names[HOOK_NR];

/* How many hooks of that kind the payload has. */
unsigned int hook_count(const struct recipe *recipe, enum recipe_hook kind);

/* The answer with which a hook of the kind says no, and what it marks. */
int hook_refusal(const struct recipe *recipe, enum recipe_hook kind,
                 unsigned int *nr_marks);

/* Whether call number n says no. */
bool hook_refuses(const struct recipe *recipe, enum recipe_hook kind,
                  unsigned int n);

/* Of what a hook can see of the text. */
uint32_t hook_checksum(const uint8_t text[HOOK_TEXT_BYTES]);

/* Machine code, HOOK_STUB_BYTES of it. */
void hook_stub(uint8_t *at, uint32_t serial, enum recipe_hook kind);

/* From here on hooks do what is planned (NULL: nothing); what they are asked is
 * noted anew. */
void hook_expect(const struct hook_plans *plans);

/* The calls since then. */
unsigned int hook_calls(const struct hook_call **calls);

#endif
