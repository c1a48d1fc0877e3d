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
#include <xen/unaligned.h>

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

/*@ predicate has_header{L}(struct bzimage *image) =
      \valid_read(image) && readable(image->header, image->header_bytes) &&
      image->header_bytes <= 0x290 - 0x1f1;
    predicate is_image{L}(struct bzimage *image) =
      has_header(image) && readable(image->kernel, image->kernel_bytes) &&
      image->kernel_bytes <= image->init_bytes;
 */

/*
 * Reads and checks the image of nr_bytes bytes. NULL, or what is wrong with it
 * (*out is untouched then).
 */
/*@ requires readable(image, nr_bytes) && \valid(out);
    assigns *out;
    ensures \result == NULL ==> is_image(out);
    ensures \result != NULL ==> *out == \old(*out);
 */
const char *bzimage_parse(const uint8_t *image, size_t nr_bytes,
                          struct bzimage *out) __must_check;

struct boot_params_input {
    uint32_t kernel, cmdline, initrd, initrd_bytes; /* physical addresses */
    const struct memmap *memmap;
};

/* Fills the page. False when the memory map has too many ranges. */
/*@ requires \valid(page + (0 .. BOOT_PARAMS_BYTES - 1)) && has_header(image);
    requires \valid_read(input) && are_ranges(input->memmap);
    assigns page[0 .. BOOT_PARAMS_BYTES - 1];
 */
bool boot_params_fill(uint8_t *page, const struct bzimage *image,
                      const struct boot_params_input *input) __must_check;

#endif
