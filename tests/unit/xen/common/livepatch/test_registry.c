// SPDX-License-Identifier: GPL-2.0
/*
 * The list of payloads, the stack of applied ones, and the questions that are
 * asked of them.
 */
#include "steps.h"

#include <xen/livepatch.h>
#include <xen/symbols.h>
#include <xen/virtual_region.h>

#include "host/pcpu.h"

/* Three payloads on three functions, oldest first; each can lie on any. */
static struct lp_payload *load_numbered(uint8_t number)
{
    static const char *const names[] = {"one", "two", "three"};
    static const char *const old[] = {"answer", "question", "answer_endbr"};
    const struct payload_function function = {
        .old_name = old[number],
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    const struct payload_description what = {
        .functions = &function,
        .nr_functions = 1,
        .id = 0x11 * (number + 1),
    };

    return must_load_described(&what, names[number]);
}

static void payloads_are_listed_in_upload_order(void **state)
{
    struct lp_payload *one = load_numbered(0);
    struct lp_payload *two = load_numbered(1);
    struct lp_payload *three = load_numbered(2);
    struct registry_locked locked;

    (void)state;
    must_unload(two);
    two = load_numbered(1);
    locked = registry_lock();
    assert_int_equal(lp_registry_count(locked), 3);
    assert_ptr_equal(lp_registry_at(locked, 0), one);
    assert_ptr_equal(lp_registry_next(locked, one), three);
    assert_ptr_equal(lp_registry_next(locked, three), two);
    assert_null(lp_registry_next(locked, two));
    assert_ptr_equal(lp_registry_at(locked, 2), two);
    assert_null(lp_registry_at(locked, 3));
    registry_unlock(locked);
    must_unload(one);
    must_unload(two);
    must_unload(three);
}

static void empty_registry_has_nothing(void **state)
{
    struct registry_locked locked = registry_lock();
    const struct lp_build_id id = {(const uint8_t *)"x", 1};

    (void)state;
    assert_int_equal(lp_registry_count(locked), 0);
    assert_null(lp_registry_at(locked, 0));
    assert_null(lp_registry_top(locked));
    assert_null(lp_registry_find_name(locked, ""));
    assert_null(lp_registry_find_id(locked, &id));
    registry_unlock(locked);
    assert_null(lp_registry_find_address(NULL));
}

static uint32_t version_now(void)
{
    struct registry_locked locked = registry_lock();
    const uint32_t version = lp_registry_version(locked);

    registry_unlock(locked);
    return version;
}

static void version_counts_loads_and_unloads_only(void **state)
{
    const uint32_t before = version_now();
    struct lp_payload *one;

    (void)state;
    one = load_numbered(0);
    assert_int_equal(version_now(), before + 1);
    must_apply(one);
    must_revert(one);
    assert_int_equal(version_now(), before + 1);
    must_unload(one);
    assert_int_equal(version_now(), before + 2);
}

static void payload_is_found_by_exact_name_and_id(void **state)
{
    struct lp_payload *one = load_numbered(0);
    struct lp_payload *two = load_numbered(1);
    struct registry_locked locked = registry_lock();

    (void)state;
    assert_ptr_equal(lp_registry_find_name(locked, "two"), two);
    assert_null(lp_registry_find_name(locked, "tw"));
    assert_null(lp_registry_find_name(locked, "twoo"));
    assert_ptr_equal(lp_registry_find_id(locked, &one->id), one);
    registry_unlock(locked);
    must_unload(one);
    must_unload(two);
}

static void top_is_the_newest_applied(void **state)
{
    struct lp_payload *one = load_numbered(0);
    struct lp_payload *two = load_numbered(1);
    struct registry_locked locked;

    (void)state;
    must_apply(two);
    assert_int_equal(try_apply(one, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    locked = registry_lock();
    assert_ptr_equal(lp_registry_top(locked), one);
    registry_unlock(locked);
    must_revert(one);
    locked = registry_lock();
    assert_ptr_equal(lp_registry_top(locked), two);
    registry_unlock(locked);
    must_revert(two);
    must_unload(one);
    must_unload(two);
}

static void address_in_a_payload_is_that_payload_s(void **state)
{
    struct lp_payload *one = load_numbered(0);
    const uint8_t *base = one->image.base;
    const size_t bytes = one->image.bytes;

    (void)state;
    assert_ptr_equal(lp_registry_find_address(base), one);
    assert_ptr_equal(lp_registry_find_address(base + bytes - 1), one);
    assert_null(lp_registry_find_address(base + bytes));
    assert_null(lp_registry_find_address(base - 1));
    assert_null(lp_registry_find_address(host_symbol("answer")));
    must_unload(one);
    assert_null(lp_registry_find_address(base));
}

/* Key `x`, where a request may be under way. */
static void lock_that_is_held_is_not_waited_for(void **state)
{
    struct registry_locked locked = registry_lock(), second;

    (void)state;
    assert_false(registry_trylock(&second));
    registry_unlock(locked);
    assert_true(registry_trylock(&second));
    assert_int_equal(lp_registry_count(second), 0);
    registry_unlock(second);
}

static void address_in_a_payload_has_a_symbol(void **state)
{
    struct lp_payload *one = load_numbered(0);
    const unsigned long new_addr = (unsigned long)one->funcs[0].new_addr;
    char namebuf[KSYM_NAME_LEN + 1];
    unsigned long size = 77, offset = 77;

    (void)state;
    assert_string_equal(symbols_lookup(new_addr + 2, &size, &offset, namebuf),
                        "new_0");
    assert_string_equal(namebuf, "one");
    assert_int_equal(offset, 2);
    must_unload(one);
    assert_null(symbols_lookup(new_addr + 2, &size, &offset, namebuf));
}

static void text_region_comes_and_goes_with_the_payload(void **state)
{
    struct lp_payload *one = load_numbered(0);
    const struct lp_span text = one->image.region[LP_TEXT];
    const struct virtual_region *region =
        find_text_region((unsigned long)text.start);

    (void)state;
    assert_non_null(region);
    assert_ptr_equal(region->text_start, text.start);
    assert_ptr_equal(region->text_end, text.start + text.bytes);
    assert_null(find_text_region((unsigned long)text.start + text.bytes));
    must_unload(one);
    assert_null(find_text_region((unsigned long)text.start));
}

static void removal_waits_for_lockless_readers(void **state)
{
    struct lp_payload payload = {.name = "fix"};
    struct registry_locked locked = registry_lock();
    unsigned long before;

    (void)state;
    assert_int_equal(lp_registry_add(locked, &payload), 0);
    before = host_rcu_barriers();
    lp_registry_remove(locked, &payload);
    assert_true(host_rcu_barriers() > before);
    registry_unlock(locked);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, payloads_are_listed_in_upload_order);
    host_add(&tests, empty_registry_has_nothing);
    host_add(&tests, version_counts_loads_and_unloads_only);
    host_add(&tests, payload_is_found_by_exact_name_and_id);
    host_add(&tests, top_is_the_newest_applied);
    host_add(&tests, address_in_a_payload_is_that_payload_s);
    host_add(&tests, lock_that_is_held_is_not_waited_for);
    host_add(&tests, address_in_a_payload_has_a_symbol);
    host_add(&tests, text_region_comes_and_goes_with_the_payload);
    host_add(&tests, removal_waits_for_lockless_readers);
    return host_run(&tests);
}
