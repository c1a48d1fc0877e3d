// SPDX-License-Identifier: GPL-2.0
/*
 * What is asked of payloads where the command line says nothing, which no other
 * test of this program may change.
 */
#include "host/test.h"

#include "host/keyring.h"

struct default_row {
    const char *name;
    unsigned int nr_keys, floor, policy;
};

static const struct default_row defaults[] = {
    {"without_keys_nothing_is_asked", 0, LIVEPATCH_VERIFY_NONE,
     LIVEPATCH_VERIFY_NONE},
    {"with_a_key_a_signature_is_asked", 1, LIVEPATCH_VERIFY_NONE,
     LIVEPATCH_VERIFY_SIGNATURE},
    {"digest_that_is_built_in_is_asked", 0, LIVEPATCH_VERIFY_DIGEST,
     LIVEPATCH_VERIFY_DIGEST},
    {"signature_that_is_built_in_is_asked_though_there_is_no_key", 0,
     LIVEPATCH_VERIFY_SIGNATURE, LIVEPATCH_VERIFY_SIGNATURE},
};

static void default_is_as_documented(void **state)
{
    const struct default_row *row = *state;
    const struct livepatch_keyring ring = {
        .nr = row->nr_keys,
        .floor = row->floor,
    };

    host_keyring(&ring);
    assert_int_equal(livepatch_policy(), row->policy);
    host_keyring(NULL);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, defaults, default_is_as_documented);
    return host_run(&tests);
}
