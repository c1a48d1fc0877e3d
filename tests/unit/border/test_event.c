// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of an event that an exit interrupted: by type and vector.
 */
#include "unit.h"
#include <asm/event.h>

#define GP (EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 13)
#define DF (EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 8)
#define EVENT_SOFTWARE (4UL << 8)
#define ERROR 0x1234UL << EVENT_ERROR_SHIFT

static const struct row {
    uint64_t interrupted, repeated, faulted;
} rows[] = {
    {0, 0, GP},
    {EVENT_EXCEPTION | 14, 0, GP}, /* not valid */
    {EVENT_VALID | EVENT_INTERRUPT | 0x30, EVENT_VALID | EVENT_INTERRUPT | 0x30,
     GP},
    {EVENT_VALID | EVENT_NMI | 2, EVENT_VALID | EVENT_NMI | 2, GP},
    {EVENT_VALID | EVENT_SOFTWARE | 0x80, 0, GP},
    {EVENT_VALID | EVENT_SOFTWARE | 8, 0, GP},
    /* an emulator's word for an interrupt */
    {EVENT_VALID | EVENT_EXCEPTION | 32, EVENT_VALID | EVENT_INTERRUPT | 32,
     GP},
    {EVENT_VALID | EVENT_EXCEPTION | 255, EVENT_VALID | EVENT_INTERRUPT | 255,
     GP},
    {EVENT_VALID | EVENT_EXCEPTION | 31, EVENT_VALID | EVENT_EXCEPTION | 31,
     GP},
    /* instructions that call: again by themselves */
    {EVENT_VALID | EVENT_EXCEPTION | 3, 0, GP},
    {EVENT_VALID | EVENT_EXCEPTION | 4, 0, GP},
    /* benign */
    {EVENT_VALID | EVENT_EXCEPTION | 1, EVENT_VALID | EVENT_EXCEPTION | 1, GP},
    {EVENT_VALID | EVENT_EXCEPTION | 6, EVENT_VALID | EVENT_EXCEPTION | 6, GP},
    {EVENT_VALID | EVENT_EXCEPTION | 9, EVENT_VALID | EVENT_EXCEPTION | 9, GP},
    {EVENT_VALID | EVENT_EXCEPTION | 16, EVENT_VALID | EVENT_EXCEPTION | 16,
     GP},
    /* contributory, and page faults */
    {EVENT_VALID | EVENT_EXCEPTION | 0, EVENT_VALID | EVENT_EXCEPTION | 0, DF},
    {EVENT_VALID | EVENT_EXCEPTION | 10, EVENT_VALID | EVENT_EXCEPTION | 10,
     DF},
    {EVENT_VALID | EVENT_EXCEPTION | 11, EVENT_VALID | EVENT_EXCEPTION | 11,
     DF},
    {EVENT_VALID | EVENT_EXCEPTION | 12, EVENT_VALID | EVENT_EXCEPTION | 12,
     DF},
    {GP | ERROR, GP | ERROR, DF},
    {EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 14 | ERROR,
     EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 14 | ERROR, DF},
    {DF, DF, 0},
};

/* What each row's event leads to stands so far into the row. */
static void check_rows(uint64_t (*decide)(uint64_t interrupted), size_t wanted)
{
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *row = (const char *)&rows[i];

        print_message("%#lx\n", rows[i].interrupted);
        assert_int_equal(decide(rows[i].interrupted),
                         *(const uint64_t *)(row + wanted));
    }
}

static void event_is_repeated_whole(void **state)
{
    (void)state;
    check_rows(event_to_repeat, offsetof(struct row, repeated));
}

static void fault_of_a_delivery_is_the_processors(void **state)
{
    (void)state;
    check_rows(event_protection_fault, offsetof(struct row, faulted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_is_repeated_whole),
        cmocka_unit_test(fault_of_a_delivery_is_the_processors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
