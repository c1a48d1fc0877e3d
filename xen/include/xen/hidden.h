/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Forced into every compilation of the hypervisor and of payloads, after
 * config.h: every symbol, declared or defined, is reached directly. Position
 * independent code would otherwise go through a global offset table, which
 * the image does not have and a payload's relocations cannot express.
 */
#ifndef XEN_HIDDEN_H
#define XEN_HIDDEN_H

#ifndef __ASSEMBLY__
#pragma GCC visibility push(hidden)
#endif

#endif
