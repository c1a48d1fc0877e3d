// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of accesses that may fault: a signal handler plays the hypervisor's
 * trap handler, and goes on where the exception table says.
 */
#define _GNU_SOURCE /* a signal's registers by their names */
#include "unit.h"
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <xen/extable.h>
#include <asm/uaccess.h>

#define NOT_CANONICAL 0xdead000000000000UL

extern const struct exception_table_entry __start_ex_table[], __stop_ex_table[];

static unsigned int nr_faults;

/* A fault that no entry foresees comes again, and then ends the program. */
static void fix_up(int signal_number, siginfo_t *about, void *machine)
{
    greg_t *rip = &((ucontext_t *)machine)->uc_mcontext.gregs[REG_RIP];

    (void)about;
    nr_faults++;
    for (const struct exception_table_entry *entry = __start_ex_table;
         entry < __stop_ex_table; entry++) {
        if (ex_addr(entry) == (unsigned long)*rip) {
            *rip = (greg_t)ex_cont(entry);
            return;
        }
    }
    signal(signal_number, SIG_DFL);
}

/* CMocka has handlers of its own around each test: to be called within. */
static void catch_faults(void)
{
    const struct sigaction action = {.sa_sigaction = fix_up,
                                     .sa_flags = SA_SIGINFO | SA_NODEFER};

    nr_faults = 0;
    sigaction(SIGSEGV, &action, NULL);
}

/* A page with another one behind it that is not there. */
static char *page;

static int map_page(void **state)
{
    (void)state;
    page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
    if (page == MAP_FAILED || mprotect(page + 4096, 4096, PROT_NONE)) {
        return -1;
    }
    memset(page, 0xee, 4096);
    return 0;
}

static int unmap_page(void **state)
{
    (void)state;
    return munmap(page, 8192);
}

static void value_is_read_with_its_size(void **state)
{
    const uint8_t bytes[] = {0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8};
    uint64_t wide = ~0UL;
    int64_t negative = 0;

    (void)state;
    assert_int_equal(get_unsafe(wide, (const uint8_t *)bytes), 0);
    assert_int_equal(wide, 0x81);
    assert_int_equal(get_unsafe(wide, (const uint16_t *)bytes), 0);
    assert_int_equal(wide, 0x9281);
    assert_int_equal(get_unsafe(wide, (const uint32_t *)bytes), 0);
    assert_int_equal(wide, 0xb4a39281);
    assert_int_equal(get_unsafe(wide, (const uint64_t *)bytes), 0);
    assert_int_equal(wide, 0xf8e7d6c5b4a39281);
    assert_int_equal(get_unsafe(negative, (const int8_t *)bytes), 0);
    assert_int_equal(negative, (int8_t)0x81);
}

static void value_is_written_with_its_size(void **state)
{
    uint8_t bytes[9];

#define assert_written(type, nr)                                               \
    do {                                                                       \
        memset(bytes, 0xee, sizeof(bytes));                                    \
        assert_int_equal(put_unsafe((type)0x8877665544332211, (type *)bytes),  \
                         0);                                                   \
        for (unsigned int i = 0; i < sizeof(bytes); i++) {                     \
            assert_int_equal(bytes[i], i < (nr) ? 0x11 * (i + 1) : 0xee);      \
        }                                                                      \
    } while (0)
    (void)state;
    assert_written(uint8_t, 1);
    assert_written(uint16_t, 2);
    assert_written(uint32_t, 4);
    assert_written(uint64_t, 8);
}

static void pointers_are_values(void **state)
{
    const char *text = "text", *got = NULL, *stored = NULL;

    (void)state;
    assert_int_equal(get_unsafe(got, &text), 0);
    assert_ptr_equal(got, text);
    assert_int_equal(put_unsafe(text, &stored), 0);
    assert_ptr_equal(stored, text);
}

/* Both ways, for one size, at an address where nothing can be. */
#define assert_faults(type, where)                                             \
    do {                                                                       \
        type got = 1;                                                          \
                                                                               \
        catch_faults();                                                        \
        assert_int_equal(get_unsafe(got, (type *)(where)), -EFAULT);           \
        assert_int_equal(got, 0);                                              \
        assert_int_equal(put_unsafe(got, (type *)(where)), -EFAULT);           \
        assert_int_equal(nr_faults, 2);                                        \
    } while (0)

static void nothing_mapped_is_efault(void **state)
{
    (void)state;
    assert_faults(uint8_t, page + 4096);
    assert_faults(uint16_t, page + 4096);
    assert_faults(uint32_t, page + 4096);
    assert_faults(uint64_t, page + 4096);
}

static void address_that_is_not_canonical_is_efault(void **state)
{
    (void)state;
    assert_faults(uint8_t, NOT_CANONICAL);
    assert_faults(uint16_t, NOT_CANONICAL);
    assert_faults(uint32_t, NOT_CANONICAL);
    assert_faults(uint64_t, NOT_CANONICAL);
}

static void last_byte_that_is_not_there_is_efault(void **state)
{
    struct odd {
        uint64_t value;
    } __packed *const across = (struct odd *)(page + 4096 - 7);

    (void)state;
    assert_faults(uint64_t, across);
    assert_int_equal(*(uint8_t *)across, 0xee);
}

/* An access wider than its value would reach the next page. */
static void last_bytes_of_a_page_are_there(void **state)
{
    uint64_t got = 0;

#define assert_there(type)                                                     \
    do {                                                                       \
        type *const last = (type *)(page + 4096) - 1;                          \
                                                                               \
        assert_int_equal(put_unsafe((type)0x7766554433221100, last), 0);       \
        assert_int_equal(get_unsafe(got, last), 0);                            \
        assert_int_equal(got, (type)0x7766554433221100);                       \
    } while (0)
    (void)state;
    catch_faults();
    assert_there(uint8_t);
    assert_there(uint16_t);
    assert_there(uint32_t);
    assert_there(uint64_t);
    assert_int_equal(nr_faults, 0);
}

static void read_only_is_efault_to_write(void **state)
{
    uint32_t got = 0;

    (void)state;
    assert_int_equal(mprotect(page, 4096, PROT_READ), 0);
    catch_faults();
    assert_int_equal(get_unsafe(got, (uint32_t *)page), 0);
    assert_int_equal(got, 0xeeeeeeee);
    assert_int_equal(put_unsafe(1, (uint32_t *)page), -EFAULT);
    assert_int_equal(get_unsafe(got, (uint32_t *)page), 0);
    assert_int_equal(got, 0xeeeeeeee);
    assert_int_equal(nr_faults, 1);
}

static void arguments_are_evaluated_once(void **state)
{
    uint16_t from[] = {5, 6, 7}, to[3] = {0};
    uint16_t *in = from, *out = to;

    (void)state;
    assert_int_equal(get_unsafe(*out++, in++), 0);
    assert_int_equal(get_unsafe(*out++, in++), 0);
    assert_int_equal(put_unsafe(*in++, out++), 0);
    assert_ptr_equal(in, from + 3);
    assert_ptr_equal(out, to + 3);
    assert_memory_equal(from, to, sizeof(from));
}

static void older_names_are_the_same(void **state)
{
    uint32_t value = 7, got = 0;

    (void)state;
    catch_faults();
    assert_int_equal(__get_user(got, &value), 0);
    assert_int_equal(got, 7);
    assert_int_equal(__put_user(8U, &value), 0);
    assert_int_equal(value, 8);
    assert_int_equal(__get_user(got, (uint32_t *)NOT_CANONICAL), -EFAULT);
    assert_int_equal(__put_user(8U, (uint32_t *)NOT_CANONICAL), -EFAULT);
}

int main(void)
{
#define access_test(f) cmocka_unit_test_setup_teardown(f, map_page, unmap_page)
    const struct CMUnitTest tests[] = {
        access_test(value_is_read_with_its_size),
        access_test(value_is_written_with_its_size),
        access_test(pointers_are_values),
        access_test(nothing_mapped_is_efault),
        access_test(address_that_is_not_canonical_is_efault),
        access_test(last_byte_that_is_not_there_is_efault),
        access_test(last_bytes_of_a_page_are_there),
        access_test(read_only_is_efault_to_write),
        access_test(arguments_are_evaluated_once),
        access_test(older_names_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
