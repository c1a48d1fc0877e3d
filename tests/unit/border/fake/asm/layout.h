/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's layout, with a direct map where a process can have one.
 */
#ifndef FAKE_ASM_LAYOUT_H
#define FAKE_ASM_LAYOUT_H

#include_next <asm/layout.h>

#undef DIRECTMAP_VIRT_START
#undef DIRECTMAP_VIRT_END
#define DIRECTMAP_VIRT_START 0x200000000000
#define DIRECTMAP_VIRT_END 0x250000000000

#endif
