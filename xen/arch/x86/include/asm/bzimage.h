/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The Linux boot protocol's kernel image and boot parameters (Linux,
 * Documentation/x86/boot.rst, zero-page.rst). Pure.
 */
#ifndef ASM_BZIMAGE_H
#define ASM_BZIMAGE_H

#include <xen/compiler.h>
#include <xen/memmap.h>
#include <xen/types.h>

#define BOOT_PARAMS_BYTES 4096
#define BOOT_PARAMS_E820_MAX 128

/* What an image says of itself; pointers lead into the image. */
struct bzimage {
    const uint8_t *header; /* of the setup, from offset 0x1f1 */
    size_t header_bytes;
    const uint8_t *kernel; /* the protected-mode part */
    size_t kernel_bytes;
    uint64_t preferred_address;
    uint32_t init_bytes;    /* memory needed from where it is loaded */
    uint32_t initrd_limit;  /* highest address an initrd may reach */
    uint32_t cmdline_bytes; /* longest command line, without its NUL */
};

/*
 * Reads and checks the image of nr_bytes bytes. NULL, or what is wrong with it
 * (*out is untouched then).
 */
const char *bzimage_parse(const uint8_t *image, size_t nr_bytes,
                          struct bzimage *out) __must_check;

struct boot_params_input {
    uint32_t kernel, cmdline, initrd, initrd_bytes; /* physical addresses */
    const struct memmap *memmap;
};

/* Fills the page. False when the memory map has too many ranges. */
bool boot_params_fill(uint8_t *page, const struct bzimage *image,
                      const struct boot_params_input *input) __must_check;

#endif
