/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Asks how much there is, makes room for all of it and reads it in one call,
 * which is one moment. When more has come in between, all is asked again.
 */
#include "hypervisor/extension_payloads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A set that grows this often while it is read is given up. */
#define NR_ATTEMPTS 8

/* A payload takes pages of the hypervisor's: it cannot have so many, nor can
 * they use each other so much. */
#define PAYLOADS_MAX (1U << 20)
#define USES_MAX (1U << 26)

/* What the hypervisor writes to. */
struct shared {
    struct hypercall *hypercall;
    struct livepatch_ext_payload *payloads;
    uint64_t *uses;
};

static int ask(struct livepatch_client *client,
               struct livepatch_ext_payloads *request)
{
    int rc;

    request->stride = sizeof(struct livepatch_ext_payload);
    rc = wire_extension(&client->wire, LIVEPATCH_EXT_PAYLOADS, request,
                        sizeof(*request));
    if (!rc && (request->nr_loaded > PAYLOADS_MAX ||
                request->nr_all_uses > USES_MAX)) {
        return -EBADMSG;
    }
    return rc;
}

/* The caller calls release() whether this fails or not. */
static int share(struct shared *shared, uint32_t nr, uint32_t nr_uses)
{
    shared->payloads = hypercall_alloc(shared->hypercall,
                                       (nr + 1) * sizeof(*shared->payloads));
    shared->uses =
        hypercall_alloc(shared->hypercall, (nr_uses + 1) * sizeof(uint64_t));
    return shared->payloads && shared->uses ? 0 : -ENOMEM;
}

static void release(struct shared *shared)
{
    hypercall_free(shared->hypercall, shared->payloads);
    hypercall_free(shared->hypercall, shared->uses);
}

static bool is_sound(const struct livepatch_ext_payload *payload,
                     uint64_t least_number, uint32_t nr_uses)
{
    return payload->number >= least_number && payload->first_use <= nr_uses &&
           payload->nr_uses <= nr_uses - payload->first_use;
}

/* Ends names; -EBADMSG when numbers do not ascend or uses are not there. */
static int check(struct extension_payloads *payloads)
{
    uint64_t least_number = 1;

    for (size_t i = 0; i < payloads->nr; i++) {
        struct livepatch_ext_payload *payload = &payloads->payloads[i];

        if (!is_sound(payload, least_number, (uint32_t)payloads->nr_uses)) {
            return -EBADMSG;
        }
        least_number = payload->number + 1;
        payload->name[LIVEPATCH_EXT_NAME_BYTES - 1] = '\0';
    }
    return 0;
}

/* Copies what was answered out of the shared memory. */
static int keep(const struct shared *shared,
                const struct livepatch_ext_payloads *answer,
                struct extension_payloads *payloads)
{
    struct extension_payloads kept = {
        .payloads = malloc((answer->nr + 1) * sizeof(*kept.payloads)),
        .nr = answer->nr,
        .uses = malloc((answer->nr_uses + 1) * sizeof(*kept.uses)),
        .nr_uses = answer->nr_uses,
        .generation = answer->generation,
        .now_ns = answer->now,
    };
    int rc = -ENOMEM;

    if (kept.payloads && kept.uses) {
        memcpy(kept.payloads, shared->payloads,
               kept.nr * sizeof(*kept.payloads));
        memcpy(kept.uses, shared->uses, kept.nr_uses * sizeof(*kept.uses));
        rc = check(&kept);
    }
    if (rc) {
        extension_payloads_free(&kept);
    } else {
        *payloads = kept;
    }
    return rc;
}

/* -ESTALE: there is more by now than `sizes` say. */
static int read_all(struct livepatch_client *client,
                    const struct livepatch_ext_payloads *sizes,
                    const struct shared *shared,
                    struct extension_payloads *payloads)
{
    struct livepatch_ext_payloads request = {
        .payloads = (uintptr_t)shared->payloads,
        .uses = (uintptr_t)shared->uses,
        .nr = sizes->nr_loaded,
        .nr_uses = sizes->nr_all_uses,
    };
    int rc = ask(client, &request);

    if (rc) {
        return rc == -ENOBUFS ? -ESTALE : rc;
    }
    if (request.nr > sizes->nr_loaded || request.nr_uses > sizes->nr_all_uses) {
        return -EBADMSG;
    }
    return request.nr == request.nr_loaded ? keep(shared, &request, payloads)
                                           : -ESTALE;
}

static int try_to_read(struct livepatch_client *client,
                       struct extension_payloads *payloads)
{
    struct livepatch_ext_payloads sizes = {0};
    struct shared shared = {.hypercall = client->wire.hypercall};
    int rc = ask(client, &sizes);

    if (rc) {
        return rc;
    }
    rc = share(&shared, sizes.nr_loaded, sizes.nr_all_uses);
    if (!rc) {
        rc = read_all(client, &sizes, &shared, payloads);
    }
    release(&shared);
    return rc;
}

int extension_read_payloads(struct livepatch_client *client,
                            struct extension_payloads *payloads)
{
    int rc = -ESTALE;

    *payloads = (struct extension_payloads){0};
    for (int i = 0; rc == -ESTALE && i < NR_ATTEMPTS; i++) {
        rc = try_to_read(client, payloads);
    }
    return rc == -ESTALE ? -EBUSY : rc;
}

void extension_payloads_free(struct extension_payloads *payloads)
{
    free(payloads->payloads);
    free(payloads->uses);
}

const struct livepatch_ext_payload *
extension_payload_named(const struct extension_payloads *payloads,
                        const char *name, size_t *hint)
{
    for (size_t i = 0; i < payloads->nr; i++) {
        size_t at = (*hint + i) % payloads->nr;

        if (!strcmp(payloads->payloads[at].name, name)) {
            *hint = at + 1;
            return &payloads->payloads[at];
        }
    }
    return NULL;
}

void payload_list_refine(struct payload_list *list,
                         const struct extension_payloads *payloads)
{
    size_t hint = 0;

    for (size_t i = 0; i < list->nr; i++) {
        struct payload_entry *entry = &list->entries[i];
        const struct livepatch_ext_payload *payload =
            extension_payload_named(payloads, entry->name, &hint);

        if (payload && payload->state == LIVEPATCH_EXT_STATE_SPENT &&
            entry->status.state == PAYLOAD_CHECKED) {
            entry->status.state = PAYLOAD_SPENT;
        }
    }
}

static int compare_number(const void *number, const void *payload)
{
    uint64_t wanted = *(const uint64_t *)number;
    uint64_t found = ((const struct livepatch_ext_payload *)payload)->number;

    return wanted < found ? -1 : wanted > found;
}

const struct livepatch_ext_payload *
extension_payload_numbered(const struct extension_payloads *payloads,
                           uint64_t number)
{
    return payloads->nr ? bsearch(&number, payloads->payloads, payloads->nr,
                                  sizeof(*payloads->payloads), compare_number)
                        : NULL;
}

static struct build_id id_of(const uint8_t *bytes, uint32_t nr_bytes)
{
    return (struct build_id){bytes, nr_bytes < LIVEPATCH_EXT_ID_BYTES
                                        ? nr_bytes
                                        : LIVEPATCH_EXT_ID_BYTES};
}

struct build_id extension_own_id(const struct livepatch_ext_payload *payload)
{
    return id_of(payload->id, payload->id_bytes);
}

struct build_id
extension_depends_id(const struct livepatch_ext_payload *payload)
{
    return id_of(payload->depends, payload->depends_bytes);
}
