/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload is to hold, with each reference bound: to another piece that
 * it holds, or to a symbol of the hypervisor. Made by choose.h, written by
 * write/payload.h; whoever writes has nothing left to decide.
 */
#ifndef BUILDER_PLAN_H
#define BUILDER_PLAN_H

#include "model/piece.h"

/* Where a reference of an included piece leads. */
struct use {
    struct inclusion *inside; /* or */
    const char *outside;      /* as the hypervisor's table spells it, FILE#NAME
                               * for what is local; never both, never none */
    int64_t distance;         /* from its start */
    const struct reference *reference; /* offset, type, bias */
};

struct inclusion {
    struct piece *piece; /* of the object after */
    const char *symbol;  /* as traces are to show it; NULL: has none */
    struct use *uses;    /* one for each reference of the piece */
    /* Set by write/: of the payload, and its symbol's index there, or that of
     * its section's. */
    uint32_t section, symbol_index;
    uint64_t offset;
};

/* Bytes that may be expected of a function, as an entry has room for. */
#define PLAN_EXPECTED_MAX 31

/* A function of the hypervisor that is replaced. */
struct replacement {
    const char *name; /* as the hypervisor's table spells it */
    uint64_t old_address;
    uint32_t old_bytes;
    struct inclusion *by;
    uint32_t new_bytes;
    /* What the old function must begin with to be replaced; 0: anything. */
    uint8_t nr_expected;
    unsigned char expected[PLAN_EXPECTED_MAX];
};

/* 20 bytes, for a GNU build-id of SHA-1. */
#define PLAN_ID_BYTES 20

struct plan {
    uint16_t machine;             /* e_machine */
    struct inclusion *inclusions; /* in the order of the objects */
    size_t nr_inclusions;
    struct replacement *replacements;
    size_t nr_replacements;
    unsigned char depends[PLAN_ID_BYTES], xen_depends[PLAN_ID_BYTES];
    const char **metadata; /* "key=value" */
    size_t nr_metadata;
    /* Some releases write into .livepatch.funcs: it is writable for them. */
    bool has_writable_funcs;
    struct arena arena;
};

#endif
