// SPDX-License-Identifier: GPL-2.0
/*
 * Bytes into the text and back: order, overlap, and that the text is never
 * writable but through the window.
 */
#include "steps.h"

#include <xen/kernel.h>
#include <xen/mm.h>

#include "host/arena.h"
#include "host/window.h"
#include "patch.h"
#include "text_view.h"

static struct livepatch_change change_at(const char *function, uint8_t offset,
                                         uint8_t nr, uint8_t fill)
{
    struct livepatch_change change = {
        .where = (uint8_t *)host_symbol(function) + offset,
        .nr_bytes = nr,
    };

    memset(change.after, fill, nr);
    return change;
}

static void save_old(struct lp_payload *payload)
{
    const struct registry_locked locked = registry_lock();
    struct lp_step step = {.payload = payload, .is_apply = true};
    const struct lp_action action = {.step = &step, .nr = 1};

    lp_text_view_save_old(locked, &action, 0);
    registry_unlock(locked);
}

/* Saves, writes; the caller restores. */
static void write_changes(struct lp_payload *payload)
{
    save_old(payload);
    assert_int_equal(lp_patch_open(payload), 0);
    lp_patch_write(payload);
}

static void restore_changes(struct lp_payload *payload)
{
    lp_patch_restore(payload);
    assert_true(host_text_is_pristine());
    lp_patch_close(payload);
    assert_null(payload->window);
}

static void write_changes_just_these_bytes(void **state)
{
    struct livepatch_change changes[] = {change_at("answer", 3, 5, 0x90)};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};
    const uint8_t *text = host_symbol("answer");
    uint8_t expected[32];

    (void)state;
    memcpy(expected, text, sizeof(expected));
    memset(expected + 3, 0x90, 5);
    write_changes(&payload);
    assert_memory_equal(text, expected, sizeof(expected));
    restore_changes(&payload);
}

static void longest_change_is_31_bytes(void **state)
{
    struct livepatch_change changes[] = {
        change_at("answer", 0, LIVEPATCH_OPAQUE_SIZE, 0x90)};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};

    (void)state;
    write_changes(&payload);
    assert_int_equal(((uint8_t *)host_symbol("answer"))[30], 0x90);
    assert_int_not_equal(((uint8_t *)host_symbol("answer"))[31], 0x90);
    restore_changes(&payload);
}

static void change_may_cross_a_page(void **state)
{
    struct livepatch_change changes[] = {{
        .where = (uint8_t *)_stext + 4094,
        .nr_bytes = 5,
        .after = {1, 2, 3, 4, 5},
    }};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};

    (void)state;
    write_changes(&payload);
    assert_memory_equal(_stext + 4094, changes[0].after, 5);
    restore_changes(&payload);
}

/* Entries are written first to last: the last one wins. */
static void overlapping_changes_end_as_they_began(void **state)
{
    struct livepatch_change changes[] = {
        change_at("answer", 0, 8, 0x11),
        change_at("answer", 4, 8, 0x22),
        change_at("answer", 0, 8, 0x33),
    };
    struct lp_payload payload = {.nfuncs = 3, .changes = changes};
    const uint8_t *text = host_symbol("answer");

    (void)state;
    write_changes(&payload);
    assert_int_equal(text[0], 0x33);
    assert_int_equal(text[7], 0x33);
    assert_int_equal(text[8], 0x22);
    restore_changes(&payload);
}

/* Each entry's old bytes were noted while the one before it was in place. */
static void restore_goes_from_last_to_first(void **state)
{
    struct livepatch_change changes[] = {
        change_at("answer", 0, 5, 0x11),
        change_at("answer", 0, 5, 0x22),
    };
    struct lp_payload payload = {.nfuncs = 2, .changes = changes};

    (void)state;
    payload.before_is_bare = false;
    save_old(&payload);
    memset(changes[1].before, 0x11, 5);
    assert_int_equal(lp_patch_open(&payload), 0);
    lp_patch_write(&payload);
    restore_changes(&payload);
}

static void change_of_0_bytes_changes_nothing(void **state)
{
    struct livepatch_change changes[] = {change_at("answer", 0, 0, 0)};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};

    (void)state;
    write_changes(&payload);
    assert_true(host_text_is_pristine());
    restore_changes(&payload);
}

static void text_is_never_writable_itself(void **state)
{
    struct livepatch_change changes[] = {change_at("answer", 0, 5, 0x90)};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};

    (void)state;
    write_changes(&payload);
    assert_int_equal(host_arena_prot(changes[0].where), PAGE_HYPERVISOR_RX);
    restore_changes(&payload);
    assert_int_equal(host_arena_prot(changes[0].where), PAGE_HYPERVISOR_RX);
    assert_int_equal(host_windows(), 0);
}

static void window_serves_any_number_of_writes(void **state)
{
    struct livepatch_change changes[] = {change_at("answer", 0, 5, 0x90)};
    struct lp_payload payload = {.nfuncs = 1, .changes = changes};
    const uint8_t *text = host_symbol("answer");

    (void)state;
    write_changes(&payload);
    for (unsigned int i = 0; i < 3; i++) {
        lp_patch_restore(&payload);
        assert_true(host_text_is_pristine());
        lp_patch_write(&payload);
        assert_int_equal(text[0], 0x90);
    }
    assert_int_equal(host_windows(), 1);
    restore_changes(&payload);
}

static void unmapped_text_is_einval(void **state)
{
    struct livepatch_change changes[] = {
        change_at("answer", 0, 5, 0x90),
        {.where = (uint8_t *)0x1000, .nr_bytes = 5},
    };
    struct lp_payload payload = {
        .name = "fix", .nfuncs = 2, .changes = changes};

    (void)state;
    assert_int_equal(lp_patch_open(&payload), -EINVAL);
    assert_logged("livepatch: fix: no writable view of 2 functions: error -22");
    assert_int_equal(host_windows(), 0);
}

static void no_memory_is_enomem(void **state)
{
    struct livepatch_change changes[] = {change_at("answer", 0, 5, 0x90)};
    struct lp_payload payload = {
        .name = "fix", .nfuncs = 1, .changes = changes};

    (void)state;
    host_fail_nth(1);
    assert_int_equal(lp_patch_open(&payload), -ENOMEM);
    assert_logged("error -12");
}

#define NR_MANY 7
#define STRIDE 32

/* One change of 4 bytes each 32 bytes, 16 bytes into them; but the one in the
 * middle has none. */
static void lay_many(unsigned long where, unsigned int nr, uint8_t *bytes,
                     bool wanted)
{
    struct livepatch_change changes[NR_MANY];
    uint32_t order[NR_MANY];
    const struct lp_payload payload = {
        .nfuncs = NR_MANY, .changes = changes, .order = order};

    for (unsigned int i = 0; i < NR_MANY; i++) {
        changes[i] = (struct livepatch_change){
            .where = (uint8_t *)_stext + STRIDE * i + 16,
            .nr_bytes = i == NR_MANY / 2 ? 0 : 4,
        };
        memset(changes[i].after, 0x40 + i, 4);
        order[i] = i;
    }
    assert_int_equal(
        lp_patch_lay(&payload, (uint8_t *)_stext + where, nr, bytes), wanted);
}

static void bytes_are_laid_from_the_changes_they_touch(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < NR_MANY; i++) {
        const bool wanted = i != NR_MANY / 2;
        const uint8_t laid = wanted ? 0x40 + i : 0;
        uint8_t bytes[STRIDE] = {0};

        lay_many(STRIDE * i, STRIDE, bytes, wanted);
        assert_int_equal(bytes[15], 0);
        assert_int_equal(bytes[16], laid);
        assert_int_equal(bytes[19], laid);
        assert_int_equal(bytes[20], 0);
    }
}

static void bytes_between_changes_stay(void **state)
{
    uint8_t bytes[12] = {0};

    (void)state;
    for (unsigned int i = 0; i <= NR_MANY; i++) {
        lay_many(STRIDE * i, 12, bytes, false);
    }
}

static void part_of_a_change_is_laid(void **state)
{
    uint8_t bytes[2] = {0};

    (void)state;
    lay_many(STRIDE + 19, 2, bytes, true);
    assert_int_equal(bytes[0], 0x41);
    assert_int_equal(bytes[1], 0);
    lay_many(2 * STRIDE + 15, 2, bytes, true);
    assert_int_equal(bytes[1], 0x42);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, write_changes_just_these_bytes);
    host_add(&tests, longest_change_is_31_bytes);
    host_add(&tests, change_may_cross_a_page);
    host_add(&tests, overlapping_changes_end_as_they_began);
    host_add(&tests, restore_goes_from_last_to_first);
    host_add(&tests, window_serves_any_number_of_writes);
    host_add(&tests, change_of_0_bytes_changes_nothing);
    host_add(&tests, bytes_are_laid_from_the_changes_they_touch);
    host_add(&tests, bytes_between_changes_stay);
    host_add(&tests, part_of_a_change_is_laid);
    host_add(&tests, text_is_never_writable_itself);
    host_add(&tests, unmapped_text_is_einval);
    host_add(&tests, no_memory_is_enomem);
    return host_run(&tests);
}
