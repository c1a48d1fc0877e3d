/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the command asks of the machine that it runs on (dom0) and of its user:
 * which boot this is, the clocks, who it is. Apart so that tests can replace it
 * at link time.
 */
#ifndef XEN_LIVEPATCH_MACHINE_H
#define XEN_LIVEPATCH_MACHINE_H

#include <stddef.h>
#include <stdint.h>

/* With its NUL. */
#define BOOT_ID_BYTES 37U

/* A word that no other boot has; "" when the kernel does not tell. */
void machine_boot_id(char id[BOOT_ID_BYTES]);

/* Seconds since the boot, sleep included; milliseconds since 1970, UTC. */
uint64_t machine_uptime_s(void);
int64_t machine_now_ms(void);

/*
 * The name of the user who stands behind this run: who logged in (audit's login
 * uid), else who called sudo, else who runs it; the number when /etc/passwd has
 * no name for it. Cut to `nr_bytes` with its NUL.
 */
void machine_user(char *name, size_t nr_bytes);

#endif
