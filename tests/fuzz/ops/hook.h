/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hooks of the fuzzer's payloads. Each is a stub in the payload's text
 * that comes here and says whose hook it is and of which kind. Here the call
 * is written down, the deeds are done that the model has foreseen, and it is
 * answered. What a hook does and says when it is not honest is the recipe's;
 * when that is, and what comes of it, is the model's.
 */
#ifndef FUZZ_OPS_HOOK_H
#define FUZZ_OPS_HOOK_H

#include "recipe.h"

#define HOOK_STUB_BYTES 32
#define HOOK_MAX_CALLS 512
#define HOOK_TEXT_BYTES 256 /* the hypervisor's functions */
#define HOOK_MAX_DEEDS (2 * SCRIPT_DEEDS)
#define HOOK_CONSTANTS 16   /* at the end of the hypervisor's */
#define HOOK_REFUSED 0x7fff /* expected: an errno, whichever */

/* What a hook may do. */
enum hook_deed {
    DEED_NONE,
    DEED_WORK,   /* apply_payload() */
    DEED_UNWORK, /* revert_payload() */
    DEED_MARK_ALL,
    DEED_MARK_ONE, /* the first entry */
    DEED_UNMARK_ALL,
    DEED_UNMARK_ONE,
    DEED_WRITE_CONSTANT, /* where that is allowed: in the stop */
    DEED_WORK_ELSEWHERE, /* with what is not its payload */
    DEED_UNWORK_ELSEWHERE,
    DEED_TAILS,
    DEED_NR
};

/* One call of one hook. */
struct hook_call {
    uint32_t serial;
    enum recipe_hook kind;
    int rc_seen;   /* post hooks: how the action ended; else 0 */
    uint32_t text; /* a checksum of the hypervisor's text at that moment */
    unsigned int nr_marked;     /* entries that are shown to it as in force */
    int result[HOOK_MAX_DEEDS]; /* of its deeds; 0: has none */
};

/* A call that the model foresees, and what the hook does in it. */
struct hook_plan {
    struct hook_call call;
    int answer;
    bool is_late; /* a stop that it asks for will be */
    enum hook_deed deed[HOOK_MAX_DEEDS];
};

struct hook_plans {
    unsigned int nr;
    struct hook_plan plan[HOOK_MAX_CALLS];
};

extern const char *const hook_names[HOOK_NR];

/* How many hooks of that kind the payload has. */
unsigned int hook_count(const struct recipe *recipe, enum recipe_hook kind);

/* Whether call number n is one that is not honest; what it does then, and what
 * it answers. */
bool hook_is_crooked(const struct recipe *recipe, enum recipe_hook kind,
                     unsigned int n);
void hook_crooked_deeds(const struct recipe *recipe, enum recipe_hook kind,
                        enum hook_deed deed[HOOK_MAX_DEEDS]);
int hook_crooked_answer(const struct recipe *recipe, enum recipe_hook kind);

/* What an honest hook does: the work that it takes the place of. */
enum hook_deed hook_honest_deed(enum recipe_hook kind);

/* Load and unload hooks: as many as one likes, and they are shown nothing. */
bool hook_is_list(enum recipe_hook kind);

/* Hooks that run in the stop. */
bool hook_is_in_stop(enum recipe_hook kind);
bool hook_is_post(enum recipe_hook kind);

/* Where payloads with that serial write constants: a number below
 * HOOK_CONSTANTS. */
unsigned int hook_constant(uint32_t serial);

/* The constants themselves. */
uint8_t *hook_constants(void);

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
