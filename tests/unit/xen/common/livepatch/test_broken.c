// SPDX-License-Identifier: GPL-2.0
/*
 * The set of broken payloads (tests/broken), uploaded one by one: each is
 * refused with the errno and the message of its row, or loads where the row
 * says so, and leaves nothing behind. The same set is run on the real
 * hypervisor by the scenario broken_payloads.
 */
#include "dry_run.h"
#include "request.h"

#include <stdio.h>

#include <xen/kernel.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "broken/set.h"
#include "host/guest.h"
#include "host/refusal.h"

#define MAX_ROWS 2048

struct case_of_row {
    unsigned int number;
    char name[64];
};

static const void *address_of(const struct broken_symbol *symbol)
{
    switch (symbol->kind) {
    case BROKEN_PATCHING_PATH:
        return _snopatch;
    case BROKEN_DATA:
        return _srodata + 32;
    default:
        return _sinit + 32;
    }
}

/* The fake hypervisor gets what the set wants. */
static void add_symbols(void)
{
    for (unsigned int i = 0; broken_symbols[i].name; i++) {
        const struct broken_symbol *symbol = &broken_symbols[i];

        if (symbol->kind == BROKEN_FUNCTION) {
            host_function_add(symbol->name, host_functions[0].bytes, 16);
        } else {
            host_symbol_add(symbol->name, address_of(symbol));
        }
    }
}

static int upload_broken(const struct broken_payload *broken)
{
    const struct payload_file file = {broken->bytes, broken->size};
    struct request request = upload_request(broken->name, &file);

    return send_request(&request);
}

static int try_broken(const struct broken_payload *broken)
{
    const struct payload_file file = {broken->bytes, broken->size};
    const int rc = try_file(broken->name, &file, 0);

    host_log_clear();
    return rc;
}

static bool is_log_right(const struct broken_payload *broken, int rc)
{
    const unsigned int nr = rc ? host_refusal_lines(broken->name, rc) : 1;
    char prefix[80];

    snprintf(prefix, sizeof(prefix), "livepatch: %s: ", broken->name);
    return host_log_holds(broken->says) && host_log_count(prefix) == nr &&
           host_log_count("\n") == nr && host_log_errors() == (rc ? nr : 0);
}

static bool is_as_expected(const struct broken_payload *broken, int rc)
{
    return broken->error == BROKEN_ANY ? rc <= 0 : rc == broken->error;
}

/* What loads is unloaded; nothing is left. True when it loaded. */
static bool upload_and_unload(const struct broken_payload *broken)
{
    const int dry_rc = try_broken(broken);
    const int rc = upload_broken(broken);
    const bool is_right =
        is_as_expected(broken, rc) && is_log_right(broken, rc) && dry_rc == rc;

    if (!is_right) {
        print_error("%s: %d, the dry run %d, expected %d and '%s'; the "
                    "log:\n%s",
                    broken->name, rc, dry_rc, broken->error, broken->says,
                    host_log());
    }
    host_log_clear();
    if (rc == 0) {
        assert_int_equal(act(broken->name, UNLOAD), 0);
    }
    assert_null(find_payload(broken->name));
    assert_int_equal(vmap_pages_used(), 0);
    assert_int_equal(xmalloc_bytes_used(), 0);
    assert_true(is_right);
    host_log_clear();
    return rc == 0;
}

static void upload_of_a_row(void **state)
{
    const struct case_of_row *row = *state;
    struct broken_payload broken;

    add_symbols();
    broken_make_row(row->number, &broken);
    upload_and_unload(&broken);
    broken_discard(&broken);
}

static void flipped_bits_are_survived(void **state)
{
    unsigned int nr_loaded = 0;

    (void)state;
    add_symbols();
    for (unsigned int i = 0; i < BROKEN_NR_FLIPS; i++) {
        struct broken_payload broken;

        broken_make_flip(i, &broken);
        nr_loaded += upload_and_unload(&broken);
        broken_discard(&broken);
        host_guest_reset();
    }
    assert_in_range(nr_loaded, 1, BROKEN_NR_FLIPS - 1);
}

static void set_is_as_large_as_it_says(void **state)
{
    unsigned int nr_refused = 0;

    (void)state;
    for (unsigned int i = 0; i < broken_nr_rows(); i++) {
        struct broken_payload broken;

        broken_make_row(i, &broken);
        nr_refused += broken.error != 0;
        broken_discard(&broken);
    }
    assert_true(nr_refused >= 272);
}

int main(void)
{
    static struct host_tests tests;
    static struct case_of_row rows[MAX_ROWS];
    const unsigned int nr = broken_nr_rows();

    assert_true(nr <= MAX_ROWS);
    for (unsigned int i = 0; i < nr; i++) {
        struct broken_payload broken;

        broken_make_row(i, &broken);
        rows[i].number = i;
        memcpy(rows[i].name, broken.name, sizeof(rows[i].name));
        host_add_test(&tests, rows[i].name, upload_of_a_row, &rows[i]);
        broken_discard(&broken);
    }
    host_add(&tests, flipped_bits_are_survived);
    host_add(&tests, set_is_as_large_as_it_says);
    return host_run(&tests);
}
