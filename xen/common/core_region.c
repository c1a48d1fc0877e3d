// SPDX-License-Identifier: GPL-2.0
/*
 * The regions of the hypervisor's own text, as the linker script lays them out.
 */
#include <xen/cache.h>
#include <xen/kernel.h>
#include <xen/virtual_region.h>

/* From the linker script. */
extern const char __start_bug_frames_0[], __stop_bug_frames_0[];
extern const char __start_bug_frames_1[], __stop_bug_frames_1[];
extern const char __start_bug_frames_2[], __stop_bug_frames_2[];
extern const char __start_bug_frames_3[], __stop_bug_frames_3[];
extern const struct exception_table_entry __start___ex_table[];
extern const struct exception_table_entry __stop___ex_table[];

#define CORE_FRAMES                                                            \
    {                                                                          \
        {__start_bug_frames_0, __stop_bug_frames_0},                           \
            {__start_bug_frames_1, __stop_bug_frames_1},                       \
            {__start_bug_frames_2, __stop_bug_frames_2},                       \
            {__start_bug_frames_3, __stop_bug_frames_3},                       \
    }

struct virtual_region __ro_after_init core_region = {
    .text_start = _stext,
    .text_end = _etext,
    .frame = CORE_FRAMES,
    .ex = __start___ex_table,
    .ex_end = __stop___ex_table,
};

struct virtual_region __ro_after_init core_init_region = {
    .text_start = _sinit,
    .text_end = _einit,
    .frame = CORE_FRAMES,
    .ex = __start___ex_table,
    .ex_end = __stop___ex_table,
};
