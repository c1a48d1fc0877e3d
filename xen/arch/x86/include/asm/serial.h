/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets up the first serial port and looks for the debug port; after it
 * arch_console_write() may be called.
 */
#ifndef ASM_SERIAL_H
#define ASM_SERIAL_H

void serial_init(void);

#endif
