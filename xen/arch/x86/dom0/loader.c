/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Brings dom0's kernel and initrd from where the boot loader left them to
 * where the kernel wants them. The initrd goes first, to the top of low memory,
 * so that the kernel's room is free; nothing is moved onto something that is
 * still needed.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <asm/bzimage.h>
#include <asm/dom0.h>
#include <asm/layout.h>
#include <asm/vcpu.h>

#define INITRD_ALIGN PAGE_SIZE

static void *__init low_ram(paddr_t start, size_t bytes)
{
    if (!memmap_is_ram(&dom0_memmap, start, start + bytes)) {
        panic("dom0: no RAM at %#lx\n", start);
    }
    return maddr_to_virt(start);
}

/* Where the kernel goes: where it prefers to be. */
static struct memory_range __init find_kernel_room(const struct bzimage *image)
{
    struct memory_range room = {
        .start = image->preferred_address,
        .end = image->preferred_address + image->init_bytes,
    };

    if (room.end >> 32 || !memmap_is_ram(&dom0_memmap, room.start, room.end)) {
        panic("dom0: the kernel's room %#lx to %#lx is not free RAM\n",
              room.start, room.end);
    }
    return room;
}

/* Moves the initrd clear of the kernel's room and of the kernel itself. */
static struct memory_range __init
place_initrd(const struct boot_loader_facts *facts, const struct bzimage *image,
             const struct memory_range *kernel_room)
{
    const struct boot_module *module = &facts->module[1];
    const struct memory_range taken[] = {
        *kernel_room,
        {facts->module[0].start, facts->module[0].end, 0},
        {0, LOW_RAM_END, 0},
    };
    const struct memmap_wish wish = {
        .bytes = module->end - module->start,
        .align = INITRD_ALIGN,
        .limit = (paddr_t)image->initrd_limit + 1,
    };
    struct memory_range initrd;

    initrd.start = memmap_find(&dom0_memmap, &wish, taken, ARRAY_SIZE(taken));
    if (initrd.start == INVALID_PADDR) {
        panic("dom0: no room for an initrd of %lu bytes\n", wish.bytes);
    }
    initrd.end = initrd.start + wish.bytes;
    memmove(maddr_to_virt(initrd.start), maddr_to_virt(module->start),
            wish.bytes);
    return initrd;
}

/* The first word is the module's file name. */
static const char *__init skip_name(const char *line)
{
    const char *space = strchr(line, ' ');

    return space ? space + 1 : "";
}

static void __init place_cmdline(const char *line, const struct bzimage *image)
{
    char *to = low_ram(DOM0_CMDLINE_PADDR, DOM0_CMDLINE_BYTES);
    size_t room =
        min((size_t)DOM0_CMDLINE_BYTES, (size_t)image->cmdline_bytes + 1);
    size_t length;

    length = dom0_cmdline_make(line, to, room);
    if (length >= room) {
        panic("dom0: command line of %zu bytes, room for %zu\n", length,
              room - 1);
    }
    printk(XENLOG_INFO "dom0: command line: %s\n", to);
}

static void __init fill_boot_params(const struct bzimage *image,
                                    const struct memory_range *kernel,
                                    const struct memory_range *initrd)
{
    const struct boot_params_input input = {
        .kernel = kernel->start,
        .cmdline = DOM0_CMDLINE_PADDR,
        .initrd = initrd->start,
        .initrd_bytes = initrd->end - initrd->start,
        .memmap = &dom0_memmap,
    };

    if (!boot_params_fill(low_ram(BOOT_PARAMS_PADDR, BOOT_PARAMS_BYTES), image,
                          &input)) {
        panic("dom0: the memory map has %u ranges, room for %u\n",
              dom0_memmap.nr, BOOT_PARAMS_E820_MAX);
    }
}

void __init dom0_load(const struct boot_loader_facts *facts)
{
    const struct boot_module *module = &facts->module[0];
    const uint8_t *start = maddr_to_virt(module->start);
    struct memory_range room, initrd = {0, 0, 0};
    struct bzimage image;
    const char *wrong =
        bzimage_parse(start, module->end - module->start, &image);

    if (wrong) {
        panic("dom0: the kernel module: %s\n", wrong);
    }
    room = find_kernel_room(&image);
    if (facts->nr_modules > 1) {
        initrd = place_initrd(facts, &image, &room);
    }
    place_cmdline(skip_name(module->cmdline), &image);
    fill_boot_params(&image, &room, &initrd);
    /* Last: it may lie over the header that was read until now. */
    memmove(maddr_to_virt(room.start), image.kernel, image.kernel_bytes);
    printk(XENLOG_INFO "dom0: kernel %#lx-%#lx, initrd %#lx-%#lx\n", room.start,
           room.end, initrd.start, initrd.end);
    vcpu_start_kernel(vcpu_of(0), room.start, BOOT_PARAMS_PADDR);
}
