/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads a bzImage's setup header and writes the page of boot parameters that
 * its 32-bit entry point wants. No globals; where things go in memory is the
 * loader's decision.
 */
#include <xen/string.h>
#include <xen/unaligned.h>
#include <asm/bzimage.h>

#define HEADER_OFFSET 0x1f1
#define HEADER_SETUP_SECTORS 0x1f1
#define HEADER_JUMP_LENGTH 0x201 /* the header ends at 0x202 plus this */
#define HEADER_MAGIC 0x202
#define HEADER_VERSION 0x206
#define HEADER_LOADER 0x210
#define HEADER_LOAD_FLAGS 0x211
#define HEADER_CODE32_START 0x214
#define HEADER_RAMDISK_IMAGE 0x218
#define HEADER_RAMDISK_SIZE 0x21c
#define HEADER_CMDLINE 0x228
#define HEADER_INITRD_MAX 0x22c
#define HEADER_CMDLINE_SIZE 0x238
#define HEADER_PREFERRED_ADDRESS 0x258
#define HEADER_INIT_SIZE 0x260
#define HEADER_LEAST_END 0x264
#define HEADER_MOST_END 0x290 /* where the next part of the page begins */

#define E820_COUNT 0x1e8
#define E820_TABLE 0x2d0

#define MAGIC "HdrS"
#define LEAST_VERSION 0x020a /* has init_size */
#define LOADED_HIGH 0x01
#define LOADER_UNDEFINED 0xff
#define SECTOR_BYTES 512
#define DEFAULT_SETUP_SECTORS 4

/* Of an entry of the map: start, bytes, type. */
#define E820_BYTES 20

/*@ requires readable(image, nr_bytes);
    assigns \nothing;
    ensures \result == NULL ==> HEADER_LEAST_END <=
      HEADER_MAGIC + image[HEADER_JUMP_LENGTH] <= HEADER_MOST_END;
    ensures \result == NULL ==>
      HEADER_MAGIC + image[HEADER_JUMP_LENGTH] <= nr_bytes;
 */
static const char *check_header(const uint8_t *image, size_t nr_bytes)
{
    size_t end;

    if (nr_bytes < HEADER_LEAST_END ||
        memcmp(image + HEADER_MAGIC, MAGIC, 4) != 0) {
        return "not a Linux bzImage";
    }
    if (read_u16(image + HEADER_VERSION) < LEAST_VERSION) {
        return "boot protocol older than 2.10";
    }
    if (!(image[HEADER_LOAD_FLAGS] & LOADED_HIGH)) {
        return "not loaded high (a zImage)";
    }
    end = HEADER_MAGIC + image[HEADER_JUMP_LENGTH];
    if (end < HEADER_LEAST_END || end > HEADER_MOST_END || end > nr_bytes) {
        return "setup header has an impossible length";
    }
    return NULL;
}

const char *bzimage_parse(const uint8_t *image, size_t nr_bytes,
                          struct bzimage *out)
{
    const char *wrong = check_header(image, nr_bytes);
    unsigned int sectors;
    size_t setup_bytes;

    if (wrong) {
        return wrong;
    }
    sectors = image[HEADER_SETUP_SECTORS] ? image[HEADER_SETUP_SECTORS]
                                          : DEFAULT_SETUP_SECTORS;
    setup_bytes = (sectors + 1) * SECTOR_BYTES;
    if (setup_bytes >= nr_bytes) {
        return "image ends within its setup code";
    }
    if (read_u32(image + HEADER_INIT_SIZE) < nr_bytes - setup_bytes) {
        return "init_size is smaller than the kernel";
    }
    *out = (struct bzimage){
        .header = image + HEADER_OFFSET,
        .header_bytes =
            HEADER_MAGIC + image[HEADER_JUMP_LENGTH] - HEADER_OFFSET,
        .kernel = image + setup_bytes,
        .kernel_bytes = nr_bytes - setup_bytes,
        .preferred_address = read_u64(image + HEADER_PREFERRED_ADDRESS),
        .init_bytes = read_u32(image + HEADER_INIT_SIZE),
        .initrd_limit = read_u32(image + HEADER_INITRD_MAX),
        .cmdline_bytes = read_u32(image + HEADER_CMDLINE_SIZE),
    };
    return NULL;
}

/*@ requires \valid(page + (0 .. BOOT_PARAMS_BYTES - 1));
    requires are_ranges(map);
    assigns page[0 .. BOOT_PARAMS_BYTES - 1];
 */
static bool fill_e820(uint8_t *page, const struct memmap *map)
{
    if (map->nr > BOOT_PARAMS_E820_MAX) {
        return false;
    }
    /*@ loop invariant 0 <= i <= map->nr;
        loop assigns i, page[0 .. BOOT_PARAMS_BYTES - 1];
        loop variant map->nr - i;
     */
    for (unsigned int i = 0; i < map->nr; i++) {
        const struct memory_range *r = &map->range[i];
        uint8_t *entry = page + E820_TABLE + i * E820_BYTES;

        write_u64(entry, r->start);
        write_u64(entry + 8, r->end - r->start);
        write_u32(entry + 16, r->type);
    }
    page[E820_COUNT] = map->nr;
    return true;
}

bool boot_params_fill(uint8_t *page, const struct bzimage *image,
                      const struct boot_params_input *input)
{
    memset(page, 0, BOOT_PARAMS_BYTES);
    memcpy(page + HEADER_OFFSET, image->header, image->header_bytes);
    page[HEADER_LOADER] = LOADER_UNDEFINED;
    write_u32(page + HEADER_CODE32_START, input->kernel);
    write_u32(page + HEADER_RAMDISK_IMAGE, input->initrd);
    write_u32(page + HEADER_RAMDISK_SIZE, input->initrd_bytes);
    write_u32(page + HEADER_CMDLINE, input->cmdline);
    return fill_e820(page, input->memmap);
}
