/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All that this project's hypervisor knows of each payload that is loaded, in
 * ordinary memory: which build it is and goes on top of, since when, how large,
 * where in the stack, spent or not, and who uses whom. What the facts are is
 * told at `struct livepatch_ext_payload` (livepatch_ext.h).
 */
#ifndef XEN_LIVEPATCH_EXTENSION_PAYLOADS_H
#define XEN_LIVEPATCH_EXTENSION_PAYLOADS_H

#include "hypervisor/livepatch_client.h"
#include "hypervisor/livepatch_list.h"
#include "lib/payload_elf.h"
#include "livepatch_ext.h"

/* One moment's payloads, in the order of their loads (and so of LIST). */
struct extension_payloads {
    struct livepatch_ext_payload *payloads; /* names are ended */
    size_t nr;
    uint64_t *uses;      /* the load numbers that payloads[i] uses are */
    size_t nr_uses;      /* uses[first_use .. first_use + nr_uses) */
    uint64_t generation; /* of HISTORY's newest record then */
    uint64_t now_ns;     /* since the hypervisor's start */
};

/*
 * Read them all. 0 and *payloads, to be given to extension_payloads_free(); or,
 * with *payloads empty, which may be freed too: -EOPNOTSUPP from a hypervisor
 * without the extension (stock Xen); -ENOMEM; -EBUSY when payloads came again
 * and again while it was read; -EBADMSG when an answer contradicts itself; or
 * the hypervisor's own.
 */
int extension_read_payloads(struct livepatch_client *client,
                            struct extension_payloads *payloads);
void extension_payloads_free(struct extension_payloads *payloads);

/*
 * The payload of this name, or NULL. *hint, 0 at first, is where it is looked
 * for first: who asks in the order of the loads has each at once.
 */
const struct livepatch_ext_payload *
extension_payload_named(const struct extension_payloads *payloads,
                        const char *name, size_t *hint);

/* Make the states of a list as exact as they are told: PAYLOAD_SPENT where LIST
 * says CHECKED. */
void payload_list_refine(struct payload_list *list,
                         const struct extension_payloads *payloads);

/* The payload of this load number, or NULL. */
const struct livepatch_ext_payload *
extension_payload_numbered(const struct extension_payloads *payloads,
                           uint64_t number);

/* Its build-ids: what the record holds of them (64 bytes; longer ones are cut
 * off). They stay the record's. */
struct build_id extension_own_id(const struct livepatch_ext_payload *payload);
struct build_id
extension_depends_id(const struct livepatch_ext_payload *payload);

#endif
