/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The script of calls and the check of each call's bytes. Offsets are those of
 * `struct xen_sysctl`: 0 cmd, 4 version, 8 livepatch operation, 12 pad, 16 the
 * operation's own structure; what lies behind that structure must be zero.
 * Before interface version 0x13 actions end without flags. LIST is in
 * fake_list.c, what only this project's hypervisor has in fake_extension.c.
 */
#include "fake/fake_hypervisor.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_console.h"
#include "fake/fake_extension.h"
#include "fake/fake_journal.h"
#include "fake/fake_list.h"
#include "fake/fake_machine.h"
#include "fake/fake_memory.h"
#include "fake/wire_bytes.h"
#include "hypervisor/hypercall.h"

#define SYSCTL_BYTES 136U
#define SYSCTL_READCONSOLE 1U
#define SYSCTL_LIVEPATCH 27U
#define NR_CALLS_MAX 256U

enum operation {
    UPLOAD = 0,
    GET = 1,
    LIST = 2,
    ACTION = 3,
    ACTION_SET = LIVEPATCH_EXT_ACTION_SET,
};

struct call {
    enum operation operation;
    int rc;
    const char *name;
    const void *payload;
    size_t payload_bytes;
    uint32_t state;
    int32_t status_rc;
    uint32_t action;
    uint32_t flags;
    uint32_t nr_names;
    uint32_t failed;
    const struct livepatch_ext_record *record;
    struct fake_window window;
    const struct fake_entry *entries;
    int signal; /* 0: none */
    const char *console_text;
    size_t console_bytes_kept; /* 0: all */
    bool is_timed;
    unsigned int delayed_ms; /* where is_timed */
};

struct hypercall {
    int is_open;
};

unsigned char fake_last_sysctl[SYSCTL_BYTES];

static struct hypercall handle;
static struct call calls[NR_CALLS_MAX];
static unsigned int nr_expected;
static unsigned int nr_came;
static int open_refusal;
static uint32_t spoken_version;
static unsigned int nr_wrong_versions;
static bool is_version_found;
static int first_answer;
static uint32_t expected_timeout_ns;
static bool expects_force;

void fake_reset(void)
{
    fake_memory_reset();
    fake_console_reset();
    fake_version_reset();
    fake_extension_reset();
    fake_journal_reset();
    fake_machine_reset();
    memset(calls, 0, sizeof(calls));
    nr_expected = 0;
    nr_came = 0;
    open_refusal = 0;
    spoken_version = 0x15;
    nr_wrong_versions = 0;
    first_answer = 0;
    expected_timeout_ns = 30000000;
    expects_force = false;
    handle.is_open = 0;
    fake_delayed_ms = 0;
}

void fake_verify(void)
{
    assert_int_equal(nr_came, nr_expected);
    fake_extension_verify();
    assert_int_equal(fake_memory_nr_live(), 0);
    assert_false(handle.is_open);
}

void fake_fail_open(int rc)
{
    open_refusal = rc;
}

void fake_speak(uint32_t version)
{
    spoken_version = version;
}

void fake_answer_first_question(int rc)
{
    first_answer = rc;
}

unsigned int fake_nr_wrong_versions(void)
{
    return nr_wrong_versions;
}

unsigned int fake_nr_calls(void)
{
    return nr_came;
}

static struct call *add_call(enum operation operation, const char *name, int rc)
{
    struct call *call = &calls[nr_expected++];

    assert_true(nr_expected <= NR_CALLS_MAX);
    call->operation = operation;
    call->name = name;
    call->rc = rc;
    return call;
}

void expect_upload(const char *name, const void *bytes, size_t nr_bytes, int rc)
{
    struct call *call = add_call(UPLOAD, name, rc);

    call->payload = bytes;
    call->payload_bytes = nr_bytes;
}

void expect_get(const char *name, uint32_t state, int32_t status_rc)
{
    struct call *call = add_call(GET, name, 0);

    call->state = state;
    call->status_rc = status_rc;
}

void expect_get_refused(const char *name, int rc)
{
    add_call(GET, name, rc);
}

void expect_action(const char *name, uint32_t cmd, uint32_t flags, int rc)
{
    struct call *call = add_call(ACTION, name, rc);

    call->action = cmd;
    call->flags = flags;
}

void expect_action_set(const struct fake_set *set)
{
    struct call *call = add_call(ACTION_SET, set->names, set->rc);

    call->nr_names = set->nr;
    call->action = set->cmd;
    call->flags = set->flags;
    call->status_rc = set->result;
    call->failed = set->failed;
}

void and_records(const struct livepatch_ext_record *record)
{
    calls[nr_expected - 1].record = record;
}

void and_comes_after_ms(unsigned int delayed_ms)
{
    calls[nr_expected - 1].is_timed = true;
    calls[nr_expected - 1].delayed_ms = delayed_ms;
}

void expect_force(void)
{
    expects_force = true;
}

void expect_timeout(uint32_t timeout_ns)
{
    expected_timeout_ns = timeout_ns;
}

void expect_list_sizes(uint32_t version, const struct fake_entry *entries,
                       uint32_t nr)
{
    struct call *call = add_call(LIST, NULL, 0);

    call->window = (struct fake_window){.version = version, .nr_given = nr};
    call->entries = entries;
}

void expect_list_sizes_refused(int rc)
{
    add_call(LIST, NULL, rc);
}

void expect_list(const struct fake_window *window,
                 const struct fake_entry *entries)
{
    struct call *call = add_call(LIST, NULL, 0);

    call->window = *window;
    call->entries = entries;
}

void expect_list_refused(uint32_t index, uint32_t nr_asked, int rc)
{
    struct call *call = add_call(LIST, NULL, rc);

    call->window = (struct fake_window){.index = index, .nr_asked = nr_asked};
}

void and_signal_comes(int signal)
{
    calls[nr_expected - 1].signal = signal;
}

void and_console_gets(const char *text)
{
    calls[nr_expected - 1].console_text = text;
}

void and_console_keeps(size_t nr_bytes)
{
    calls[nr_expected - 1].console_bytes_kept = nr_bytes;
}

/* 16 name handle, 24 size with NUL, 26 pad */
static void check_name(const unsigned char *sysctl, const char *name)
{
    uint16_t nr_bytes = u16_at(sysctl, 24);

    assert_int_equal(nr_bytes, strlen(name) + 1);
    assert_true(nr_bytes <= 128);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 16), nr_bytes), name,
                        nr_bytes);
    check_zero(sysctl, 26, 32);
}

/* 32 size, 40 payload handle */
static int answer_upload(unsigned char *sysctl, const struct call *call)
{
    check_name(sysctl, call->name);
    assert_int_equal(u64_at(sysctl, 32), call->payload_bytes);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 40), call->payload_bytes),
                        call->payload, call->payload_bytes);
    check_zero(sysctl, 48, SYSCTL_BYTES);
    return call->rc;
}

/* 32 state, 36 rc */
static int answer_get(unsigned char *sysctl, const struct call *call)
{
    check_name(sysctl, call->name);
    check_zero(sysctl, 40, SYSCTL_BYTES);
    put_u32(sysctl, 32, call->state);
    put_u32(sysctl, 36, (uint32_t)call->status_rc);
    return call->rc;
}

static bool is_before_0x13(void)
{
    return spoken_version < 0x13;
}

static int answer_list(unsigned char *sysctl, const struct call *call)
{
    const struct fake_listing listing = {&call->window, call->entries, call->rc,
                                         is_before_0x13()};

    return fake_list_answer(sysctl, &listing);
}

/* 32 cmd, 36 timeout; since 0x13: 40 flags, 44 pad */
static int answer_action(unsigned char *sysctl, const struct call *call)
{
    check_name(sysctl, call->name);
    assert_int_equal(u32_at(sysctl, 32), call->action);
    assert_int_equal(u32_at(sysctl, 36), expected_timeout_ns);
    assert_int_equal(u32_at(sysctl, 40), call->flags);
    check_zero(sysctl, is_before_0x13() ? 40 : 44, SYSCTL_BYTES);
    return call->rc;
}

/* The bytes of `nr` strings in a row, with their NULs. */
static uint32_t row_bytes(const char *names, uint32_t nr)
{
    const char *end = names;

    while (nr--) {
        end += strlen(end) + 1;
    }
    return (uint32_t)(end - names);
}

/* 16 names handle, 24 their bytes, 28 nr, 32 cmd, 36 timeout, 40 flags, 44
 * failed, 48 rc, 52 pad */
static int answer_action_set(unsigned char *sysctl, const struct call *call)
{
    uint32_t nr_bytes = row_bytes(call->name, call->nr_names);

    assert_int_equal(u32_at(sysctl, 24), nr_bytes);
    assert_memory_equal(fake_memory_at(u64_at(sysctl, 16), nr_bytes),
                        call->name, nr_bytes);
    assert_int_equal(u32_at(sysctl, 28), call->nr_names);
    assert_int_equal(u32_at(sysctl, 32), call->action);
    assert_int_equal(u32_at(sysctl, 36), expected_timeout_ns);
    assert_int_equal(u32_at(sysctl, 40), call->flags);
    check_zero(sysctl, 52, SYSCTL_BYTES);
    put_u32(sysctl, 44, call->failed);
    put_u32(sysctl, 48, (uint32_t)call->status_rc);
    return call->rc;
}

/* The operation 2 is LIST; all else is zero. */
static void check_first_question(const unsigned char *sysctl)
{
    assert_int_equal(u32_at(sysctl, 8), LIST);
    check_zero(sysctl, 12, SYSCTL_BYTES);
}

static int answer_call(unsigned char *sysctl, const struct call *call)
{
    switch (call->operation) {
    case UPLOAD:
        return answer_upload(sysctl, call);
    case GET:
        return answer_get(sysctl, call);
    case LIST:
        return answer_list(sysctl, call);
    case ACTION:
        return answer_action(sysctl, call);
    default:
        return answer_action_set(sysctl, call);
    }
}

static int answer_livepatch(unsigned char *sysctl)
{
    const struct call *call = &calls[nr_came];
    int rc;

    if (!is_version_found) {
        is_version_found = true;
        check_first_question(sysctl);
        return first_answer;
    }
    if (fake_extension_has(u32_at(sysctl, 8))) {
        return fake_extension_answer(sysctl);
    }
    if (nr_came == nr_expected) {
        fail_msg("call %u, operation %u, was not expected", nr_came + 1,
                 u32_at(sysctl, 8));
    }
    nr_came++;
    memcpy(fake_last_sysctl, sysctl, SYSCTL_BYTES);
    assert_int_equal(u32_at(sysctl, 8), call->operation);
    if (call->is_timed) {
        assert_int_equal(fake_delayed_ms, call->delayed_ms);
    }
    assert_int_equal(u32_at(sysctl, 12),
                     expects_force && call->operation == UPLOAD);
    rc = answer_call(sysctl, call);
    if (call->signal) {
        raise(call->signal);
    }
    if (call->record) {
        fake_extension_record(call->record);
    }
    if (call->console_text) {
        fake_console_append(call->console_text);
    }
    if (call->console_bytes_kept) {
        fake_console_keep(call->console_bytes_kept);
    }
    return rc;
}

int hypercall_sysctl(struct hypercall *hypercall, void *sysctl, size_t bytes)
{
    assert_ptr_equal(hypercall, &handle);
    assert_true(handle.is_open);
    assert_int_equal(bytes, SYSCTL_BYTES);
    if (u32_at(sysctl, 4) != spoken_version) {
        assert_false(is_version_found);
        nr_wrong_versions++;
        return -EACCES;
    }
    if (u32_at(sysctl, 0) == SYSCTL_READCONSOLE) {
        return fake_console_answer(sysctl);
    }
    assert_int_equal(u32_at(sysctl, 0), SYSCTL_LIVEPATCH);
    return answer_livepatch(sysctl);
}

int hypercall_open(struct hypercall **opened)
{
    if (open_refusal) {
        return open_refusal;
    }
    handle.is_open = 1;
    is_version_found = false;
    *opened = &handle;
    return 0;
}

void hypercall_close(struct hypercall *hypercall)
{
    assert_ptr_equal(hypercall, &handle);
    assert_true(handle.is_open);
    handle.is_open = 0;
}
