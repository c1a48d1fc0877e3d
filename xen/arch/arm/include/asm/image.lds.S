/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the image has of arm64's, for common/xen.lds.S: linked at
 * XEN_VIRT_START, loaded anywhere. libfdt is used while booting only.
 */

#define IMAGE_FORMAT "elf64-littleaarch64"
#define IMAGE_START XEN_VIRT_START
#define IMAGE_FILL 0

/* What runs while text is changed, or on the way there and back, beside what
 * does on any architecture. */
#define IMAGE_NOPATCH                                                          \
    */arch/arm/gic.o(.text.gic_send_kick .text.gic_take_kick)                  \
    */arch/arm/smp.o(.text.smp_kick .text.sleep_until_kick)

#define IMAGE_TEXT                                                             \
    *(EXCLUDE_FILE(*libfdt.a:*) .text)                                         \
    *(EXCLUDE_FILE(*libfdt.a:*) .text.*)
#define IMAGE_INIT_TEXT *libfdt.a:*(.text .text.*)
#define IMAGE_INIT_DATA

/* head.S: what the header of the image says. */
#define IMAGE_END image_bytes = ABSOLUTE(_end - _start);
