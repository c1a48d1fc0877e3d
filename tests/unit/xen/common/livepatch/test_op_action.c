// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: ACTION, and what GET says of it, byte by byte.
 */
#include "request.h"

#include "host/clock.h"
#include "host/pcpu.h"

static void apply_and_revert_show_in_get(void **state)
{
    struct request get;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    get = request_for(GET, "fix");
    assert_int_equal(act("fix", APPLY), 0);
    assert_int_equal(send_request(&get), 0);
    assert_int_equal(get32(&get, AT_GET_STATE), 2);
    assert_int_equal(get32(&get, AT_GET_RC), 0);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(send_request(&get), 0);
    assert_int_equal(get32(&get, AT_GET_STATE), 1);
    assert_int_equal(act("fix", UNLOAD), 0);
    assert_int_equal(send_request(&get), -ENOENT);
}

static void late_pcpu_shows_as_rc_in_get(void **state)
{
    struct request get, apply;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    get = request_for(GET, "fix");
    apply = action_request("fix", APPLY);
    put(&apply, AT_ACTION_TIMEOUT, 1000, 4);
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(1);
    host_clock_jump_at(0, 1000);
    assert_int_equal(send_request(&apply), 0);
    assert_logged("not applied: after 1000 ns");
    assert_int_equal(send_request(&get), 0);
    assert_int_equal(get32(&get, AT_GET_STATE), 1);
    assert_int_equal((int)get32(&get, AT_GET_RC), -EBUSY);
    host_cpus_stop();
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void action_pad_is_einval_before_the_name(void **state)
{
    struct request request = action_request("nothing", APPLY);

    (void)state;
    put(&request, AT_ACTION_PAD, 1, 4);
    assert_int_equal(send_request(&request), -EINVAL);
}

static void unknown_action_is_eopnotsupp(void **state)
{
    static const uint32_t unknown[] = {0, 5, 77, UINT32_MAX};

    (void)state;
    assert_int_equal(upload("fix"), 0);
    for (unsigned int i = 0; i < 4; i++) {
        assert_int_equal(act("fix", unknown[i]), -EOPNOTSUPP);
    }
    assert_logged("livepatch: fix: action 5 is not supported");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void unknown_action_flags_are_einval(void **state)
{
    struct request request;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    request = action_request("fix", APPLY);
    put(&request, AT_ACTION_FLAGS, 2, 4);
    assert_int_equal(send_request(&request), -EINVAL);
    assert_logged("unknown action flags 0x2");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void nodeps_flag_reaches_the_action(void **state)
{
    struct payload_description what = payload_simple;
    struct request request;

    (void)state;
    what.depends = 0x77;
    assert_int_equal(upload_described("fix", &what), 0);
    assert_int_equal(act("fix", APPLY), -EINVAL);
    request = action_request("fix", APPLY);
    put(&request, AT_ACTION_FLAGS, 1, 4);
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void wrong_state_is_einval(void **state)
{
    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(act("fix", REVERT), -EINVAL);
    assert_int_equal(act("fix", APPLY), 0);
    assert_int_equal(act("fix", APPLY), -EINVAL);
    assert_int_equal(act("fix", UNLOAD), -EINVAL);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, apply_and_revert_show_in_get);
    host_add(&tests, late_pcpu_shows_as_rc_in_get);
    host_add(&tests, action_pad_is_einval_before_the_name);
    host_add(&tests, unknown_action_is_eopnotsupp);
    host_add(&tests, unknown_action_flags_are_einval);
    host_add(&tests, nodeps_flag_reaches_the_action);
    host_add(&tests, wrong_state_is_einval);
    return host_run(&tests);
}
