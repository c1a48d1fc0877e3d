// SPDX-License-Identifier: GPL-2.0
/*
 * The tree of exported symbols: it has what was entered in the order of the
 * names, and no order of operations makes them take many steps. Steps are
 * counted here, from the tree as it is before an operation.
 */
#include "host/test.h"

#include "name_tree.h"

#define MOST 4096U
#define LOG 12U /* of MOST */
#define NAME_BYTES 8

static char names[MOST * NAME_BYTES];
static struct lp_own_symbol symbols[MOST];
static struct lp_payload payload = {
    .symbols = {.nr = MOST, .symbol = symbols, .names = names}};
static struct lp_own_symbol *tree;

/* Symbols 0, 1, 2 ...: names of one length in this order, all of one hash. */
static void number_symbols(void)
{
    tree = NULL;
    for (uint32_t i = 0; i < MOST; i++) {
        snprintf(names + NAME_BYTES * i, NAME_BYTES, "s%04u", i);
        symbols[i] = (struct lp_own_symbol){
            .owner = &payload,
            .name = NAME_BYTES * i,
            .name_length = 5,
            .hash = 7,
            .is_exported = true,
        };
    }
}

static struct hashed_name name_of(uint32_t i)
{
    return (struct hashed_name){
        .text = names + NAME_BYTES * i, .length = 5, .hash = 7};
}

/* From the root to symbol i, or to where it would be. */
static uint32_t steps_to(uint32_t i)
{
    const struct lp_own_symbol *at = tree;
    uint32_t steps = 0;

    while (at && at != &symbols[i]) {
        at = at->child[&symbols[i] > at];
        steps++;
    }
    return steps;
}

static uint32_t insert(uint32_t i)
{
    const uint32_t steps = steps_to(i);

    assert_ptr_equal(lp_name_tree_insert(&tree, &symbols[i]), &symbols[i]);
    return steps;
}

static uint32_t find(uint32_t i)
{
    const struct hashed_name name = name_of(i);
    const uint32_t steps = steps_to(i);

    assert_ptr_equal(lp_name_tree_find(&tree, &name), &symbols[i]);
    return steps;
}

static uint32_t take_out(uint32_t i)
{
    const struct hashed_name name = name_of(i);
    const uint32_t steps = steps_to(i);

    lp_name_tree_remove(&tree, &symbols[i]);
    assert_null(lp_name_tree_find(&tree, &name));
    return steps;
}

/* Orders in which all numbers under MOST come once. */
static uint32_t upwards(uint32_t i)
{
    return i;
}

static uint32_t downwards(uint32_t i)
{
    return MOST - 1 - i;
}

static uint32_t from_both_ends(uint32_t i)
{
    return i % 2 ? MOST - 1 - i / 2 : i / 2;
}

static uint32_t far_apart(uint32_t i)
{
    return i * 2731 % MOST;
}

static uint32_t bits_reversed(uint32_t i)
{
    uint32_t reversed = 0;

    for (unsigned int bit = 0; bit < LOG; bit++) {
        reversed |= (i >> bit & 1) << (LOG - 1 - bit);
    }
    return reversed;
}

static uint32_t (*const orders[])(uint32_t) = {
    upwards, downwards, from_both_ends, far_apart, bits_reversed};

/* Each order of entering with each of finding and of taking out. */
static void no_order_takes_many_steps(void **state)
{
    (void)state;
    for (unsigned int run = 0; run < 25; run++) {
        uint64_t steps = 0;

        number_symbols();
        for (uint32_t i = 0; i < MOST; i++) {
            steps += insert(orders[run / 5](i));
        }
        for (uint32_t i = 0; i < MOST; i++) {
            steps += find(orders[run % 5](i));
        }
        for (uint32_t i = 0; i < MOST; i++) {
            steps += take_out(orders[run % 5](i));
        }
        assert_null(tree);
        assert_in_range(steps, MOST, 3UL * 3 * LOG * MOST);
    }
}

/* A tree that is a list is walked to its end once, not every time. */
static void long_path_is_walked_once(void **state)
{
    (void)state;
    number_symbols();
    for (uint32_t i = 0; i < MOST; i++) {
        insert(i);
    }
    assert_int_equal(steps_to(0), MOST - 1);
    find(0);
    assert_in_range(steps_to(1) + steps_to(MOST / 2), 0, MOST);
    for (uint32_t i = 0; i < LOG; i++) {
        find(0);
        find(MOST / 2);
        find(1);
    }
    assert_in_range(steps_to(0) + steps_to(MOST / 2) + steps_to(1), 0, LOG);
}

static void first_is_taken_first(void **state)
{
    (void)state;
    number_symbols();
    for (uint32_t i = 0; i < MOST; i++) {
        insert(far_apart(i));
    }
    for (uint32_t i = 0; i < MOST; i++) {
        assert_ptr_equal(lp_name_tree_take_first(&tree), &symbols[i]);
    }
    assert_null(lp_name_tree_take_first(&tree));
}

static void second_of_a_name_is_not_entered(void **state)
{
    struct lp_own_symbol twin;

    (void)state;
    number_symbols();
    for (uint32_t i = 0; i < 100; i++) {
        insert(far_apart(i));
    }
    twin = symbols[far_apart(50)];
    assert_ptr_equal(lp_name_tree_insert(&tree, &twin),
                     &symbols[far_apart(50)]);
    for (uint32_t i = 0; i < 100; i++) {
        find(far_apart(i));
    }
    take_out(far_apart(50));
}

struct order_row {
    const char *name;
    const char *text;
    uint32_t length, hash;
    bool is_found;
};

/* Beside "s0001" of hash 7. */
static const struct order_row order_rows[] = {
    {"name_with_its_hash_is_found", "s0001", 5, 7, true},
    {"same_name_with_another_hash_is_another", "s0001", 5, 6, false},
    {"shorter_name_of_the_same_hash_is_another", "s000", 4, 7, false},
    {"longer_name_of_the_same_hash_is_another", "s00011", 6, 7, false},
    {"other_name_of_the_same_hash_is_another", "s0011", 5, 7, false},
};

static void hash_length_and_bytes_count(void **state)
{
    const struct order_row *row = *state;
    const struct hashed_name name = {
        .text = row->text, .length = row->length, .hash = row->hash};

    number_symbols();
    assert_null(lp_name_tree_find(&tree, &name));
    insert(1);
    assert_int_equal(lp_name_tree_find(&tree, &name) != NULL, row->is_found);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, no_order_takes_many_steps);
    host_add(&tests, long_path_is_walked_once);
    host_add(&tests, first_is_taken_first);
    host_add(&tests, second_of_a_name_is_not_entered);
    host_add_rows(&tests, order_rows, hash_length_and_bytes_count);
    return host_run(&tests);
}
