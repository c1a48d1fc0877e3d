// SPDX-License-Identifier: GPL-2.0
/*
 * PAYLOADS: what is told of each payload is what the model has, read at once
 * after every request, and in pieces by a step of its own.
 */
#include "run.h"

#include <string.h>

#include <xen/errno.h>

#include "answer.h"
#include "host/guest.h"

#define MOST_USES (MODEL_PAYLOADS * MODEL_PAYLOADS)

static unsigned int count_uses(const struct model_payload *payload)
{
    return __builtin_popcount(payload->uses);
}

static unsigned int count_users(const struct model *model, unsigned int which)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        nr += model->payload[model->loaded.at[i]].uses >> which & 1;
    }
    return nr;
}

static unsigned int place_of(const struct model *model, unsigned int which)
{
    for (unsigned int i = 0; i < model->stack.nr; i++) {
        if (model->stack.at[i] == which) {
            return i + 1;
        }
    }
    return 0;
}

static uint32_t state_of(const struct model_payload *payload)
{
    return payload->is_applied ? LIVEPATCH_STATE_APPLIED
           : payload->is_spent ? LIVEPATCH_EXT_STATE_SPENT
                               : LIVEPATCH_STATE_CHECKED;
}

static void check_uses(const struct model *model, unsigned int which,
                       const struct livepatch_ext_payload *is,
                       const uint64_t *uses)
{
    const struct model_payload *ought = &model->payload[which];

    for (uint32_t i = 0; i < is->nr_uses; i++) {
        bool is_right = false;

        for (unsigned int j = 0; j < MODEL_PAYLOADS; j++) {
            is_right |= (ought->uses >> j & 1) &&
                        model->payload[j].number == uses[is->first_use + i];
        }
        if (!is_right) {
            give_up("payloads: '%s' uses number %lu", ought->name,
                    uses[is->first_use + i]);
        }
    }
}

static void check_payload(const struct model *model, unsigned int which,
                          const struct livepatch_ext_payload *is)
{
    const struct model_payload *ought = &model->payload[which];
    const uint32_t flags =
        (ought->recipe.has_data ? 0 : LIVEPATCH_EXT_REAPPLIABLE) |
        (ought->recipe.hooks ? LIVEPATCH_EXT_HAS_HOOKS : 0);

    if (strcmp(is->name, ought->name) || is->id[0] != ought->recipe.id) {
        give_up("payloads: '%s', id %u; expected '%s', %u", is->name, is->id[0],
                ought->name, ought->recipe.id);
    }
    answer_check_number("payloads: number", is->number, ought->number);
    answer_check_number("payloads: state", is->state, state_of(ought));
    answer_check_number("payloads: rc", (uint32_t)is->rc, (uint32_t)ought->rc);
    answer_check_number("payloads: place", is->place, place_of(model, which));
    answer_check_number("payloads: flags", is->flags, flags);
    answer_check_number("payloads: functions", is->nr_functions,
                        ought->recipe.nr_functions);
    answer_check_number("payloads: uses", is->nr_uses, count_uses(ought));
    answer_check_number("payloads: users", is->nr_users,
                        count_users(model, which));
    answer_check_number("payloads: image", is->image_bytes,
                        ought->pages * 4096);
    if (ought->is_applied && !is->apply_time) {
        give_up("payloads: '%s' is applied and was never", ought->name);
    }
}

void check_payloads(const struct run *run)
{
    static const struct script_step plain;
    const struct model *model = &run->model;
    struct livepatch_ext_payload *records =
        host_guest_alloc(MODEL_PAYLOADS * sizeof(*records));
    uint64_t *uses = host_guest_alloc(MOST_USES * sizeof(*uses));
    struct reasons none = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(&plain, LIVEPATCH_EXT_PAYLOADS, &none);
    struct livepatch_ext_payloads *payloads = (void *)&op.u;
    uint32_t nr_uses = 0;

    *payloads = (struct livepatch_ext_payloads){
        .payloads = (uintptr_t)records,
        .uses = (uintptr_t)uses,
        .nr = MODEL_PAYLOADS,
        .nr_uses = MOST_USES,
        .stride = sizeof(*records),
    };
    request_judge("PAYLOADS", request_send(&plain, &op), &none);
    answer_check_number("PAYLOADS: nr", payloads->nr, model->loaded.nr);
    answer_check_number("PAYLOADS: generation", payloads->generation,
                        run->next_record - 1);
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        check_payload(model, model->loaded.at[i], &records[i]);
        check_uses(model, model->loaded.at[i], &records[i], uses);
        nr_uses += records[i].nr_uses;
    }
    answer_check_number("PAYLOADS: uses of all", payloads->nr_uses, nr_uses);
}

/* How many records and uses there ought to be, and from which payload on. */
struct piece {
    uint32_t nr, nr_uses;
    bool is_without_room;
};

static struct piece foresee(const struct model *model,
                            const struct livepatch_ext_payloads *asked)
{
    struct piece piece = {.nr = 0};

    for (unsigned int i = 0; i < model->loaded.nr && piece.nr < asked->nr;
         i++) {
        const struct model_payload *payload =
            &model->payload[model->loaded.at[i]];

        if (payload->number < asked->from) {
            continue;
        }
        if (count_uses(payload) > asked->nr_uses - piece.nr_uses) {
            piece.is_without_room = piece.nr == 0;
            break;
        }
        piece.nr++;
        piece.nr_uses += count_uses(payload);
    }
    return piece;
}

static uint32_t stride_of(uint8_t choice)
{
    static const uint32_t strides[] = {
        sizeof(struct livepatch_ext_payload), 16, 200, 4096, 15, 4097};

    return strides[choice < CHOOSE_WRONG ? choice % 4 : 4 + choice % 2];
}

void perform_payloads(struct run *run, const struct script_step *step)
{
    struct reasons reasons = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, LIVEPATCH_EXT_PAYLOADS, &reasons);
    struct livepatch_ext_payloads *payloads = (void *)&op.u;
    struct livepatch_ext_payloads asked = {
        .from = nr_loads > step->read.from ? nr_loads - step->read.from : 0,
        .nr = step->read.nr % 9,
        .nr_uses = step->read.nr / 9 % 4,
        .stride = stride_of(step->read.stride),
        .pad = step->read.defect >= CHOOSE_WRONG && step->read.defect & 1,
    };
    const struct piece piece = foresee(&run->model, &asked);
    uint8_t *records = answer_fresh((size_t)asked.nr * asked.stride);
    int rc;

    asked.payloads = (uintptr_t)records;
    asked.uses = (uintptr_t)answer_fresh(asked.nr_uses * sizeof(uint64_t));
    *payloads = asked;
    if (asked.pad || asked.stride < 16 || asked.stride > 4096) {
        reasons_add(&reasons, EINVAL);
    } else if (piece.is_without_room) {
        reasons_add(&reasons, ENOBUFS);
    } else if (step->read.defect >= CHOOSE_WRONG && piece.nr) {
        host_guest_break(records + (size_t)piece.nr * asked.stride - 1, 1);
        reasons_add(&reasons, EFAULT);
    }
    rc = request_send(step, &op);
    note_done("PAYLOADS from %lu, %u and %u uses of %u: %d\n", asked.from,
              asked.nr, asked.nr_uses, asked.stride, rc);
    request_judge("PAYLOADS", rc, &reasons);
    if (rc == 0) {
        answer_check_number("PAYLOADS: nr", payloads->nr, piece.nr);
        answer_check_number("PAYLOADS: uses", payloads->nr_uses, piece.nr_uses);
        answer_check_number("PAYLOADS: loaded", payloads->nr_loaded,
                            run->model.loaded.nr);
    }
}
