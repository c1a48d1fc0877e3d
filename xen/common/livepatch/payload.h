/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words that every layer uses: a payload and the parts it is made of.
 * Declarations only; whoever fills a part is named beside it.
 */
#ifndef LP_PAYLOAD_H
#define LP_PAYLOAD_H

#include <xen/list.h>
#include <xen/livepatch_arch.h>
#include <xen/time.h>
#include <xen/types.h>
#include <xen/virtual_region.h>
#include <public/sysctl.h>

/* Where a payload stands (state.c is the only writer). */
enum lp_state {
    LP_CHECKED,   /* loaded, not in force */
    LP_APPLYING,  /* an APPLY is on its way */
    LP_APPLIED,   /* in force */
    LP_REVERTING, /* a REVERT is on its way */
    LP_SPENT,     /* was in force; its data may have changed: UNLOAD only */
    LP_STATE_NR
};

/* A GNU build-id: len bytes that stay in the image or in the hypervisor. */
struct lp_build_id {
    const uint8_t *bytes;
    unsigned int len;
};

/* The parts of an image that have permissions of their own. */
enum lp_region {
    LP_TEXT,   /* read, execute */
    LP_RW,     /* read, write */
    LP_RODATA, /* read */
    LP_REGION_NR
};

struct lp_span {
    uint8_t *start;
    size_t bytes; /* used; the pages up to the next region are ours too */
};

/* A payload's own memory (image.c). */
struct lp_image {
    uint8_t *base; /* NULL: none */
    size_t bytes;  /* whole pages */
    struct lp_span region[LP_REGION_NR];
};

/* The kinds of hooks (hooks.c), in the order in which they may run. */
enum lp_hook {
    LP_HOOK_LOAD,
    LP_HOOK_UNLOAD,
    LP_HOOK_PREAPPLY,
    LP_HOOK_APPLY,
    LP_HOOK_POSTAPPLY,
    LP_HOOK_PREREVERT,
    LP_HOOK_REVERT,
    LP_HOOK_POSTREVERT,
    LP_HOOK_NR
};

/* Hooks of one kind: pointers in the image. */
struct lp_hooks {
    void *const *fn;
    unsigned int nr;
};

#define LP_NAME_BITS 24 /* of a place in a file's string table */

/* One of a payload's own symbols (symtab.c). */
struct lp_own_symbol {
    struct lp_payload *owner;
    struct lp_own_symbol *child[2]; /* in the index of exports (name_tree.c) */
    uint32_t offset;                /* in the image */
    uint32_t size;                  /* as the symbol table says; may be 0 */
    uint32_t hash;                  /* of the name, when it is exported */
    uint32_t name_length : 7;       /* as well */
    uint32_t name : LP_NAME_BITS;   /* where its name starts in `names` */
    uint32_t is_exported : 1;       /* other payloads may refer to it by name */
};

struct lp_own_symbols {
    uint32_t nr;
    uint32_t nr_exported;
    struct lp_own_symbol *symbol;
    char *names; /* the file's string table */
};

struct lp_payload {
    struct list_head list;    /* all payloads, oldest first (registry.c) */
    struct list_head applied; /* the stack, newest last (registry.c) */
    char name[XEN_LIVEPATCH_NAME_SIZE];
    enum lp_state state;
    int rc;              /* of the last action: 0 or -errno */
    uint64_t number;     /* of its load, never given twice (registry.c) */
    unsigned int place;  /* in the stack, from 1; 0: not in it (registry.c) */
    s_time_t load_time;  /* load.c */
    s_time_t apply_time; /* when it last came into force; 0: never (action.c) */
    struct lp_image image;
    bool reappliable;                   /* holds no writable data of its own */
    unsigned int nfuncs;                /* entries of funcs and changes */
    const struct livepatch_func *funcs; /* in the image */
    struct livepatch_change *changes;   /* one an entry */
    bool before_is_bare; /* changes[].before is the hypervisor's own text */
    bool is_written;     /* changes[].after stand, load hooks have run */
    bool has_run;        /* if only for a moment: its data may have changed */
    struct livepatch_fstate *fstate; /* one an entry; for hooks only */
    uint32_t *order;                 /* entries by ascending changes[].where */
    unsigned int nr_expecting;       /* entries that have an expectation */
    struct livepatch_window *window; /* onto the changes (patch.c), or NULL */
    struct lp_hooks hooks[LP_HOOK_NR];
    struct lp_own_symbols symbols;
    struct lp_payload **uses; /* whose text or symbols it refers to */
    unsigned int nr_uses;
    bool is_used;               /* by the one that is loaded now (linkage.c) */
    unsigned int nr_users;      /* payloads that have this one among uses */
    struct lp_build_id id;      /* its own */
    struct lp_build_id depends; /* of what lies below it in the stack */
    const char *metadata;       /* key=value\0 ..., in the image */
    uint32_t metadata_bytes;
    struct virtual_region region; /* load.c; bug frames and table: special.c */
};

#endif
