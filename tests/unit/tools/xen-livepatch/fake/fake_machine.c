/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Answers that a test sets, in the place of Linux's; paths that do nothing.
 */
#include "fake/fake_machine.h"

#include <stdio.h>

#include "session/machine.h"
#include "session/places.h"

#define START_MS 1767323045678

const char place_of_log[] = "/dev/null";
const char place_of_state[] = "/proc/none/state";
const char place_of_payloads[] = "/proc/none/payloads";
const char place_of_lock[] = "sync.lock"; /* in the scratch folder */
const char place_of_vendor[] = "/proc/none/vendor";

static char boot_id[BOOT_ID_BYTES];
static uint64_t uptime_s;
static int64_t now_ms;

void fake_machine_reset(void)
{
    fake_machine_boot("boot-1", 100);
    now_ms = START_MS;
}

void fake_machine_boot(const char *id, uint64_t seconds)
{
    snprintf(boot_id, sizeof(boot_id), "%s", id);
    uptime_s = seconds;
}

void fake_machine_pass(uint64_t seconds)
{
    uptime_s += seconds;
    now_ms += (int64_t)seconds * 1000;
}

void machine_boot_id(char id[BOOT_ID_BYTES])
{
    snprintf(id, BOOT_ID_BYTES, "%s", boot_id);
}

uint64_t machine_uptime_s(void)
{
    return uptime_s;
}

int64_t machine_now_ms(void)
{
    return now_ms;
}

void machine_user(char *name, size_t nr_bytes)
{
    snprintf(name, nr_bytes, "admin");
}
