// SPDX-License-Identifier: GPL-2.0
/*
 * The console: takes characters, keeps the last CONSOLE_RING_BYTES of them for
 * dom0 to read and hands them to the arch's outputs. One pCPU writes at a
 * time; one that is interrupted while it writes (NMI, fault) may write again.
 * Formatting is not its job.
 */
#include <xen/console.h>
#include <xen/lib.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <asm/system.h>

#define NOBODY 0

static char ring[CONSOLE_RING_BYTES];

/* Free-running; bytes [ring_start, ring_end), at most CONSOLE_RING_BYTES, are
 * at these indices modulo CONSOLE_RING_BYTES. */
static uint32_t ring_start;
static uint32_t ring_end;

/* The pCPU that writes, plus one. */
static unsigned int owner = NOBODY;

static unsigned int own_mark(void)
{
    return smp_processor_id() + 1;
}

/* Acquire: pairs with the release in console_unlock(); the ring is then as
 * the last owner left it. */
bool console_lock(void)
{
    unsigned int expected = NOBODY;

    if (__atomic_load_n(&owner, __ATOMIC_RELAXED) == own_mark()) {
        return false;
    }
    while (!__atomic_compare_exchange_n(&owner, &expected, own_mark(), false,
                                        __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        expected = NOBODY;
        cpu_relax();
    }
    return true;
}

void console_unlock(bool was_taken)
{
    if (was_taken) {
        __atomic_store_n(&owner, NOBODY, __ATOMIC_RELEASE);
    }
}

void console_break_lock(void)
{
    __atomic_store_n(&owner, NOBODY, __ATOMIC_RELEASE);
}

bool console_at_line_start(void)
{
    return ring_end == 0 || ring[(ring_end - 1) % CONSOLE_RING_BYTES] == '\n';
}

/* At most as many bytes as the ring has. */
static void put_in_ring(const char *text, uint32_t bytes)
{
    const uint32_t at = ring_end % CONSOLE_RING_BYTES;
    const uint32_t to_wrap = min(bytes, CONSOLE_RING_BYTES - at);

    memcpy(ring + at, text, to_wrap);
    memcpy(ring, text + to_wrap, bytes - to_wrap);
    ring_end += bytes;
    if (ring_end - ring_start > CONSOLE_RING_BYTES) {
        ring_start = ring_end - CONSOLE_RING_BYTES;
    }
}

void console_write(const char *text, size_t bytes)
{
    const bool was_taken = console_lock();

    while (bytes) {
        const uint32_t piece = min(bytes, (size_t)CONSOLE_RING_BYTES);

        put_in_ring(text, piece);
        arch_console_write(text, piece);
        text += piece;
        bytes -= piece;
    }
    console_unlock(was_taken);
}

uint32_t console_ring_start(void)
{
    const bool was_taken = console_lock();
    const uint32_t start = ring_start;

    console_unlock(was_taken);
    return start;
}

uint32_t console_ring_read(uint32_t *index, char *buf, uint32_t bytes)
{
    const bool was_taken = console_lock();
    uint32_t nr;

    if (*index - ring_start > ring_end - ring_start) {
        *index = ring_start;
    }
    nr = min(bytes, ring_end - *index);
    for (uint32_t i = 0; i < nr; i++) {
        buf[i] = ring[(*index + i) % CONSOLE_RING_BYTES];
    }
    *index += nr;
    console_unlock(was_taken);
    return nr;
}

void console_ring_clear(uint32_t index)
{
    const bool was_taken = console_lock();

    if (index - ring_start <= ring_end - ring_start) {
        ring_start = index;
    }
    console_unlock(was_taken);
}
