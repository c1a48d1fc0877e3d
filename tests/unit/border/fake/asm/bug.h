/* SPDX-License-Identifier: GPL-2.0 */
/*
 * BUG() and its like, as on the user-mode host.
 */
#include <lib/loader/include/asm/bug.h>
