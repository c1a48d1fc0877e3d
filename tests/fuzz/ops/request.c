// SPDX-License-Identifier: GPL-2.0
/*
 * Names and headers of requests, sending them, and the judgement of answers.
 */
#include "run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/livepatch.h>

#include "host/console.h"
#include "host/failure.h"
#include "host/guest.h"

#define UNLUCKY 0xa0 /* from here on a service fails */

static char done[0x10000];
static size_t done_bytes;

void note_start(void)
{
    done_bytes = 0;
    done[0] = '\0';
}

void note_done(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (done_bytes < sizeof(done) - 256) {
        done_bytes += vsnprintf(done + done_bytes, 256, format, args);
    }
    va_end(args);
}

void give_up(const char *format, ...)
{
    va_list args;

    fprintf(stderr,
            "requests so far:\n%s\nlog of the last:\n%s\nfuzz_ops: ", done,
            host_log());
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
    abort();
}

#define LONG_NAME                                                              \
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" \
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"

static const struct {
    const char *text; /* NULL: it is refused, and why */
    const char *bytes;
    uint16_t size;
    uint16_t pad;
    int error;
} names[] = {
    {"a", "a", 2, 0, 0},
    {"b", "b", 2, 0, 0},
    {"c", "c", 2, 0, 0},
    {"d", "d", 2, 0, 0},
    {"", "", 1, 0, 0},
    {LONG_NAME, LONG_NAME, 128, 0, 0},
    {"a", "a\0zzz", 6, 0, 0},
    {"odd name", "odd name", 9, 0, 0},
    {"e", "e", 2, 0, 0},
    {"f", "f", 2, 0, 0},
    {NULL, "a", 0, 0, EINVAL},
    {NULL, LONG_NAME "x", 129, 0, EINVAL},
    {NULL, LONG_NAME "x", 128, 0, EINVAL},
    {NULL, "a", 1, 0, EINVAL},
    {NULL, "a", 2, 1, EINVAL},
    {NULL, NULL, 2, 0, EFAULT},
};

#define NR_GOOD_NAMES 10

struct wire_name request_name(uint8_t choice)
{
    const unsigned int which =
        choice < CHOOSE_WRONG
            ? choice % NR_GOOD_NAMES
            : NR_GOOD_NAMES + choice % (ARRAY_SIZE(names) - NR_GOOD_NAMES);
    struct wire_name name = {
        .text = names[which].text,
        .error = names[which].error,
        .wire = {.size = names[which].size},
    };

    name.wire.pad[choice % 3] = names[which].pad;
    name.wire.name.p = names[which].bytes
                           ? host_guest_put(names[which].bytes,
                                            max(names[which].size, (uint16_t)1))
                           : (void *)1;
    return name;
}

uint8_t request_choice_of(const struct model_payload *payload)
{
    uint8_t choice = 0;

    while (strcmp(names[choice].text, payload->name)) {
        choice++;
    }
    return choice;
}

static bool is_fitting(uint8_t choice)
{
    return choice >= CHOOSE_FITTING && choice < CHOOSE_ABSOLUTE;
}

uint8_t request_loaded_name(const struct model *model, uint8_t choice)
{
    const struct model_order *loaded = &model->loaded;

    if (!is_fitting(choice) || loaded->nr == 0) {
        return choice;
    }
    choice = (choice - CHOOSE_FITTING) % loaded->nr;
    return request_choice_of(
        &model->payload[loaded->at[loaded->nr - 1 - choice]]);
}

uint8_t request_free_name(const struct model *model, uint8_t choice)
{
    for (unsigned int i = 0; is_fitting(choice) && i < NR_GOOD_NAMES; i++) {
        const uint8_t next = (choice + i) % NR_GOOD_NAMES;

        if (model_find(model, names[next].text) < 0) {
            return next;
        }
    }
    return choice;
}

uint32_t request_version(const struct script_step *step)
{
    return step->version & 1 ? 0x16 : 0x15;
}

struct xen_sysctl_livepatch_op request_start(const struct script_step *step,
                                             uint32_t cmd,
                                             struct reasons *reasons)
{
    struct xen_sysctl_livepatch_op op = {.cmd = cmd};

    if (step->version >= CHOOSE_WRONG) {
        op.pad = step->version >> 1 & 7;
    }
    if (op.pad & ~(request_version(step) == 0x16 ? 1 : 0)) {
        reasons_add(reasons, EINVAL);
    }
    return op;
}

int request_send(const struct script_step *step,
                 struct xen_sysctl_livepatch_op *op)
{
    host_log_clear();
    return livepatch_op(op, request_version(step));
}

int request_send_unlucky(const struct script_step *step,
                         struct xen_sysctl_livepatch_op *op, bool *has_failed)
{
    int rc;

    if (step->luck >= UNLUCKY && step->luck < CHOOSE_WRONG) {
        host_fail_nth(step->luck - UNLUCKY + 1);
    }
    rc = request_send(step, op);
    *has_failed = host_has_failed();
    host_fail_nth(0);
    return rc;
}

bool request_is_late(const struct script_step *step)
{
    return step->luck >= CHOOSE_WRONG;
}

void request_judge(const char *what, int rc, const struct reasons *reasons)
{
    if (reasons->nr == 0 && rc < 0) {
        give_up("answers: %s is %d, nothing forbids it", what, rc);
    }
    if (reasons->nr && !reasons_hold(reasons, -rc)) {
        give_up("answers: %s is %d, expected %d (of %u reasons)", what, rc,
                -reasons->rc[0], reasons->nr);
    }
}

uint32_t request_timeout(uint8_t choice)
{
    static const uint32_t timeouts[] = {0, 1, 1000, 30000000, UINT32_MAX};

    return timeouts[choice % ARRAY_SIZE(timeouts)];
}

struct expected_record *expect_record(struct run *run, uint32_t cmd,
                                      const char *name, int rc)
{
    struct expected_record *record = &run->record[run->nr_records++];

    *record = (struct expected_record){.cmd = cmd, .rc = rc};
    strlcpy(record->name, name, sizeof(record->name));
    return record;
}
