// SPDX-License-Identifier: GPL-2.0
/*
 * How a script is changed: mostly one byte of one step, often by taking,
 * leaving, doubling or moving whole steps, also from the seeds.
 */
#include <stddef.h>
#include <string.h>

#include <xen/lib.h>

#include <public/sysctl.h>

#include "seeds.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed);

#define STEP sizeof(struct script_step)
/* What counts of any step but an UPLOAD. */
#define SHORT_STEP                                                             \
    (offsetof(struct script_step, set) + sizeof(struct script_set))

/* xorshift: the same changes for the same seed. */
static uint32_t state;

static uint32_t pick(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static const struct script_step *pick_seed_step(void)
{
    const struct ops_seed *seed = &ops_seeds[pick(ops_nr_seeds)];

    return &seed->steps[pick(seed->nr)];
}

/* Lets a step that comes from elsewhere speak of what is there. */
static void make_fitting(struct script_step *step)
{
    step->name = CHOOSE_FITTING + pick(16);
    if (step->verb == VERB_UPLOAD) {
        step->upload.id = CHOOSE_FITTING + pick(16);
        step->upload.depends = pick(2) ? CHOOSE_FITTING : 0;
    } else if (step->verb == VERB_SET) {
        for (unsigned int i = 0; i < SCRIPT_SET; i++) {
            step->set.names[i] = CHOOSE_FITTING + pick(16);
        }
    }
}

static void insert(uint8_t *bytes, size_t nr, size_t at,
                   const struct script_step *step)
{
    const struct script_step copy = *step;

    memmove(bytes + (at + 1) * STEP, bytes + at * STEP, (nr - at) * STEP);
    memcpy(bytes + at * STEP, &copy, STEP);
}

static void insert_one(uint8_t *bytes, size_t nr,
                       const struct script_step *step)
{
    struct script_step copy = *step;

    if (pick(2)) {
        make_fitting(&copy);
    }
    insert(bytes, nr, pick(nr + 1), &copy);
}

/* Another payload on top of what is applied. */
static void insert_layer(uint8_t *bytes, size_t nr)
{
    const struct script_step apply = {
        .verb = VERB_ACTION,
        .name = CHOOSE_FITTING,
        .action = {.cmd = LIVEPATCH_ACTION_APPLY - 1, .flags = pick(2)},
    };
    const size_t at = pick(nr + 1);
    struct script_step upload;

    do {
        memcpy(&upload, pick_seed_step(), STEP);
    } while (upload.verb != VERB_UPLOAD);
    make_fitting(&upload);
    insert(bytes, nr, at, &apply);
    insert(bytes, nr + 1, at, &upload);
}

static void delete (uint8_t *bytes, size_t nr)
{
    const size_t at = pick(nr) * STEP;

    memmove(bytes + at, bytes + at + STEP, nr * STEP - at - STEP);
}

static void change_byte(uint8_t *bytes, size_t nr)
{
    uint8_t *step = bytes + pick(nr) * STEP;
    uint8_t *byte =
        step + pick(*step % VERB_NR == VERB_UPLOAD ? STEP : SHORT_STEP);

    switch (pick(4)) {
    case 0:
        *byte = pick(256);
        break;
    case 1:
        *byte ^= 1u << pick(8);
        break;
    case 2:
        *byte = pick(8);
        break;
    default:
        *byte = 0xa0 + pick(96);
        break;
    }
}

static void swap(uint8_t *bytes, size_t nr)
{
    uint8_t *one = bytes + pick(nr) * STEP;
    uint8_t *other = bytes + pick(nr) * STEP;
    struct script_step kept;

    memcpy(&kept, one, STEP);
    memmove(one, other, STEP);
    memcpy(other, &kept, STEP);
}

/* One change; the number of steps after it. */
static size_t change(uint8_t *bytes, size_t nr, size_t most)
{
    struct script_step copy;

    switch (pick(10)) {
    case 0:
        if (nr < most) {
            insert_one(bytes, nr, pick_seed_step());
            return nr + 1;
        }
        break;
    case 1:
        if (nr < most) {
            memcpy(&copy, bytes + pick(nr) * STEP, STEP);
            insert_one(bytes, nr, &copy);
            return nr + 1;
        }
        break;
    case 2:
        if (nr > 1) {
            delete (bytes, nr);
            return nr - 1;
        }
        break;
    case 3:
        swap(bytes, nr);
        return nr;
    case 4:
        if (nr + 1 < most) {
            insert_layer(bytes, nr);
            return nr + 2;
        }
        break;
    default:
        break;
    }
    change_byte(bytes, nr);
    return nr;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed)
{
    const size_t most_steps = min(most / STEP, (size_t)SCRIPT_MAX_STEPS);
    size_t nr = min(size / STEP, most_steps);

    state = seed | 1;
    if (nr == 0 || pick(64) == 0) {
        const struct ops_seed *from = &ops_seeds[pick(ops_nr_seeds)];

        nr = min((size_t)from->nr, most_steps);
        memcpy(bytes, from->steps, nr * STEP);
    }
    for (unsigned int i = 1 + pick(4); i > 0 && nr; i--) {
        nr = change(bytes, nr, most_steps);
    }
    return nr * STEP;
}
