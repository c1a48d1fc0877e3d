/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this hypervisor offers beyond XEN_SYSCTL_livepatch_op: a set of payloads
 * in one stop, the history of this boot, how long the pCPUs were stopped, what
 * there is to know of each payload, and what a request would be answered with.
 * Shared by the hypervisor and the tool; fixed-width types only, the same
 * layout for all callers.
 *
 * Each is a further value of the sysctl's `cmd`; its structure stands where the
 * union of xen_sysctl_livepatch_op stands. A hypervisor without them answers
 * -EOPNOTSUPP, which is how a caller finds out. Addresses are the caller's, in
 * 64 bits. `stride` is the size of the caller's record: the hypervisor writes
 * as much of its own record as fits and clears the rest, so that either side
 * may know longer records than the other; records only grow at their end.
 */
#ifndef PUBLIC_LIVEPATCH_EXT_H
#define PUBLIC_LIVEPATCH_EXT_H

#ifdef __XEN__
#include <xen/types.h>
#else
#include <stdint.h>
#endif

#define LIVEPATCH_EXT_ACTION_SET 0x58530001
#define LIVEPATCH_EXT_HISTORY 0x58530002
#define LIVEPATCH_EXT_TELEMETRY 0x58530003
#define LIVEPATCH_EXT_PAYLOADS 0x58530004
#define LIVEPATCH_EXT_DRY_RUN_UPLOAD 0x58530005
#define LIVEPATCH_EXT_DRY_RUN_ACTION 0x58530006

/* Bytes of a caller's record. */
#define LIVEPATCH_EXT_MAX_STRIDE 4096

/* Payloads of one set. Names are like those of an ACTION. */
#define LIVEPATCH_EXT_MAX_SET 64

/*
 * ACTION_SET: applies or reverts several payloads in one stop: all, or none.
 *   APPLY    in the order of the names, each on top of the one before it
 *   REVERT   the names are the newest payloads of the stack, in any order
 * Answers like XEN_SYSCTL_LIVEPATCH_ACTION: 0 when it was accepted, and `rc`
 * tells then how it ended (each payload's rc is the same); or
 *   -EINVAL      nr, cmd, flags, padding, names (a name twice); a wrong state
 *   -EFAULT      the names cannot be read
 *   -ENOENT      no such payload
 *   -EBUSY       REVERT: not the newest payloads
 *   else         what the single action gives
 * Whenever it did not go well, `failed` is the index of the payload that was
 * the reason, or nr when it was none of them (late pCPUs, say).
 */
struct livepatch_ext_action_set {
    uint64_t names;       /* IN: nr names, each with its NUL, without gaps */
    uint32_t names_bytes; /* IN: all of them */
    uint32_t nr;          /* IN: 1 .. LIVEPATCH_EXT_MAX_SET */
    uint32_t cmd;         /* IN: LIVEPATCH_ACTION_APPLY or _REVERT */
    uint32_t timeout;     /* IN: ns, 0: the hypervisor's default */
    uint32_t flags;       /* IN: LIVEPATCH_ACTION_APPLY_NODEPS, for APPLY */
    uint32_t failed;      /* OUT */
    int32_t rc;           /* OUT */
    uint32_t pad;         /* 0 */
};

/* What a late pCPU was doing when the deadline had passed. */
#define LIVEPATCH_EXT_IN_UNKNOWN 0
/* It has not taken its NMI. */
#define LIVEPATCH_EXT_IN_GUEST 1
/* Serving an exit of the guest, asleep, or on its way to the stop or from one.
 */
#define LIVEPATCH_EXT_IN_HYPERVISOR 2

struct livepatch_ext_late {
    uint32_t cpu;
    uint32_t where;   /* LIVEPATCH_EXT_IN_* */
    uint32_t domain;  /* of the vCPU that it runs */
    uint32_t vcpu;    /* number of that vCPU, or UINT32_MAX: none */
    uint64_t address; /* IN_HYPERVISOR: of a function; 0: not known */
};

#define LIVEPATCH_EXT_NAME_BYTES 128
#define LIVEPATCH_EXT_MAX_LATE 8

/* Commands of a record beside LIVEPATCH_ACTION_* (1 to 4). */
#define LIVEPATCH_EXT_DID_UPLOAD 0

/* One UPLOAD or action of this boot. Times are ns. */
struct livepatch_ext_record {
    uint64_t sequence;     /* 1, 2, 3 ... over the boot */
    uint64_t time;         /* when it ended, since the hypervisor's start */
    uint32_t cmd;          /* LIVEPATCH_EXT_DID_UPLOAD or LIVEPATCH_ACTION_* */
    int32_t rc;            /* 0 or -errno, refusals included */
    uint32_t nr_payloads;  /* REPLACE: those that it reverts, too */
    uint32_t nr_functions; /* of all of them */
    uint32_t nr_cpus;      /* stopped, 0: it did not come to a stop */
    uint32_t nr_late;      /* pCPUs that had not arrived at the deadline */
    uint64_t gather_time;  /* from the kick until the last pCPU had arrived */
    uint64_t stop_time;    /* all stood still; 0: nothing was run */
    uint64_t total_time;   /* of the whole request */
    uint64_t late_mask;    /* bit n: pCPU n was late */
    char name[LIVEPATCH_EXT_NAME_BYTES]; /* the (first) payload's */
    struct livepatch_ext_late late[LIVEPATCH_EXT_MAX_LATE]; /* the first ones */
};

/*
 * HISTORY: reads records in ascending order of their numbers. The hypervisor
 * keeps the newest 256.
 * An upload or action is recorded when its name could be read.
 *   0, -EINVAL (padding; stride under 16 or over MAX_STRIDE), -EFAULT
 */
struct livepatch_ext_history {
    uint64_t records; /* IN: room for nr records */
    uint64_t from;    /* IN: lowest number wanted; OUT: one past the last read
                          (as it was: none was read) */
    uint32_t nr;      /* IN: room; OUT: records written */
    uint32_t stride;  /* IN: bytes of the caller's record; OUT: of ours */
    uint64_t now;     /* OUT: ns since the hypervisor's start */
    uint64_t pad;     /* 0 */
};

/* Of a time over this boot, ns. The median is exact to 1/16. */
struct livepatch_ext_spread {
    uint64_t nr; /* 0: the others mean nothing */
    uint64_t last;
    uint64_t min;
    uint64_t median;
    uint64_t max;
};

/* Of all stops of this boot; those that missed their deadline count in `gather`
 * and `total` only. */
struct livepatch_ext_summary {
    uint64_t now;       /* ns since the hypervisor's start */
    uint64_t nr_stops;  /* that came to run */
    uint64_t nr_missed; /* that missed their deadline */
    struct livepatch_ext_spread gather;
    struct livepatch_ext_spread stop;
    struct livepatch_ext_spread total; /* gather and stop */
};

/* One pCPU's part in them, as it saw it; the leader arrives at once. */
struct livepatch_ext_cpu {
    uint32_t cpu;
    uint32_t pad;
    uint64_t nr_late;
    struct livepatch_ext_spread arrival; /* from the kick until it arrived */
    struct livepatch_ext_spread stopped; /* from there until it was let go */
};

/*
 * TELEMETRY: the summary, and nr pCPUs from number 0 on.
 *   0, -EINVAL (padding; a stride under 8 or over MAX_STRIDE), -EFAULT
 */
struct livepatch_ext_telemetry {
    uint64_t summary;        /* IN: a livepatch_ext_summary */
    uint64_t cpus;           /* IN: room for nr livepatch_ext_cpu */
    uint32_t summary_stride; /* IN: the caller's; OUT: ours */
    uint32_t cpu_stride;     /* IN: the caller's; OUT: ours */
    uint32_t nr;             /* IN: room, may be 0; OUT: written */
    uint32_t nr_online;      /* OUT: pCPUs that there are */
    uint64_t pad;            /* 0 */
};

/* A state beside LIVEPATCH_STATE_CHECKED and _APPLIED (1 and 2), which Xen's
 * own operations show as CHECKED: it was in force and its data may have
 * changed, so that it can only be unloaded. */
#define LIVEPATCH_EXT_STATE_SPENT 3

/* Flags of a payload. */
#define LIVEPATCH_EXT_REAPPLIABLE 1u /* no writable data: never SPENT */
#define LIVEPATCH_EXT_HAS_HOOKS 2u   /* of any kind */

/* Bytes of a build-id that a record has room for. */
#define LIVEPATCH_EXT_ID_BYTES 64

/* A payload that is loaded. Times are ns since the hypervisor's start. */
struct livepatch_ext_payload {
    uint64_t number; /* of its load: ascending over the boot, with gaps, never
                        given twice */
    uint64_t load_time;
    uint64_t apply_time;  /* when it last came into force; 0: it never did */
    uint64_t image_bytes; /* its text and data, whole pages */
    uint32_t state;       /* LIVEPATCH_STATE_* or LIVEPATCH_EXT_STATE_SPENT */
    int32_t rc;           /* of the last action: 0 or -errno */
    uint32_t flags;       /* LIVEPATCH_EXT_REAPPLIABLE, _HAS_HOOKS */
    uint32_t place;       /* in the stack, from 1, the lowest; 0: not applied */
    uint32_t nr_functions;
    uint32_t nr_users;      /* payloads that use its symbols or text */
    uint32_t nr_uses;       /* payloads whose symbols or text it uses: their */
    uint32_t first_use;     /* numbers are uses[first_use] and on */
    uint32_t id_bytes;      /* of its build-id, of which the first ID_BYTES */
    uint32_t depends_bytes; /* the same of what it goes on top of */
    uint8_t id[LIVEPATCH_EXT_ID_BYTES];
    uint8_t depends[LIVEPATCH_EXT_ID_BYTES];
    char name[LIVEPATCH_EXT_NAME_BYTES];
};

/*
 * PAYLOADS: reads what is loaded, in ascending order of the numbers. A payload
 * whose uses have no room is left for the next reading; with nr 0 nothing is
 * read but how much there is. Readings with the same `generation` are of the
 * same set in the same state: it is the number of HISTORY's newest record.
 *   0
 *   -EINVAL   padding; stride under 16 or over MAX_STRIDE
 *   -ENOBUFS  no room for the uses of the first payload
 *   -EFAULT
 */
struct livepatch_ext_payloads {
    uint64_t payloads;    /* IN: room for nr records */
    uint64_t uses;        /* IN: room for nr_uses numbers of 64 bits */
    uint64_t from;        /* IN: lowest number wanted; OUT: one past the last
                              read (as it was: none was read) */
    uint64_t generation;  /* OUT */
    uint64_t now;         /* OUT: ns since the hypervisor's start */
    uint32_t nr;          /* IN: room; OUT: records written */
    uint32_t nr_uses;     /* IN: room; OUT: numbers written */
    uint32_t nr_loaded;   /* OUT: payloads that there are */
    uint32_t nr_all_uses; /* OUT: numbers that all of them have */
    uint32_t stride;      /* IN: bytes of the caller's record; OUT: of ours */
    uint32_t pad;         /* 0 */
};

/*
 * Dry runs: a request is served as far as that changes nothing, by the code
 * that serves the request itself, and is answered as that would be answered.
 * Hooks are not run: `nr_unasked` of them would be asked and may still say no;
 * nor is it known whether the pCPUs would come to the stop in time.
 *
 * A dry run leaves no record in HISTORY. Its lines in the log begin with
 * "livepatch (dry run): ".
 */

/*
 * DRY_RUN_UPLOAD: an UPLOAD that keeps nothing, and then an action on what was
 * uploaded. What is loaded is unloaded again before the answer: its name and
 * its memory are free; a load number is used up, and the version that LIST
 * tells goes up as if both had been seen.
 *
 *   0         both would be accepted
 *   -EINVAL   malformed: padding, flags, the name; a cmd that is not one of the
 *             three, unknown ones too
 *   else      what the UPLOAD, or the action, gives: -EINVAL and -EOPNOTSUPP,
 *             too
 *
 * `refused` tells which of them gave it. It and nr_unasked are written unless
 * the request was malformed, whatever the answer is: a caller that put
 * something else there knows by that whether -EOPNOTSUPP is the answer, or says
 * that there are no dry runs.
 */
struct livepatch_ext_dry_run_upload {
    uint64_t name; /* IN: these five are UPLOAD's own structure */
    uint16_t name_bytes;
    uint16_t name_pad[3]; /* 0 */
    uint64_t size;
    uint64_t payload;
    uint32_t cmd;        /* IN: LIVEPATCH_ACTION_APPLY or _REPLACE, or
                             LIVEPATCH_EXT_DID_UPLOAD: no action */
    uint32_t flags;      /* IN: LIVEPATCH_ACTION_APPLY_NODEPS, with an action */
    uint32_t refused;    /* OUT: LIVEPATCH_EXT_DID_UPLOAD, or cmd */
    uint32_t nr_unasked; /* OUT */
    uint64_t pad;        /* 0 */
};

/*
 * DRY_RUN_ACTION: an action on a payload that is loaded, or on a set of them.
 *
 *   0         it would be accepted
 *   -EINVAL   malformed: nr, padding, flags, names; a cmd that is not for so
 *             many, unknown ones too
 *   -EFAULT   the names cannot be read
 *   -ENOENT   no such payload
 *   else      what the ACTION gives, or for several names the ACTION_SET:
 *             -EINVAL and -EOPNOTSUPP, too
 *
 * `failed` is as in ACTION_SET: nr when it is none of the named. It and
 * nr_unasked are written as DRY_RUN_UPLOAD's are; what cannot be read is
 * malformed.
 */
struct livepatch_ext_dry_run_action {
    uint64_t names;       /* IN: nr names, each with its NUL, without gaps */
    uint32_t names_bytes; /* IN: all of them */
    uint32_t nr;          /* IN: 1; up to LIVEPATCH_EXT_MAX_SET for APPLY and
                              REVERT */
    uint32_t cmd;         /* IN: LIVEPATCH_ACTION_* */
    uint32_t flags;       /* IN: LIVEPATCH_ACTION_APPLY_NODEPS, for APPLY and
                              for any action on one */
    uint32_t failed;      /* OUT */
    uint32_t nr_unasked;  /* OUT */
    uint64_t pad;         /* 0 */
};

#endif
