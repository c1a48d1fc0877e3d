/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One reservation for the whole window, the image's part of it made writable,
 * and the sections copied there. The image is never executed.
 */
#include "lib/loader/image.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096U

/* A user's addresses have 47 bits on x86-64. The lowest of these are kept, and
 * the others tried: a sanitizer's shadow lies at some of them. */
#define KEPT_BITS 44U
static const uint64_t high_parts[] = {2, 1, 3, 4, 5, 6, 0};

static bool reserve_at(uint64_t address, uint64_t bytes)
{
    void *wanted = (void *)(uintptr_t)address;
    void *got =
        mmap(wanted, bytes, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
             -1, 0);

    if (got != MAP_FAILED && got != wanted) {
        munmap(got, bytes); /* a kernel that does not know the flag */
    }
    return got == wanted;
}

static bool reserve(struct image *image)
{
    uint64_t low = image->linked & ((1ULL << KEPT_BITS) - 1);

    for (size_t i = 0; i < sizeof(high_parts) / sizeof(high_parts[0]); i++) {
        image->mapped = high_parts[i] << KEPT_BITS | low;
        if (image->mapped && reserve_at(image->mapped, image->window_bytes)) {
            return true;
        }
    }
    return false;
}

int image_map_empty(uint64_t linked, uint64_t bytes, uint64_t window_bytes,
                    struct image *image, FILE *err)
{
    struct image made = {
        .linked = linked & ~(uint64_t)(PAGE_BYTES - 1),
        .linked_end =
            (linked + bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1),
        .window_bytes = window_bytes,
    };
    uint64_t nr_bytes = made.linked_end - made.linked;

    if (bytes > window_bytes / 2 || made.linked_end < made.linked) {
        fprintf(err,
                "its loaded sections, from %#" PRIx64 " on, take %#" PRIx64
                " bytes: no hypervisor has that many.\n",
                linked, bytes);
        return -EINVAL;
    }
    if (!reserve(&made)) {
        fprintf(err, "no free addresses for %#" PRIx64 " bytes.\n",
                window_bytes);
        return -ENOMEM;
    }
    if (mprotect((void *)(uintptr_t)made.mapped, nr_bytes,
                 PROT_READ | PROT_WRITE)) {
        fprintf(err, "no memory for %#" PRIx64 " bytes.\n", nr_bytes);
        image_unmap(&made);
        return -ENOMEM;
    }
    *image = made;
    return 0;
}

void image_unmap(struct image *image)
{
    if (image->mapped) {
        munmap((void *)(uintptr_t)image->mapped, image->window_bytes);
    }
    *image = (struct image){.linked = 0};
}

/* From the first byte of the loaded sections to their last; false: there is
 * none, or one has no end. */
static bool find_extent(const struct elf_file *xen, uint64_t *start,
                        uint64_t *bytes)
{
    uint64_t end = 0;

    *start = UINT64_MAX;
    for (uint32_t i = 1; i < xen->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(xen, i);

        if (!(section.sh_flags & SHF_ALLOC) || !section.sh_size) {
            continue;
        }
        if (section.sh_size > UINT64_MAX - section.sh_addr) {
            return false;
        }
        if (section.sh_addr < *start) {
            *start = section.sh_addr;
        }
        if (section.sh_addr + section.sh_size > end) {
            end = section.sh_addr + section.sh_size;
        }
    }
    *bytes = end - *start;
    return *start < end;
}

/* Data holds addresses as linked; what leads into the image is turned. */
static void turn_pointers(const struct image *image, unsigned char *bytes,
                          uint64_t nr_bytes)
{
    for (uint64_t at = 0; at + sizeof(uint64_t) <= nr_bytes;
         at += sizeof(uint64_t)) {
        uint64_t word;

        memcpy(&word, bytes + at, sizeof(word));
        if (word >= image->linked && word < image->linked_end) {
            word = image_to_mapped(image, word);
            memcpy(bytes + at, &word, sizeof(word));
        }
    }
}

static void copy_section(const struct image *image, const struct elf_file *xen,
                         const Elf64_Shdr *section)
{
    const unsigned char *bytes = elf_file_bytes(xen, section);
    unsigned char *to;

    if (!bytes || !(section->sh_flags & SHF_ALLOC) || !section->sh_size) {
        return;
    }
    to = (unsigned char *)(uintptr_t)image_to_mapped(image, section->sh_addr);
    memcpy(to, bytes, section->sh_size);
    if (!(section->sh_flags & SHF_EXECINSTR)) {
        uint64_t skip = -section->sh_addr & (sizeof(uint64_t) - 1);

        if (skip < section->sh_size) {
            turn_pointers(image, to + skip, section->sh_size - skip);
        }
    }
}

int image_map(const struct elf_file *xen, uint64_t window_bytes,
              struct image *image, FILE *err)
{
    uint64_t start;
    uint64_t bytes;
    int rc;

    if (!find_extent(xen, &start, &bytes)) {
        fputs("its sections lie nowhere in memory.\n", err);
        return -EINVAL;
    }
    rc = image_map_empty(start, bytes, window_bytes, image, err);
    if (rc) {
        return rc;
    }
    for (uint32_t i = 1; i < xen->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(xen, i);

        copy_section(image, xen, &section);
    }
    return 0;
}
