/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The image: every kind of permission on its own pages. Boot builds the page
 * tables from these bounds. The file as a flat binary ends at _load_end; .bss
 * follows in memory. What differs between architectures is in
 * <asm/image.lds.S>.
 */
#include <asm/layout.h>
#include <asm/image.lds.S>

OUTPUT_FORMAT(IMAGE_FORMAT)
ENTRY(start)

PHDRS
{
    text PT_LOAD FLAGS(5);
    rodata PT_LOAD FLAGS(4);
    init_text PT_LOAD FLAGS(5);
    data PT_LOAD FLAGS(6);
    note PT_NOTE FLAGS(4);
}

#define AT_LOAD(section) AT(ADDR(section) - XEN_VIRT_START)

SECTIONS
{
    . = IMAGE_START;
    _start = .;

    .text : AT_LOAD(.text) {
        _stext = .;
        KEEP(*(.boot.text))
        ASSERT(. - _stext <= 4096, "boot code is larger than its page");
        /* What runs while text is changed, or on the way there and back:
         * live patching refuses to change it. */
        _snopatch = .;
        *(.text.nopatch)
        */common/shutdown.o(.text.halt_if_told .text.stop_here)
        */common/rcu.o(.text .text.*)
        */common/string.o(.text.memcpy .text.memmove .text.memset)
        */livepatch/quiesce.o(.text .text.*)
        */entry.o(.text .text.*)
        */traps.o(.text.trap_taken)
        */vcpu.o(.text.vcpu_run .text.run_guest .text.park)
        */time.o(.text.get_s_time)
        IMAGE_NOPATCH
        _enopatch = .;
        . += 16; /* the mark shares its address with no function */
        /* What decides which payload is loaded, and the keys: the same. */
        _sverify = .;
        */common/livepatch/signature.o(.text .text.*)
        */common/livepatch/verify.o(.text .text.*)
        */common/livepatch/elf.o(.text .text.*)
        */common/livepatch/load.o(.text.lp_load)
        */common/livepatch_crypto.o(.text .text.*)
        */common/fortify.o(.text .text.*)
        */livepatch/vectors.o(.text .text.*)
        */livepatch/keep_vectors.o(.text .text.*)
        */common/string.o(.text.memcmp .text.strcmp)
        */obj/keys.o(.text .text.* .livepatch_keys)
        *libbearssl.a:*(.text .text.*)
        _everify = .;
        . += 16;
        IMAGE_TEXT
        . = ALIGN(4096);
        _etext = .;
    } :text = IMAGE_FILL

    _srodata = .;
    .rodata : AT_LOAD(.rodata) {
        *(.rodata .rodata.*)
        *(.data.rel.ro .data.rel.ro.*)
        *(.got .got.plt)
        . = ALIGN(8);
        __start_bug_frames_0 = .;
        KEEP(*(.bug_frames.0))
        __stop_bug_frames_0 = .;
        __start_bug_frames_1 = .;
        KEEP(*(.bug_frames.1))
        __stop_bug_frames_1 = .;
        __start_bug_frames_2 = .;
        KEEP(*(.bug_frames.2))
        __stop_bug_frames_2 = .;
        __start_bug_frames_3 = .;
        KEEP(*(.bug_frames.3))
        __stop_bug_frames_3 = .;
    } :rodata
    /* A section of its own, for the program that sorts it. */
    .ex_table : AT_LOAD(.ex_table) {
        __start___ex_table = .;
        KEEP(*(.ex_table))
        __stop___ex_table = .;
    } :rodata
    .note.gnu.build-id : AT_LOAD(.note.gnu.build-id) {
        __note_gnu_build_id_start = .;
        KEEP(*(.note.gnu.build-id))
        __note_gnu_build_id_end = .;
    } :rodata :note
    . = ALIGN(4096);
    _erodata = .;

    /* Below the init area: the direct map has the image from there on. */
    .data.ro_after_init : AT_LOAD(.data.ro_after_init) {
        _sro_after_init = .;
        *(.data.ro_after_init .data.ro_after_init.*)
        . = ALIGN(4096);
        _ero_after_init = .;
    } :data

    _sinit = .;
    .init.text : AT_LOAD(.init.text) {
        *(.init.text .init.text.*)
        IMAGE_INIT_TEXT
        . = ALIGN(4096);
        _einittext = .;
    } :init_text = IMAGE_FILL
    .init.data : AT_LOAD(.init.data) {
        *(.init.rodata .init.rodata.*)
        . = ALIGN(8);
        __initcall_start = .;
        KEEP(*(.initcall))
        __initcall_end = .;
        . = ALIGN(16); /* as compilers align them, or the first is a gap */
        __param_start = .;
        KEEP(*(.init.param))
        __param_end = .;
        IMAGE_INIT_DATA
        *(.init.data .init.data.*)
        . = ALIGN(4096);
    } :data
    _einit = .;

    _sdata = .;
    .data : AT_LOAD(.data) {
        *(.data.page_aligned)
        *(.data .data.*)
        . = ALIGN(8);
        _load_end = .;
    } :data
    .bss : AT_LOAD(.bss) {
        . = ALIGN(4096);
        _sbss = .;
        *(.bss.page_aligned)
        . = ALIGN(64);
        __per_cpu_start = .;
        *(.bss.percpu)
        . = ALIGN(64);
        __per_cpu_end = .;
        *(.bss .bss.* COMMON)
        . = ALIGN(4096);
    } :data
    _ebss = .;
    _end = .;
    IMAGE_END

    /DISCARD/ : {
        *(.eh_frame .note.GNU-stack .note.gnu.property)
    }
}

ASSERT(_end - _start <= XEN_IMAGE_MAX, "image is larger than its page tables")
