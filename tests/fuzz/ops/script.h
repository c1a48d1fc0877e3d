/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an input of the ops fuzzer is: a row of steps of one size, each the
 * choices for one request. All bytes zero is a plain request; most values of
 * a byte choose something valid, high ones something that must be refused.
 * Values from CHOOSE_FITTING choose something that fits what there is: a
 * payload that is loaded, counted from the newest, or for an UPLOAD a name or
 * build-id that is free.
 * Only bytes here: what they choose is said where they are used.
 */
#ifndef FUZZ_OPS_SCRIPT_H
#define FUZZ_OPS_SCRIPT_H

#include <xen/types.h>

#define SCRIPT_MAX_STEPS 40
#define SCRIPT_FUNCTIONS 4
#define SCRIPT_HOOKS 8
#define SCRIPT_DEEDS 2
#define SCRIPT_REFERENCES 4
#define SCRIPT_SET 4

#define CHOOSE_FITTING 0x40 /* from here on, what fits */
#define CHOOSE_ABSOLUTE 0xc0
#define CHOOSE_WRONG 0xf0

enum script_verb {
    VERB_UPLOAD,
    VERB_ACTION,
    VERB_SET,
    VERB_GET,
    VERB_LIST,
    VERB_HISTORY,
    VERB_TELEMETRY,
    VERB_UNKNOWN,
    VERB_KEY,
    VERB_PAYLOADS,
    VERB_DRY_UPLOAD,
    VERB_DRY_ACTION,
    VERB_NR
};

struct script_function {
    uint8_t target;  /* what is replaced */
    uint8_t shape;   /* jump or NOPs; by name or by address */
    uint8_t sizes;   /* old_size and new_size */
    uint8_t expects; /* which bytes, how many */
};

struct script_upload {
    uint8_t id;
    uint8_t depends;
    uint8_t nr_functions;
    uint8_t hooks;    /* a bit a kind */
    uint8_t features; /* data, metadata ... */
    uint8_t exports;  /* low half: global, high half: local */
    uint8_t defect;
    uint8_t where; /* an argument of the defect */
    uint8_t value; /* another */
    uint8_t references[SCRIPT_REFERENCES];
    uint8_t answers[SCRIPT_HOOKS];
    uint8_t deeds[SCRIPT_HOOKS][SCRIPT_DEEDS]; /* a nibble a deed */
    struct script_function functions[SCRIPT_FUNCTIONS];
};

struct script_action {
    uint8_t cmd;
    uint8_t flags;
    uint8_t timeout;
    uint8_t pad;
};

struct script_set {
    uint8_t cmd;
    uint8_t nr;
    uint8_t flags;
    uint8_t timeout;
    uint8_t defect;
    uint8_t names[SCRIPT_SET];
};

struct script_list {
    uint8_t idx;
    uint8_t nr;
    uint8_t names_room;
    uint8_t metadata_room;
    uint8_t defect;
};

/* HISTORY, TELEMETRY and PAYLOADS. */
struct script_read {
    uint8_t from;
    uint8_t nr;
    uint8_t stride;
    uint8_t defect;
};

struct script_step {
    uint8_t verb;
    uint8_t name;
    uint8_t version; /* bit 0: 0x16; high values: pad or flags */
    uint8_t luck;    /* 0: good; else a service fails, or a pCPU is late */
    union {
        struct script_upload upload;
        struct script_action action;
        struct script_set set;
        struct script_list list;
        struct script_read read;
        uint8_t byte[56];
    };
};

#endif
