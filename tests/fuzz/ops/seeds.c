// SPDX-License-Identifier: GPL-2.0
/*
 * The scripts. Names are 0 'a', 1 'b', 2 'c'; ids are one more than said, and
 * a payload says on which it depends by that id.
 */
#include "seeds.h"

#include <xen/lib.h>
#include <public/sysctl.h>

#include "hook.h"

#define ACT(which, what)                                                       \
    {                                                                          \
        .verb = VERB_ACTION, .name = (which), .action = {                      \
            .cmd = LIVEPATCH_ACTION_##what - 1                                 \
        }                                                                      \
    }
#define ACT_NODEPS(which, what)                                                \
    {                                                                          \
        .verb = VERB_ACTION, .name = (which), .action = {                      \
            .cmd = LIVEPATCH_ACTION_##what - 1,                                \
            .flags = 1                                                         \
        }                                                                      \
    }
#define ASK(what, nr_names, first, second)                                     \
    {                                                                          \
        .verb = VERB_DRY_ACTION, .set = {                                      \
            .cmd = LIVEPATCH_ACTION_##what - 1,                                \
            .nr = (nr_names)-1,                                                \
            .names = {(first), (second)}                                       \
        }                                                                      \
    }
#define ALL_HOOKS 0xff
#define NO_ACTIONS (uint8_t) ~(1 << HOOK_APPLY | 1 << HOOK_REVERT)
#define ACTIONS (1 << HOOK_APPLY | 1 << HOOK_REVERT)
#define IN_STOP (1 << HOOK_LOAD | 1 << HOOK_UNLOAD)
#define EXPECT(what, len) ((len) << 4 | EXPECT_##what)
#define EXPORT_0 (SYMBOL_EXPORT)
#define DEEDS(first, second, third)                                            \
    {                                                                          \
        DEED_##first | DEED_##second << 4, DEED_##third                        \
    }
#define LIES 0x40 /* answers 0; with a bit for each call */

/* A on the hypervisor, B on A; both replace `answer`. */
static const struct script_step stacked[] = {
    {.verb = VERB_UPLOAD, .name = 0, .upload = {.id = 0}},
    {.verb = VERB_UPLOAD, .name = 1, .upload = {.id = 1, .depends = 1}},
    ACT(1, APPLY),
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(0, REVERT),
    ACT(0, UNLOAD),
    {.verb = VERB_GET, .name = 1},
    {.verb = VERB_LIST, .version = 1, .list = {.names_room = 3}},
    ACT(1, REVERT),
    ACT(1, REVERT),
    ACT(0, REVERT),
    ACT(0, APPLY),
};

/* Several functions, of all kinds; expectations of the text as it is. */
static const struct script_step functions[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.nr_functions = 3,
                .features = 5,
                .functions = {{SYMBOL_ANSWER, 0, 0, EXPECT(CURRENT, 0)},
                              {SYMBOL_ENDBR, 0, 0, EXPECT(ORIGINAL, 3)},
                              {SYMBOL_POISON, 1, 0x21, 0},
                              {SYMBOL_LOCAL, 2, 0, 0}}}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2,
                .nr_functions = 1,
                .functions = {{SYMBOL_ANSWER, 1, 0x74, EXPECT(ORIGINAL, 1)},
                              {SYMBOL_LOCAL, 6, 0, EXPECT(CURRENT, 1)}}}},
    ACT(0, APPLY),
    ACT_NODEPS(2, APPLY),
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1, .functions = {{0, 0, 0, EXPECT(CURRENT, 4)}}}},
    ACT_NODEPS(1, APPLY),
    ACT_NODEPS(2, APPLY),
    {.verb = VERB_UPLOAD,
     .name = 3,
     .upload = {.id = 3, .functions = {{0, 0, 0, EXPECT(WRONG, 0)}}}},
    ACT(3, REPLACE),
    ACT_NODEPS(2, REPLACE),
    ACT(2, REVERT),
    ACT_NODEPS(0, APPLY),
};

/* B refers to an export of A and patches another; C clashes. */
static const struct script_step linked[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.exports = 3, .features = 0x21}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .exports = 0x14,
                .references = {4, 0xf9},
                .functions = {{SYMBOL_EXPORT + 1, 0, 0, EXPECT(CURRENT, 1)}}}},
    {.verb = VERB_UPLOAD, .name = 2, .upload = {.id = 2, .exports = 1}},
    ACT(0, UNLOAD),
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(1, REVERT),
    ACT(0, REVERT),
    ACT(0, APPLY),
    ACT(0, UNLOAD),
    ACT(1, UNLOAD),
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .functions = {{SYMBOL_EXPORT, 0x22, 0, EXPECT(CURRENT, 1)}}}},
    ACT(0, UNLOAD),
    ACT(1, UNLOAD),
    ACT(0, UNLOAD),
};

/* Hooks around; A's preapply says no once, B's apply does. */
static const struct script_step hooks[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.hooks = NO_ACTIONS, .answers = {0x80, 0, 1, 0, 0, 0x11}}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .hooks = ALL_HOOKS,
                .answers = {0, 0, 0, 0x61, 0, 0, 0x71}}},
    ACT(0, APPLY),
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(1, APPLY),
    ACT(0, REPLACE),
    ACT(1, REVERT),
    ACT(1, REVERT),
    ACT(0, REVERT),
    {.verb = VERB_ACTION,
     .name = 0,
     .luck = 0xf0,
     .action = {.cmd = LIVEPATCH_ACTION_REVERT - 1}},
    ACT(0, REVERT),
};

/* Old functions that end where the text does, and a byte behind it; two crowds
 * of exports; hooks that are NULL. */
static const struct script_step edges[] = {
    {.verb = VERB_UPLOAD, .name = 0, .upload = {.exports = 1, .where = 1}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1, .functions = {{SYMBOL_EXPORT, 0, 15, 0}}}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .where = 1,
                .functions = {{SYMBOL_EXPORT, 0, 14, 0}}}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2,
                .depends = 2,
                .hooks = NO_ACTIONS,
                .references = {4},
                .where = 2,
                .value = ALL_HOOKS}},
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(2, APPLY),
    ACT(2, REVERT),
    ACT_NODEPS(2, REPLACE),
};

/* A set that lies on itself; it goes in parts. */
static const struct script_step layers[] = {
    {.verb = VERB_UPLOAD, .name = 0},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1, .depends = 1, .functions = {{.shape = 1}}}},
    {.verb = VERB_UPLOAD, .name = 2, .upload = {.id = 2, .depends = 2}},
    {.verb = VERB_SET, .set = {.nr = 2, .names = {0, 1, 2}}},
    ACT(2, REVERT),
    {.verb = VERB_SET, .set = {.nr = 1, .cmd = 1, .names = {0, 1}}},
    {.verb = VERB_SET, .set = {.nr = 1, .names = {1, 0}, .flags = 1}},
    {.verb = VERB_SET, .set = {.nr = 1, .cmd = 1, .names = {1, 0}}},
};

/* A set whose first has an apply hook for text that the second needs. */
static const struct script_step hooked[] = {
    {.verb = VERB_UPLOAD, .name = 0, .upload = {.hooks = ACTIONS}},
    {.verb = VERB_UPLOAD, .name = 1, .upload = {.id = 1, .depends = 1}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2,
                .depends = 1,
                .functions = {{SYMBOL_QUESTION, 0, 0, 0}}}},
    {.verb = VERB_SET, .set = {.nr = 1, .names = {0, 1}}},
    {.verb = VERB_SET, .set = {.nr = 1, .names = {0, 2}}},
    ACT_NODEPS(1, APPLY),
};

/* Sets, one of which fails in the middle; then REPLACE, which fails too. */
static const struct script_step sets[] = {
    {.verb = VERB_UPLOAD, .name = 0, .upload = {.hooks = IN_STOP}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .hooks = ACTIONS,
                .answers = {0, 0, 0, 0x01, 0, 0, 0x01},
                .functions = {{SYMBOL_QUESTION, 0, 0, 0}}}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2, .depends = 2, .hooks = 1 << HOOK_REVERT}},
    {.verb = VERB_SET, .set = {.nr = 2, .names = {0, 1, 2}}},
    {.verb = VERB_SET, .set = {.nr = 2, .names = {0, 1, 2}}},
    {.verb = VERB_UPLOAD, .name = 3, .upload = {.id = 3}},
    ACT(3, REPLACE),
    {.verb = VERB_SET, .luck = 0xf0, .set = {.cmd = 1, .names = {2}}},
    {.verb = VERB_SET, .set = {.cmd = 1, .nr = 1, .names = {1, 2}}},
    ACT(3, REPLACE),
    ACT(3, REPLACE),
    {.verb = VERB_HISTORY, .read = {.from = 5, .nr = 5}},
    {.verb = VERB_TELEMETRY, .read = {.nr = 1}},
};

/* Action hooks that only say so, do a part, or too much, or fail after all. */
static const struct script_step liars[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.hooks = ALL_HOOKS,
                .nr_functions = 1,
                .answers = {[HOOK_APPLY] = LIES | 3, [HOOK_REVERT] = LIES | 7},
                .deeds = {[HOOK_APPLY] = DEEDS(WORK, UNMARK_ONE, NONE),
                          [HOOK_REVERT] = DEEDS(UNMARK_ALL, TAILS, NONE)},
                .functions = {{SYMBOL_ANSWER, 0, 0, 0},
                              {SYMBOL_LOCAL, 0, 0, 0}}}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .hooks = ACTIONS | IN_STOP,
                .answers = {[HOOK_APPLY] = 1, [HOOK_REVERT] = 1},
                .deeds = {[HOOK_APPLY] = DEEDS(WORK, NONE, NONE),
                          [HOOK_REVERT] = DEEDS(UNWORK, MARK_ALL, NONE)}}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2,
                .depends = 1,
                .hooks = ACTIONS,
                .nr_functions = 1,
                .answers = {[HOOK_APPLY] = LIES | 1},
                .deeds = {[HOOK_APPLY] = DEEDS(MARK_ONE, NONE, NONE)},
                .functions = {{SYMBOL_QUESTION, 0, 0, 0},
                              {SYMBOL_POISON, 0, 0, 0}}}},
    ACT(0, APPLY),
    ACT(0, APPLY),
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(1, APPLY),
    ACT(1, REVERT),
    ACT(1, REVERT),
    ACT(2, APPLY),
    ACT(0, REVERT),
    ACT(0, UNLOAD),
    ACT(0, REVERT),
    ACT(0, REVERT),
    ACT(0, REVERT),
    ACT(0, UNLOAD),
};

/* An apply hook that leaves the text alone, and a revert hook that agrees; one
 * that has no functions; hooks that write constants. */
static const struct script_step odd_ones[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload =
         {.hooks = ACTIONS | IN_STOP,
          .answers = {0x81,
                      1, [HOOK_APPLY] = LIES | 5, [HOOK_REVERT] = LIES | 1},
          .deeds = {[HOOK_LOAD] = DEEDS(WRITE_CONSTANT, WORK, NONE),
                    [HOOK_UNLOAD] = DEEDS(WRITE_CONSTANT, UNWORK, NONE),
                    [HOOK_APPLY] = DEEDS(WRITE_CONSTANT, MARK_ALL, NONE),
                    [HOOK_REVERT] = DEEDS(UNMARK_ALL, NONE, NONE)}}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .nr_functions = 0xf8,
                .hooks = IN_STOP | ACTIONS,
                .answers = {[HOOK_APPLY] = LIES | 1, [HOOK_REVERT] = LIES | 1},
                .deeds = {[HOOK_APPLY] = DEEDS(WORK, NONE, WORK_ELSEWHERE)}}},
    {.verb = VERB_UPLOAD, .name = 2, .upload = {.id = 2, .depends = 2}},
    ACT(0, APPLY),
    ACT(1, APPLY),
    ACT(2, APPLY),
    ACT(2, REVERT),
    ACT(1, REVERT),
    ACT(1, APPLY),
    ACT(1, REVERT),
    ACT(0, REVERT),
    ACT(0, APPLY),
    ACT(0, REVERT),
    ACT(0, APPLY),
};

/* Post hooks that do what the action has not done, or take it back; pre hooks
 * that try. */
static const struct script_step posts[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.hooks = ALL_HOOKS,
                .answers = {[HOOK_PREAPPLY] = LIES | 15,
                            [HOOK_APPLY] = 1,
                            [HOOK_POSTAPPLY] = 3,
                            [HOOK_REVERT] = 1,
                            [HOOK_POSTREVERT] = 1},
                .deeds = {[HOOK_PREAPPLY] = DEEDS(WORK, WORK_ELSEWHERE, NONE),
                          [HOOK_POSTAPPLY] = DEEDS(WORK, UNWORK, WORK),
                          [HOOK_POSTREVERT] = DEEDS(UNWORK, UNWORK, NONE)}}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .hooks = 1 << HOOK_POSTAPPLY,
                .features = 1,
                .answers = {[HOOK_POSTAPPLY] = 1},
                .deeds = {[HOOK_POSTAPPLY] = DEEDS(UNWORK, WORK, NONE)}}},
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2,
                .depends = 2,
                .hooks = 1 << HOOK_POSTAPPLY,
                .answers = {[HOOK_POSTAPPLY] = 1},
                .deeds = {[HOOK_POSTAPPLY] = DEEDS(UNWORK, NONE, NONE)}}},
    ACT(0, APPLY),
    ACT(0, REVERT),
    {.verb = VERB_ACTION,
     .name = 0,
     .luck = 0xf0,
     .action = {.cmd = LIVEPATCH_ACTION_APPLY - 1}},
    {.verb = VERB_SET, .set = {.nr = 2, .names = {0, 1, 2}}},
    ACT(1, APPLY),
    ACT(0, APPLY),
};

/* A post hook in a set that would pull its payload out from under another. */
static const struct script_step pulling[] = {
    {.verb = VERB_UPLOAD,
     .name = 0,
     .upload = {.hooks = 1 << HOOK_POSTAPPLY,
                .answers = {[HOOK_POSTAPPLY] = 1},
                .deeds = {[HOOK_POSTAPPLY] = DEEDS(UNWORK, WORK, NONE)}}},
    {.verb = VERB_UPLOAD, .name = 1, .upload = {.id = 1, .depends = 1}},
    {.verb = VERB_SET, .set = {.nr = 1, .names = {0, 1}}},
};

/* A set of a payload with data, of one whose hook says no, and of what does
 * and undoes. */
static const struct script_step undone[] = {
    {.verb = VERB_UPLOAD, .name = 0, .upload = {.features = 1}},
    {.verb = VERB_UPLOAD,
     .name = 1,
     .upload = {.id = 1,
                .depends = 1,
                .features = 1,
                .hooks = 1 << HOOK_APPLY,
                .answers = {[HOOK_APPLY] = 3},
                .deeds = {[HOOK_APPLY] = DEEDS(WORK, UNWORK, NONE)},
                .functions = {{SYMBOL_QUESTION, 0, 0, 0}}}},
    {.verb = VERB_SET, .set = {.nr = 1, .names = {0, 1}}},
    ACT(0, APPLY),
    ACT_NODEPS(1, APPLY),
};

/* What would happen is asked of one and of several, before and after. */
static const struct script_step asked[] = {
    {.verb = VERB_DRY_UPLOAD, .name = 0, .upload = {.where = 2}},
    {.verb = VERB_UPLOAD, .name = 0},
    {.verb = VERB_UPLOAD, .name = 1, .upload = {.id = 1, .depends = 1}},
    ASK(APPLY, 2, 0, 1),
    {.verb = VERB_SET, .set = {.nr = 1, .names = {0, 1}}},
    ASK(REVERT, 2, 1, 0),
    ASK(REVERT, 1, 0, 0),
    ASK(UNLOAD, 1, 1, 0),
    {.verb = VERB_UPLOAD,
     .name = 2,
     .upload = {.id = 2, .hooks = ACTIONS | IN_STOP}},
    ASK(REPLACE, 1, 2, 0),
    {.verb = VERB_DRY_UPLOAD, .name = 3, .upload = {.id = 3, .where = 3}},
    {.verb = VERB_PAYLOADS, .read = {.nr = 3}},
};

/* Refusals: services that fail, fields that are wrong, odd requests. */
static const struct script_step refusals[] = {
    {.verb = VERB_UPLOAD, .luck = 0xa0, .upload = {.exports = 1}},
    {.verb = VERB_UPLOAD, .luck = 0xa5, .upload = {.exports = 1}},
    {.verb = VERB_UPLOAD, .luck = 0xaa, .upload = {.exports = 1}},
    {.verb = VERB_UPLOAD, .upload = {.defect = 0xc0}},
    {.verb = VERB_UPLOAD, .upload = {.defect = 0xd2, .features = 4}},
    {.verb = VERB_UPLOAD, .name = 0xf0},
    {.verb = VERB_UPLOAD, .upload = {.features = 1}},
    {.verb = VERB_ACTION, .luck = 0xa0, .action = {.cmd = 2}},
    {.verb = VERB_ACTION, .action = {.cmd = 2, .flags = 0xf0}},
    {.verb = VERB_ACTION, .action = {.cmd = 0xf0}},
    ACT(0, APPLY),
    ACT(0, REVERT),
    ACT(0, APPLY),
    {.verb = VERB_UNKNOWN},
    {.verb = VERB_KEY},
    {.verb = VERB_LIST, .version = 0xf1},
};

const struct ops_seed ops_seeds[] = {
    {stacked, ARRAY_SIZE(stacked)},   {functions, ARRAY_SIZE(functions)},
    {linked, ARRAY_SIZE(linked)},     {hooks, ARRAY_SIZE(hooks)},
    {layers, ARRAY_SIZE(layers)},     {hooked, ARRAY_SIZE(hooked)},
    {edges, ARRAY_SIZE(edges)},       {sets, ARRAY_SIZE(sets)},
    {liars, ARRAY_SIZE(liars)},       {odd_ones, ARRAY_SIZE(odd_ones)},
    {posts, ARRAY_SIZE(posts)},       {undone, ARRAY_SIZE(undone)},
    {pulling, ARRAY_SIZE(pulling)},   {asked, ARRAY_SIZE(asked)},
    {refusals, ARRAY_SIZE(refusals)},
};
const unsigned int ops_nr_seeds = ARRAY_SIZE(ops_seeds);
