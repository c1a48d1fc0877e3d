/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the image has of x86's, for common/xen.lds.S: linked high, loaded
 * at XEN_LOAD_PADDR.
 */

#define IMAGE_FORMAT "elf64-x86-64"
#define IMAGE_START (XEN_VIRT_START + XEN_LOAD_PADDR)
#define IMAGE_FILL 0xcccccccc

/* What runs while text is changed, or on the way there and back, beside what
 * does on any architecture. */
#define IMAGE_NOPATCH                                                          \
    */arch/x86/svm/vmrun.o(.text .text.*)                                      \
    */arch/x86/nmi.o(.text .text.*)                                            \
    */arch/x86/tlb.o(.text .text.*)                                            \
    */arch/x86/smp.o(.text.smp_kick)                                           \
    */arch/x86/apic.o(.text.apic_send_nmi)

#define IMAGE_TEXT *(.text .text.*)
#define IMAGE_INIT_TEXT *(.altinstr_replacement)

#define IMAGE_INIT_DATA                                                        \
    __alt_instructions = .;                                                    \
    KEEP(*(.altinstructions))                                                  \
    __alt_instructions_end = .;                                                \
    . = ALIGN(4);                                                              \
    __alt_call_sites_start = .;                                                \
    KEEP(*(.alt_call_sites))                                                   \
    __alt_call_sites_end = .;

#define IMAGE_END
