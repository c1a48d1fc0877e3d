// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's HISTORY: what leaves a record and what is in it, how records
 * are read by callers that know shorter or longer ones, and what of the past
 * is forgotten.
 */
#include "dry_run.h"
#include "request.h"

#include "history.h"
#include "host/clock.h"
#include "host/guest.h"
#include "host/pcpu.h"

static struct livepatch_ext_record newest(void)
{
    struct livepatch_ext_record record;

    assert_true(read_newest_record(&record));
    return record;
}

static uint64_t newest_number(void)
{
    struct livepatch_ext_record record;

    return read_newest_record(&record) ? record.sequence : 0;
}

static void upload_leaves_a_record(void **state)
{
    struct livepatch_ext_record record;

    (void)state;
    host_clock_fake(SECONDS(5));
    assert_int_equal(upload("fix"), 0);
    record = newest();
    assert_string_equal(record.name, "fix");
    assert_int_equal(record.cmd, LIVEPATCH_EXT_DID_UPLOAD);
    assert_int_equal(record.rc, 0);
    assert_int_equal(record.nr_payloads, 1);
    assert_int_equal(record.nr_functions, 1);
    assert_int_equal(record.time, SECONDS(5));
    assert_int_equal(record.nr_cpus, 0);
    assert_int_equal(record.stop_time, 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void refused_upload_leaves_a_record(void **state)
{
    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(upload("fix"), -EEXIST);
    assert_int_equal(newest().rc, -EEXIST);
    assert_int_equal(newest().nr_payloads, 0);
    assert_string_equal(newest().name, "fix");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void each_action_leaves_a_record(void **state)
{
    static const enum action actions[] = {APPLY, REVERT, REPLACE, REVERT,
                                          UNLOAD};
    uint64_t number;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    number = newest_number();
    for (unsigned int i = 0; i < 5; i++) {
        struct livepatch_ext_record record;

        assert_int_equal(act("fix", actions[i]), 0);
        record = newest();
        assert_int_equal(record.sequence, ++number);
        assert_int_equal(record.cmd, actions[i]);
        assert_int_equal(record.rc, 0);
        assert_string_equal(record.name, "fix");
        assert_int_equal(record.nr_payloads, 1);
        assert_int_equal(record.nr_functions, 1);
        assert_int_equal(record.nr_cpus, actions[i] == UNLOAD ? 0 : 1);
    }
}

static void refused_action_leaves_a_record(void **state)
{
    (void)state;
    assert_int_equal(act("nothing", APPLY), -ENOENT);
    assert_int_equal(newest().rc, -ENOENT);
    assert_int_equal(newest().cmd, APPLY);
    assert_string_equal(newest().name, "nothing");
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(act("fix", REVERT), -EINVAL);
    assert_int_equal(newest().rc, -EINVAL);
    assert_int_equal(newest().nr_payloads, 1);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void request_without_a_name_leaves_none(void **state)
{
    struct request request = request_for(ACTION, "fix");
    const uint64_t number = newest_number();

    (void)state;
    put(&request, AT_NAME_SIZE, 0, 2);
    assert_int_equal(send_request(&request), -EINVAL);
    assert_int_equal(newest_number(), number);
}

/* pCPUs 1 and 2 have arrived; 3 comes 300 ns later. */
static void advance_by_300(void)
{
    if (host_cpus_waiting() == 2) {
        host_clock_advance(300);
        host_cpu_let_go(3, HOST_AT_KICK);
        host_on_relax(NULL);
    }
}

static void stop_shows_its_times(void **state)
{
    struct livepatch_ext_record record;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    host_cpus_start(4);
    host_cpu_hold(3, HOST_AT_KICK);
    host_clock_fake(1);
    host_on_relax(advance_by_300);
    assert_int_equal(act("fix", APPLY), 0);
    record = newest();
    assert_int_equal(record.rc, 0);
    assert_int_equal(record.nr_cpus, 4);
    assert_int_equal(record.nr_late, 0);
    assert_int_equal(record.gather_time, 300);
    assert_int_equal(record.total_time, 300);
    host_cpus_stop();
    host_clock_real();
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void missed_deadline_shows_who_was_late(void **state)
{
    struct livepatch_ext_record record;
    struct request apply;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    host_cpus_start(4);
    host_cpu_hold(1, HOST_AT_KICK);
    host_cpu_set_doing(1, 1, host_symbol("question"));
    host_cpu_hold(3, HOST_AT_KICK);
    host_clock_fake(1);
    host_clock_jump_at(1, 1000);
    apply = action_request("fix", APPLY);
    put(&apply, AT_ACTION_TIMEOUT, 1000, 4);
    assert_int_equal(send_request(&apply), 0);
    record = newest();
    assert_int_equal(record.rc, -EBUSY);
    assert_int_equal(record.nr_late, 2);
    assert_int_equal(record.late_mask, 1 << 1 | 1 << 3);
    assert_int_equal(record.late[0].cpu, 1);
    assert_int_equal(record.late[0].vcpu, 1);
    assert_ptr_equal(record.late[0].address, host_symbol("question"));
    assert_int_equal(record.late[1].cpu, 3);
    assert_int_equal(record.late[2].cpu, 0);
    assert_int_equal(record.nr_cpus, 0);
    assert_int_equal(record.gather_time, 1000);
    assert_int_equal(record.stop_time, 0);
    host_cpus_stop();
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void replace_counts_all_that_it_moves(void **state)
{
    struct payload_description what = payload_simple;

    (void)state;
    assert_int_equal(upload("old"), 0);
    what.id = 0x22;
    assert_int_equal(upload_described("new", &what), 0);
    assert_int_equal(act("old", APPLY), 0);
    assert_int_equal(act("new", REPLACE), 0);
    assert_string_equal(newest().name, "new");
    assert_int_equal(newest().nr_payloads, 2);
    assert_int_equal(newest().nr_functions, 2);
    assert_int_equal(act("new", REVERT), 0);
    assert_int_equal(act("new", UNLOAD), 0);
    assert_int_equal(act("old", UNLOAD), 0);
}

/* ---- reading ------------------------------------------------------------ */

static void leave_records(unsigned int nr)
{
    for (unsigned int i = 0; i < nr; i++) {
        assert_int_equal(act("nothing", REVERT), -ENOENT);
    }
}

static void newest_256_are_kept(void **state)
{
    struct history_answer answer;
    uint64_t last;

    (void)state;
    leave_records(LP_HISTORY_RECORDS + 10);
    last = newest_number();
    answer = read_history(1, 1000, sizeof(struct livepatch_ext_record));
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.history.nr, LP_HISTORY_RECORDS);
    assert_int_equal(answer.history.from, last + 1);
    for (unsigned int i = 0; i < LP_HISTORY_RECORDS; i++) {
        assert_int_equal(record_at(&answer, i)->sequence,
                         last - LP_HISTORY_RECORDS + 1 + i);
    }
}

/* All that are kept, as read now. */
static void read_all(struct livepatch_ext_record all[LP_HISTORY_RECORDS])
{
    const struct history_answer answer =
        read_history(1, LP_HISTORY_RECORDS, sizeof(*all));

    assert_int_equal(answer.history.nr, LP_HISTORY_RECORDS);
    memcpy(all, answer.bytes, LP_HISTORY_RECORDS * sizeof(*all));
}

static void dry_runs_leave_the_oldest_record_as_it_was(void **state)
{
    static struct livepatch_ext_record before[LP_HISTORY_RECORDS];
    static struct livepatch_ext_record after[LP_HISTORY_RECORDS];

    (void)state;
    assert_int_equal(upload("fix"), 0);
    leave_records(LP_HISTORY_RECORDS);
    read_all(before);
    assert_int_equal(try_name("fix", APPLY), 0);
    read_all(after);
    assert_memory_equal(after, before, sizeof(before));
    assert_int_equal(act("fix", UNLOAD), 0);
    leave_records(LP_HISTORY_RECORDS);
    read_all(before);
    assert_int_equal(try_described("fix", &payload_simple, APPLY), 0);
    read_all(after);
    assert_memory_equal(after, before, sizeof(before));
}

static void reading_goes_on_where_it_ended(void **state)
{
    struct history_answer answer;
    uint64_t first;

    (void)state;
    first = newest_number() + 1;
    leave_records(5);
    answer = read_history(first, 3, sizeof(struct livepatch_ext_record));
    assert_int_equal(answer.history.nr, 3);
    assert_int_equal(answer.history.from, first + 3);
    answer = read_history(first + 3, 3, sizeof(struct livepatch_ext_record));
    assert_int_equal(answer.history.nr, 2);
    assert_int_equal(answer.history.from, first + 5);
    answer = read_history(first + 5, 3, sizeof(struct livepatch_ext_record));
    assert_int_equal(answer.history.nr, 0);
    assert_int_equal(answer.history.from, first + 5);
}

static void no_room_tells_the_size_and_the_time(void **state)
{
    struct history_answer answer;

    (void)state;
    leave_records(1);
    host_clock_fake(77);
    answer = read_history(1, 0, 16);
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.history.nr, 0);
    assert_int_equal(answer.history.from, 1);
    assert_int_equal(answer.history.stride,
                     sizeof(struct livepatch_ext_record));
    assert_int_equal(answer.history.now, 77);
}

static void short_record_gets_its_beginning(void **state)
{
    struct history_answer answer;
    uint64_t last;

    (void)state;
    leave_records(2);
    last = newest_number();
    answer = read_history(last - 1, 2, 20);
    assert_int_equal(answer.history.nr, 2);
    assert_int_equal(record_at(&answer, 0)->sequence, last - 1);
    assert_memory_equal(answer.bytes + 20, &last, sizeof(last));
    assert_int_equal(record_at(&answer, 0)->cmd, REVERT);
}

static void long_record_is_cleared_at_its_end(void **state)
{
    const uint32_t ours = sizeof(struct livepatch_ext_record);
    struct history_answer answer;

    (void)state;
    leave_records(2);
    answer = read_history(newest_number() - 1, 2, ours + 100);
    assert_int_equal(answer.history.nr, 2);
    for (unsigned int i = 0; i < 100; i++) {
        assert_int_equal(answer.bytes[ours + i], 0);
        assert_int_equal(answer.bytes[2 * ours + 100 + i], 0);
    }
    assert_int_equal(answer.bytes[2 * (ours + 100)], 0xa5);
}

struct refusal_row {
    const char *name;
    uint32_t stride;
    uint64_t pad;
};

static const struct refusal_row refusals[] = {
    {"stride_15_is_einval", 15, 0},
    {"stride_0_is_einval", 0, 0},
    {"stride_4097_is_einval", 4097, 0},
    {"pad_is_einval", 16, 1},
};

static void bad_request_is_einval(void **state)
{
    const struct refusal_row *row = *state;
    struct livepatch_ext_history history = {
        .nr = 1, .stride = row->stride, .pad = row->pad};

    assert_int_equal(
        send_extension(LIVEPATCH_EXT_HISTORY, &history, sizeof(history)),
        -EINVAL);
}

static void longest_stride_is_4096_bytes(void **state)
{
    (void)state;
    leave_records(1);
    assert_int_equal(read_history(newest_number(), 1, 4096).rc, 0);
}

static void unwritable_room_is_efault_and_tells_nothing(void **state)
{
    struct livepatch_ext_history history = {
        .records = 1, .nr = 1, .stride = 16, .from = 1};

    (void)state;
    leave_records(1);
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_HISTORY, &history, sizeof(history)),
        -EFAULT);
    assert_int_equal(history.from, 1);
    assert_int_equal(history.now, 0);
}

static void unwritable_end_of_a_long_record_is_efault(void **state)
{
    const uint32_t ours = sizeof(struct livepatch_ext_record);
    void *room = host_guest_alloc(ours + 200);
    struct livepatch_ext_history history = {.records = (uintptr_t)room,
                                            .nr = 1,
                                            .stride = ours + 200,
                                            .from = newest_number()};

    (void)state;
    leave_records(1);
    host_guest_break((uint8_t *)room + ours + 150, 1);
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_HISTORY, &history, sizeof(history)),
        -EFAULT);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, upload_leaves_a_record);
    host_add(&tests, refused_upload_leaves_a_record);
    host_add(&tests, each_action_leaves_a_record);
    host_add(&tests, refused_action_leaves_a_record);
    host_add(&tests, request_without_a_name_leaves_none);
    host_add(&tests, stop_shows_its_times);
    host_add(&tests, missed_deadline_shows_who_was_late);
    host_add(&tests, replace_counts_all_that_it_moves);
    host_add(&tests, newest_256_are_kept);
    host_add(&tests, dry_runs_leave_the_oldest_record_as_it_was);
    host_add(&tests, reading_goes_on_where_it_ended);
    host_add(&tests, no_room_tells_the_size_and_the_time);
    host_add(&tests, short_record_gets_its_beginning);
    host_add(&tests, long_record_is_cleared_at_its_end);
    host_add_rows(&tests, refusals, bad_request_is_einval);
    host_add(&tests, longest_stride_is_4096_bytes);
    host_add(&tests, unwritable_room_is_efault_and_tells_nothing);
    host_add(&tests, unwritable_end_of_a_long_record_is_efault);
    return host_run(&tests);
}
