/* SPDX-License-Identifier: GPL-2.0 */
/*
 * BUG() and its like, as on the user-mode host.
 */
#include <host/include/asm/bug.h>
