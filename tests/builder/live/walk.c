// SPDX-License-Identifier: GPL-2.0
/*
 * Key 'c' of a hypervisor that has the builder's cases in it: calls the
 * functions of each case with several arguments, its data as at the start, and
 * says what they do now: the same as in the first walk ("before"), or the same
 * as the case's twin ("after"). What they do is what they hand to printk(),
 * use() and ask(), what they return, and whether they warn.
 */
#include <xen/console.h>
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/keyhandler.h>
#include <xen/lib.h>
#include <xen/rcupdate.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <xen/virtual_region.h>
#include <xen/xmalloc.h>
#include "walk.h"

/* A call that does more than this goes on for ever, and is ended. */
#define MAX_EVENTS 64

/* FNV-1a of what a case has done in one walk. */
static uint64_t digest;
static unsigned int events_of_call;
static void *way_out[5];
static bool is_told;
static char *data_at_start;
static uint64_t *first_digests;
static const char **answers;

extern int cases_shared;

static void add_byte(uint8_t byte)
{
    digest = (digest ^ byte) * 0x100000001b3;
}

static void add_number(unsigned long number)
{
    for (unsigned int i = 0; i < sizeof(number); i++) {
        add_byte((uint8_t)(number >> (8 * i)));
    }
}

static void add_event(char kind)
{
    if (++events_of_call > MAX_EVENTS) {
        __builtin_longjmp(way_out, 1);
    }
    add_byte((uint8_t)kind);
}

void cases_printk(const char *format, ...)
{
    __builtin_va_list arguments;

    add_event('p');
    for (const char *c = format; *c; c++) {
        add_byte((uint8_t)*c);
    }
    __builtin_va_start(arguments, format);
    if (strstr(format, "%d")) {
        add_number((unsigned int)__builtin_va_arg(arguments, int));
    }
    __builtin_va_end(arguments);
    if (is_told) {
        printk("cases:   printk %s\n", format);
    }
}

/* Code and data lie elsewhere in each version: what is there tells, and of a
 * pointer that it is one. */
static uint32_t read_word(const void *pointer)
{
    uint64_t value;

    memcpy(&value, pointer, sizeof(value));
    return value >> 39 == (unsigned long)_start >> 39 ? 1 : (uint32_t)value;
}

void cases_use(const void *pointer)
{
    uint32_t word = 0;

    add_event('u');
    rcu_read_lock(&virtual_regions_read);
    if (pointer && !find_text_region((unsigned long)pointer)) {
        word = read_word(pointer);
    }
    rcu_read_unlock(&virtual_regions_read);
    add_number(word);
    add_number(pointer != NULL);
    if (is_told) {
        printk("cases:   use %x\n", word);
    }
}

int cases_ask(int what)
{
    add_event('a');
    add_number((unsigned int)what);
    if (is_told) {
        printk("cases:   ask %d\n", what);
    }
    return what + cases_shared;
}

/* Lines printed since: a warning is nothing but that. */
static unsigned int count_lines(uint32_t *ring_index)
{
    char part[128];
    unsigned int nr = 0;
    uint32_t bytes;

    while ((bytes = console_ring_read(ring_index, part, sizeof(part))) > 0) {
        for (uint32_t i = 0; i < bytes; i++) {
            nr += part[i] == '\n';
        }
    }
    return nr;
}

static void call(const struct case_call *call, case_fn *fn, long argument)
{
    const bool gives_int = call->kind == CALL_int || call->kind == CALL_pointer;
    long result;

    events_of_call = 0;
    if (is_told) {
        printk("cases:  %s(%lx)\n", call->name, argument);
    }
    if (__builtin_setjmp(way_out)) {
        add_byte('!');
        return;
    }
    result = fn(argument, 3, 5);
    if (gives_int) {
        add_number((unsigned int)result);
    }
    if (is_told && gives_int) {
        printk("cases:   gives %d\n", (int)result);
    }
}

static void call_with(const struct case_call *this, case_fn *fn, int argument)
{
    int pointed_to[16] = {argument};
    const bool by_pointer =
        this->kind == CALL_pointer || this->kind == CALL_voidpointer;

    call(this, fn, by_pointer ? (long)pointed_to : argument);
    for (unsigned int i = 0; by_pointer && i < ARRAY_SIZE(pointed_to); i++) {
        add_number((unsigned int)pointed_to[i]);
    }
}

static void set_data_back(void)
{
    memcpy(cases_data, data_at_start, cases_data_end - cases_data);
    memset(cases_bss, 0, cases_bss_end - cases_bss);
}

static void call_all(const struct test_case *test, bool is_twin)
{
    static const int arguments[] = {-50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 101, 0};

    for (unsigned int i = 0; i < test->nr_calls; i++) {
        const struct case_call *this = &test->calls[i];
        case_fn *const fn = is_twin ? this->twin : this->live;

        for (unsigned int j = 0; j < ARRAY_SIZE(arguments); j++) {
            call_with(this, fn, arguments[j]);
        }
        if (test->expectation == CASE_faults) {
            call(this, fn, (long)(1UL << 63));
        }
    }
}

/* What a case does, or its twin: all calls twice, so that what one leaves
 * behind shows in the others. */
static uint64_t walk(const struct test_case *test, bool is_twin)
{
    uint32_t ring_index = console_ring_start();

    count_lines(&ring_index);
    digest = 0xcbf29ce484222325;
    set_data_back();
    call_all(test, is_twin);
    add_number(is_told ? 0 : count_lines(&ring_index));
    call_all(test, is_twin);
    return digest;
}

/* What the case does now, of what it did in the first walk and what it is to
 * do. */
static const char *judge(const struct test_case *test, uint64_t now,
                         uint64_t before, uint64_t after)
{
    const bool is_same = before == after;

    if (now != before && now != after) {
        return "neither";
    }
    if (is_same != (test->expectation == CASE_same)) {
        return is_same ? "unseen" : "seen";
    }
    return is_same ? "same" : now == before ? "before" : "after";
}

/* Once more, all of it, for whoever looks for the reason. */
static void tell(const struct test_case *test)
{
    is_told = true;
    walk(test, false);
    printk("cases: its twin:\n");
    walk(test, true);
    is_told = false;
}

/* All is said in the end: warnings of the cases would push it out of the
 * console's ring. */
static void walk_all(unsigned char key)
{
    const bool is_first = first_digests[0] == 0;

    (void)key;
    for (unsigned int i = 0; i < nr_test_cases; i++) {
        const uint64_t now = walk(&test_cases[i], false);
        const uint64_t after = walk(&test_cases[i], true);

        if (is_first) {
            first_digests[i] = now;
        }
        answers[i] = judge(&test_cases[i], now, first_digests[i], after);
    }
    for (unsigned int i = 0; i < nr_test_cases; i++) {
        if (answers[i][0] == 'n') {
            tell(&test_cases[i]);
        }
    }
    for (unsigned int i = 0; i < nr_test_cases; i++) {
        printk("cases: %s: %s\n", test_cases[i].name, answers[i]);
    }
    printk("cases: %u walked\n", nr_test_cases);
}

static int init_walk(void)
{
    const size_t bytes = cases_data_end - cases_data;

    data_at_start = xmalloc_array(char, bytes);
    first_digests = xzalloc_array(uint64_t, nr_test_cases);
    answers = xzalloc_array(const char *, nr_test_cases);
    if (!data_at_start || !first_digests || !answers) {
        panic("cases: no memory\n");
    }
    memcpy(data_at_start, cases_data, bytes);
    register_keyhandler('c', walk_all, "walk through the builder's cases",
                        false);
    return 0;
}
__initcall(init_walk);
