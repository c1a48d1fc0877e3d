/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A printk() that keeps what it was told, for tests to look at.
 */
#ifndef FAKE_PRINTK_H
#define FAKE_PRINTK_H

extern char fake_log[4096];

void fake_log_clear(void);

#endif
