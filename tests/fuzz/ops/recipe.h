/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload as the ops fuzzer thinks of it: what it replaces, exports, refers
 * to, which hooks it has and what they answer, and the one thing that may be
 * wrong with it. Takes the bytes of a step, gives a recipe, and from a recipe
 * the object file. Says nothing of what the loader should make of it: that is
 * the model's.
 */
#ifndef FUZZ_OPS_RECIPE_H
#define FUZZ_OPS_RECIPE_H

#include "host/payload_builder.h"
#include "script.h"

/*
 * The text of every payload: replacements, functions for others to call or to
 * patch, places for references, stubs of hooks. It is the first thing in the
 * image.
 */
#define TEXT_REPLACEMENT(i) (16 * (i))
#define TEXT_EXPORT(i) (0x40 + 32 * (i))
#define TEXT_REFERENCE(i) (0xc0 + 8 * (i))
#define TEXT_STUB(kind) (0xe0 + 32 * (kind))
#define TEXT_BYTES 0x1e0

#define RECIPE_EXPORTS 4 /* exp_0 ... */
#define RECIPE_IDS 14
#define RECIPE_CROWD 40 /* two payloads with one have more than 64 */

/* What a function entry or a reference may name. */
enum recipe_symbol {
    SYMBOL_ANSWER,
    SYMBOL_QUESTION,
    SYMBOL_ENDBR,
    SYMBOL_POISON,
    SYMBOL_LOCAL,
    SYMBOL_EXPORT, /* and the next RECIPE_EXPORTS - 1 */
    SYMBOL_TINY_5 = SYMBOL_EXPORT + RECIPE_EXPORTS,
    SYMBOL_ENDBR_9,
    SYMBOL_TINY_4,
    SYMBOL_ENDBR_8,
    SYMBOL_CONSTANT,
    SYMBOL_REPLACEMENT, /* new_0: every payload's, no export */
    SYMBOL_BOOT_ONLY,
    SYMBOL_NOWHERE,
    SYMBOL_NR
};

extern const char *const recipe_symbol_names[SYMBOL_NR];

/* In the order of the ABI's sections: preapply and the others have answers. */
enum recipe_hook {
    HOOK_LOAD,
    HOOK_UNLOAD,
    HOOK_PREAPPLY,
    HOOK_APPLY,
    HOOK_POSTAPPLY,
    HOOK_PREREVERT,
    HOOK_REVERT,
    HOOK_POSTREVERT,
    HOOK_NR
};

enum recipe_expect {
    EXPECT_NOTHING,
    EXPECT_CURRENT,  /* what the text is at the upload */
    EXPECT_ORIGINAL, /* what it was before any payload */
    EXPECT_WRONG,
    EXPECT_RESERVED, /* reserved bits set */
    EXPECT_NR
};

struct recipe_function {
    enum recipe_symbol target;
    bool by_address;     /* old_addr is given, by a relocation */
    bool by_number;      /* old_addr is given as a number */
    uint8_t shift;       /* added to it */
    bool is_nops;        /* no new_addr */
    bool is_export_code; /* its replacement is the export of its number */
    bool is_nopatch;     /* old_addr lies in the patching path */
    bool is_own;         /* or in the payload's own text */
    uint32_t old_size;
    uint32_t new_size;
    enum recipe_expect expects;
    uint8_t expect_len;
    uint8_t expect[LIVEPATCH_OPAQUE_SIZE];
    unsigned long number; /* old_addr; 0: there is no such function */
};

/* The one thing that is wrong; each but the last has one answer. */
enum recipe_defect {
    DEFECT_NONE,
    DEFECT_MAGIC,
    DEFECT_MACHINE,
    DEFECT_TRUNCATED,
    DEFECT_EMPTY,
    DEFECT_HUGE,
    DEFECT_FAULT,
    DEFECT_XEN_DEPENDS,
    DEFECT_ENTRY_VERSION,
    DEFECT_ENTRY_NAME,
    DEFECT_METADATA,
    DEFECT_HOOK_POINTER,
    DEFECT_WRITABLE_CODE,
    DEFECT_COMMON,
    DEFECT_SYMBOL_0,
    DEFECT_RELOCATION_TYPE,
    DEFECT_RELOCATION_PLACE,
    DEFECT_RELOCATION_VALUE,
    DEFECT_ALIGNMENT,
    DEFECT_TWO_IDS,
    DEFECT_NO_DEPENDS,
    DEFECT_CLASH, /* a global symbol of the hypervisor's name */
    DEFECT_WILD,  /* a number anywhere: nobody knows */
    DEFECT_NR
};

struct recipe {
    uint8_t id;          /* 1 .. RECIPE_IDS */
    bool has_free_id;    /* rather one that no payload has */
    uint8_t depends;     /* 0: the hypervisor; more: no payload */
    bool depends_on_top; /* rather on what is applied */
    unsigned int nr_functions;
    struct recipe_function functions[SCRIPT_FUNCTIONS];
    uint8_t hooks;      /* bit 1 << enum recipe_hook */
    uint8_t null_hooks; /* the same: a section that holds NULL */
    uint8_t answers[HOOK_NR];
    uint8_t deeds[HOOK_NR][SCRIPT_DEEDS];
    uint8_t exports;       /* bit i: exp_i is global (or weak) */
    uint8_t locals;        /* bit i: exp_i is local */
    bool has_weak_exports; /* instead of global ones */
    bool has_data;         /* writable, of its own */
    bool has_writable_entries;
    bool has_writable_hooks;
    bool has_crowd; /* of further exports */
    bool has_endbr; /* its exports begin with a landing pad */
    uint8_t nr_references;
    enum recipe_symbol references[SCRIPT_REFERENCES];
    uint32_t metadata_bytes;
    char metadata[64];
    enum recipe_defect defect;
    uint8_t where, value;
};

struct recipe recipe_decode(const struct script_upload *choices);

/* What the text of any such payload is, references left zero; the stubs hold
 * `serial`, by which a hook knows whose it is. */
void recipe_text(const struct recipe *recipe, uint32_t serial,
                 uint8_t text[TEXT_BYTES]);

/* The file. The expected bytes must have been filled in. */
struct payload_file recipe_bake(const struct recipe *recipe, uint32_t serial);

#endif
