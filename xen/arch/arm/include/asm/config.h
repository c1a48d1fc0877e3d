/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arm64's part of <xen/config.h>: the options under which code that is written
 * for several architectures, as payloads are, asks for this one.
 */
#ifndef ASM_CONFIG_H
#define ASM_CONFIG_H

#define CONFIG_ARM 1
#define CONFIG_ARM_64 1
#define CONFIG_64BIT 1
#define CONFIG_HAS_ALTERNATIVE 1

#endif
