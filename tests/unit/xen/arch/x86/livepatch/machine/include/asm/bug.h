/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Claims of the product end the program, as on the user-mode host.
 */
#include <lib/loader/include/asm/bug.h>
