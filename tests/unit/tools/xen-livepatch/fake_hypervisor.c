/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The script of calls and the check of each call's bytes. Offsets are those of
 * `struct xen_sysctl`: 0 cmd, 4 version, 8 livepatch operation, 12 pad, 16 the
 * operation's own structure; what lies behind that structure must be zero.
 * Before interface version 0x13 actions end without flags, and lists have no
 * sizes and no metadata, and 128 bytes for each name.
 */
#include "fake_hypervisor.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_console.h"
#include "fake_memory.h"
#include "hypercall.h"
#include "wire_bytes.h"

#define SYSCTL_BYTES 136U
#define SYSCTL_READCONSOLE 1U
#define SYSCTL_LIVEPATCH 27U
#define NR_CALLS_MAX 256U

enum operation {
    UPLOAD = 0,
    GET = 1,
    LIST = 2,
    ACTION = 3,
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
    struct fake_window window;
    const struct fake_entry *entries;
    const char *console_text;
    size_t console_bytes_kept; /* 0: all */
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

void fake_reset(void)
{
    fake_memory_reset();
    fake_console_reset();
    fake_version_reset();
    memset(calls, 0, sizeof(calls));
    nr_expected = 0;
    nr_came = 0;
    open_refusal = 0;
    spoken_version = 0x15;
    nr_wrong_versions = 0;
    first_answer = 0;
    expected_timeout_ns = 30000000;
    handle.is_open = 0;
    fake_delayed_ms = 0;
}

void fake_verify(void)
{
    assert_int_equal(nr_came, nr_expected);
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

void and_console_gets(const char *text)
{
    calls[nr_expected - 1].console_text = text;
}

void and_console_keeps(size_t nr_bytes)
{
    calls[nr_expected - 1].console_bytes_kept = nr_bytes;
}

static void check_zero(const unsigned char *sysctl, unsigned int from,
                       unsigned int to)
{
    for (unsigned int i = from; i < to; i++) {
        if (sysctl[i]) {
            fail_msg("byte %u of the sysctl is 0x%02x, expected 0", i,
                     sysctl[i]);
        }
    }
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

static uint32_t name_bytes_of(const struct fake_entry *entry)
{
    return entry->name_bytes ? entry->name_bytes
                             : (uint32_t)strlen(entry->name) + 1;
}

static void answer_list_sizes(unsigned char *sysctl, const struct call *call)
{
    uint32_t name_bytes = 0;
    uint32_t metadata_bytes = 0;

    for (uint32_t i = 0; i < call->window.nr_given; i++) {
        name_bytes += name_bytes_of(&call->entries[i]);
        metadata_bytes += call->entries[i].metadata_bytes;
    }
    put_u32(sysctl, 16, call->window.version);
    put_u32(sysctl, 24, call->window.nr_given);
    if (!is_before_0x13()) {
        put_u32(sysctl, 32, name_bytes);
        put_u32(sysctl, 36, metadata_bytes);
    }
}

/* Where a LIST answer goes, and how far it has come. */
struct list_output {
    unsigned char *statuses;
    uint64_t names;
    unsigned char *name_lengths;
    uint64_t metadata;
    unsigned char *metadata_lengths;
    uint32_t name_offset;
    uint32_t metadata_offset;
};

static void write_entry(struct list_output *output, uint32_t i,
                        const struct fake_entry *entry)
{
    uint32_t length = (uint32_t)strlen(entry->name) + 1;

    put_u32(output->statuses, i * 8, entry->state);
    put_u32(output->statuses, i * 8 + 4, (uint32_t)entry->rc);
    memcpy(fake_memory_at(output->names + output->name_offset, length),
           entry->name, length);
    put_u32(output->name_lengths, i * 4, name_bytes_of(entry));
    if (entry->metadata) {
        memcpy(fake_memory_at(output->metadata + output->metadata_offset,
                              entry->metadata_bytes),
               entry->metadata, entry->metadata_bytes);
    }
    put_u32(output->metadata_lengths, i * 4, entry->metadata_bytes);
    output->name_offset += name_bytes_of(entry);
    output->metadata_offset += entry->metadata_bytes;
}

/* 40 status, 48 name, 56 len, 64 metadata, 72 metadata_len handles */
static int answer_list_window(unsigned char *sysctl, const struct call *call)
{
    uint32_t nr_asked = call->window.nr_asked;
    struct list_output output = {
        .statuses = fake_memory_at(u64_at(sysctl, 40), nr_asked * 8),
        .names = u64_at(sysctl, 48),
        .name_lengths = fake_memory_at(u64_at(sysctl, 56), nr_asked * 4),
        .metadata = u64_at(sysctl, 64),
        .metadata_lengths = fake_memory_at(u64_at(sysctl, 72), nr_asked * 4),
    };

    /* Capacities are read by later interface versions: they must be true. */
    fake_memory_at(output.names, u32_at(sysctl, 32));
    fake_memory_at(output.metadata, u32_at(sysctl, 36));
    if (call->rc) {
        return call->rc;
    }
    for (uint32_t i = 0; i < call->window.nr_given && i < nr_asked; i++) {
        write_entry(&output, i, &call->entries[call->window.index + i]);
    }
    put_u32(sysctl, 16, call->window.version);
    put_u32(sysctl, 24, 0);
    put_u32(sysctl, 32, output.name_offset);
    put_u32(sysctl, 36, output.metadata_offset);
    return (int)call->window.nr_given;
}

/* 32 status, 40 name, 48 len handles */
static int answer_old_list_window(unsigned char *sysctl,
                                  const struct call *call)
{
    uint32_t nr_asked = call->window.nr_asked;
    unsigned char *statuses = fake_memory_at(u64_at(sysctl, 32), nr_asked * 8);
    char *names = fake_memory_at(u64_at(sysctl, 40), nr_asked * 128);
    unsigned char *lengths = fake_memory_at(u64_at(sysctl, 48), nr_asked * 4);

    check_zero(sysctl, 56, SYSCTL_BYTES);
    if (call->rc) {
        return call->rc;
    }
    for (uint32_t i = 0; i < call->window.nr_given && i < nr_asked; i++) {
        const struct fake_entry *entry = &call->entries[call->window.index + i];

        put_u32(statuses, i * 8, entry->state);
        put_u32(statuses, i * 8 + 4, (uint32_t)entry->rc);
        strcpy(names + (size_t)i * 128, entry->name);
        put_u32(lengths, i * 4, name_bytes_of(entry));
    }
    put_u32(sysctl, 16, call->window.version);
    put_u32(sysctl, 24, 0);
    return (int)call->window.nr_given;
}

/* 16 version, 20 idx, 24 nr, 28 pad; since 0x13: 32 name bytes, 36 metadata
 * bytes */
static int answer_list(unsigned char *sysctl, const struct call *call)
{
    assert_int_equal(u32_at(sysctl, 20), call->window.index);
    assert_int_equal(u32_at(sysctl, 24), call->window.nr_asked);
    check_zero(sysctl, 28, 32);
    check_zero(sysctl, 80, SYSCTL_BYTES);
    if (call->window.nr_asked) {
        return is_before_0x13() ? answer_old_list_window(sysctl, call)
                                : answer_list_window(sysctl, call);
    }
    check_zero(sysctl, 16, SYSCTL_BYTES);
    answer_list_sizes(sysctl, call);
    return call->rc;
}

/* The operation 2 is LIST; all else is zero. */
static void check_first_question(const unsigned char *sysctl)
{
    assert_int_equal(u32_at(sysctl, 8), LIST);
    check_zero(sysctl, 12, SYSCTL_BYTES);
}

static int answer_livepatch(unsigned char *sysctl)
{
    static int (*const answers[])(unsigned char *, const struct call *) = {
        [UPLOAD] = answer_upload,
        [GET] = answer_get,
        [LIST] = answer_list,
        [ACTION] = answer_action,
    };
    const struct call *call = &calls[nr_came];
    int rc;

    if (!is_version_found) {
        is_version_found = true;
        check_first_question(sysctl);
        return first_answer;
    }
    if (nr_came == nr_expected) {
        fail_msg("call %u, operation %u, was not expected", nr_came + 1,
                 u32_at(sysctl, 8));
    }
    nr_came++;
    memcpy(fake_last_sysctl, sysctl, SYSCTL_BYTES);
    assert_int_equal(u32_at(sysctl, 8), call->operation);
    assert_int_equal(u32_at(sysctl, 12), 0);
    rc = answers[call->operation](sysctl, call);
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
