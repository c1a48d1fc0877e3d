// SPDX-License-Identifier: GPL-2.0
/*
 * The two interface versions that are served, where they differ: the word
 * after the command, and whose the totals of LIST are.
 */
#include "request.h"

#include <xen/livepatch.h>

#include <stdio.h>

#include "host/guest.h"

#define FORCE 1

struct word_row {
    const char *name;
    uint32_t version;
    uint32_t word; /* after the command */
    int rc;
};

static const struct word_row words[] = {
    {"version_0x15_pad_must_be_0", 0x15, FORCE, -EINVAL},
    {"version_0x16_takes_force", 0x16, FORCE, 0},
    {"version_0x16_refuses_other_flags", 0x16, 2, -EINVAL},
    {"version_0x16_refuses_other_flags_with_force", 0x16, 3, -EINVAL},
    {"version_0x16_without_flags", 0x16, 0, 0},
};

static void word_after_the_command(void **state)
{
    const struct word_row *row = *state;
    struct request request = {{0}};

    put(&request, AT_COMMAND, LIST, 4);
    put(&request, AT_OP_PAD, row->word, 4);
    assert_int_equal(livepatch_op((void *)request.byte, row->version), row->rc);
}

/* Payload i is called "p<i>" (3 bytes) and has i bytes of metadata. */
static void upload_three(void)
{
    static const char *const functions[] = {"answer", "question", "answer"};
    char name[8];

    for (unsigned int i = 0; i < 3; i++) {
        const struct payload_function function = {
            .old_name = functions[i],
            .old_size = 16,
            .code = payload_return_42,
            .code_bytes = HOST_RETURN_BYTES,
        };
        const struct payload_description what = {
            .functions = &function,
            .nr_functions = 1,
            .id = 0x30 + i,
            .metadata = i ? &"x\0"[2 - i] : NULL,
            .metadata_bytes = i,
        };

        snprintf(name, sizeof(name), "p%u", i);
        assert_int_equal(upload_described(name, &what), 0);
    }
}

static void unload_three(void)
{
    assert_int_equal(act("p0", UNLOAD), 0);
    assert_int_equal(act("p1", UNLOAD), 0);
    assert_int_equal(act("p2", UNLOAD), 0);
}

struct space_row {
    const char *name;
    uint32_t version;
    uint32_t names, metadata; /* what the caller says it has room for */
    int rc;
    uint32_t names_used, metadata_used, left;
};

static const struct space_row spaces[] = {
    {"exact_capacities_hold_all", 0x16, 9, 3, 3, 9, 3, 0},
    {"more_than_enough_holds_all", 0x16, 100, 100, 3, 9, 3, 0},
    {"name_that_does_not_fit_is_enobufs", 0x16, 8, 3, -ENOBUFS, 6, 1, 0},
    {"metadata_that_does_not_fit_is_enobufs", 0x16, 9, 2, -ENOBUFS, 6, 1, 0},
    {"first_that_does_not_fit_is_visited", 0x16, 2, 3, -ENOBUFS, 0, 0, 2},
    {"second_that_does_not_fit_is_visited", 0x16, 5, 3, -ENOBUFS, 3, 0, 1},
    {"version_0x15_has_no_capacities", 0x15, 0, 0, 3, 9, 3, 0},
};

static void list_within_the_caller_s_space(void **state)
{
    const struct space_row *row = *state;
    struct request request = {{0}};

    upload_three();
    put(&request, AT_COMMAND, LIST, 4);
    put(&request, AT_LIST_NR, 3, 4);
    put(&request, AT_LIST_NAME_TOTAL, row->names, 4);
    put(&request, AT_LIST_METADATA_TOTAL, row->metadata, 4);
    put(&request, AT_LIST_STATUS, (uint64_t)host_guest_alloc(64), 8);
    put(&request, AT_LIST_NAME, (uint64_t)host_guest_alloc(64), 8);
    put(&request, AT_LIST_LEN, (uint64_t)host_guest_alloc(64), 8);
    put(&request, AT_LIST_METADATA, (uint64_t)host_guest_alloc(64), 8);
    put(&request, AT_LIST_METADATA_LEN, (uint64_t)host_guest_alloc(64), 8);
    assert_int_equal(livepatch_op((void *)request.byte, row->version), row->rc);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), row->names_used);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL),
                     row->metadata_used);
    assert_int_equal(get32(&request, AT_LIST_NR), row->left);
    unload_three();
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, words, word_after_the_command);
    host_add_rows(&tests, spaces, list_within_the_caller_s_space);
    return host_run(&tests);
}
