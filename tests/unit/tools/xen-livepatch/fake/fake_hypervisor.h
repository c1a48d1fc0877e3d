/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hypervisor in the place of the hypercall layer. A test first says which
 * calls must come, in order, and how each is answered; the fake checks the
 * bytes of every call against the offsets of the ABI (not against a header) and
 * fails the test at the first call that differs. Its console is a ring of its
 * own that any call may add to.
 */
#ifndef TESTS_FAKE_HYPERVISOR_H
#define TESTS_FAKE_HYPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Forget everything. To be called before each test. */
void fake_reset(void);

/* Fail unless every expected call came and every buffer was given back. */
void fake_verify(void);

/*
 * The sysctl interface version that it speaks, 0x15 unless said otherwise; any
 * other one is answered with -EACCES. The first LIST with nr 0 in the right
 * version, with which the command finds the version, needs no expectation; it
 * is answered with `rc`.
 */
void fake_speak(uint32_t version);
void fake_answer_first_question(int rc);

/* Questions in a wrong version since fake_reset(). */
unsigned int fake_nr_wrong_versions(void);

/* hypercall_open() fails with -errno `rc`. */
void fake_fail_open(int rc);

/* The `nth` allocation (1, 2 ...) gives NULL. */
void fake_fail_allocation(unsigned int nth);
bool fake_did_allocation_fail(void);

/* The version (4.17.5-fake) or the build-id (01 02 ... 14) is not told. */
void fake_version_reset(void);

/* Xen 4.`number` instead of 4.17. */
void fake_be_minor(int number);
void fake_refuse_version(int rc);
void fake_answer_build_id(int rc);

/* The calls to come. `rc` is the answer: 0 or -errno. */
void expect_upload(const char *name, const void *bytes, size_t nr_bytes,
                   int rc);
void expect_get(const char *name, uint32_t state, int32_t status_rc);
void expect_get_refused(const char *name, int rc);
void expect_action(const char *name, uint32_t cmd, uint32_t flags, int rc);

/* A set of the extension; `names` are `nr` strings in a row: "a\0b". */
struct fake_set {
    const char *names;
    uint32_t nr;
    uint32_t cmd;
    uint32_t flags;
    uint32_t failed;
    int32_t result;
    int rc;
};

void expect_action_set(const struct fake_set *set);

/* The call that was expected last is recorded (fake_extension.h) as this. */
struct livepatch_ext_record;
void and_records(const struct livepatch_ext_record *record);

/* The call that was expected last comes when so much of delay_ms() is over. */
void and_comes_after_ms(unsigned int delayed_ms);

/* Every upload to come carries the flag FORCE. */
void expect_force(void);

/* The timeout of every action to come, in place of 30 ms. */
void expect_timeout(uint32_t timeout_ns);

struct fake_entry {
    uint32_t state;
    int32_t rc;
    const char *name;
    const char *metadata;
    uint32_t metadata_bytes;
    uint32_t name_bytes; /* 0: the name's length and its NUL */
};

/* LIST with nr 0: answered with the totals of `nr` entries. */
void expect_list_sizes(uint32_t version, const struct fake_entry *entries,
                       uint32_t nr);
void expect_list_sizes_refused(int rc);

/* LIST of entries index .. index + nr_asked - 1: answered with nr_given. */
struct fake_window {
    uint32_t version;
    uint32_t index;
    uint32_t nr_asked;
    uint32_t nr_given;
};

void expect_list(const struct fake_window *window,
                 const struct fake_entry *entries);
void expect_list_refused(uint32_t index, uint32_t nr_asked, int rc);

/* The call that was expected last also writes this to the console. */
void and_console_gets(const char *text);

/* While the call that was expected last is under way this signal comes. */
void and_signal_comes(int signal);

/* ... after which only the last `nr_bytes` bytes of the ring are left. */
void and_console_keeps(size_t nr_bytes);

/* Before the test: what the console holds, how much of it, at which index. */
void fake_console_set(const char *text, uint32_t start_index);
void fake_console_refuse(int rc);

/* A hypervisor whose ring begins anew for a start index at its end. */
void fake_console_restart_at_end(void);

/* The last livepatch sysctl as it was sent, for looks at single bytes. */
extern unsigned char fake_last_sysctl[136];

/* The number of sysctls that came, readconsole not counted. */
unsigned int fake_nr_calls(void);

/* What delay_ms() was asked for in all. */
extern unsigned int fake_delayed_ms;

#endif
