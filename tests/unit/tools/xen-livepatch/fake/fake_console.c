/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Readconsole as the ABI has it: an index inside what the ring holds is where
 * reading starts, any other index means the oldest byte; the index given back
 * is the end of what was read.
 */
#include "fake/fake_console.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/fake_memory.h"
#include "fake/wire_bytes.h"

#define CONSOLE_BYTES_MAX (256U * 1024U)

static char text[CONSOLE_BYTES_MAX];
static size_t nr_bytes;
static uint32_t first_index;
static int refusal;
static bool is_restarting_at_end;

void fake_console_reset(void)
{
    nr_bytes = 0;
    first_index = 0;
    refusal = 0;
    is_restarting_at_end = false;
}

void fake_console_append(const char *added)
{
    size_t nr_added = strlen(added);

    assert_true(nr_bytes + nr_added <= CONSOLE_BYTES_MAX);
    memcpy(text + nr_bytes, added, nr_added);
    nr_bytes += nr_added;
}

void fake_console_set(const char *content, uint32_t start_index)
{
    nr_bytes = 0;
    first_index = start_index;
    fake_console_append(content);
}

void fake_console_refuse(int rc)
{
    refusal = rc;
}

void fake_console_keep(size_t nr_kept)
{
    size_t nr_lost = nr_bytes - nr_kept;

    memmove(text, text + nr_lost, nr_kept);
    nr_bytes = nr_kept;
    first_index += (uint32_t)nr_lost;
}

void fake_console_restart_at_end(void)
{
    is_restarting_at_end = true;
}

/* sysctl: 8 clear, 9 incremental, 10 pad, 12 index, 16 buffer, 24 count */
int fake_console_answer(unsigned char *sysctl)
{
    uint32_t offset = u32_at(sysctl, 12) - first_index;
    uint32_t nr_asked = u32_at(sysctl, 24);
    size_t nr_given;

    assert_int_equal(sysctl[8], 0);
    assert_int_equal(sysctl[9], 1);
    assert_int_equal(u16_at(sysctl, 10), 0);
    if (refusal) {
        return refusal;
    }
    if (offset > nr_bytes || (is_restarting_at_end && offset == nr_bytes)) {
        offset = 0;
    }
    nr_given = nr_bytes - offset < nr_asked ? nr_bytes - offset : nr_asked;
    memcpy(fake_memory_at(u64_at(sysctl, 16), nr_asked), text + offset,
           nr_given);
    put_u32(sysctl, 12, first_index + offset + (uint32_t)nr_given);
    put_u32(sysctl, 24, (uint32_t)nr_given);
    return 0;
}
