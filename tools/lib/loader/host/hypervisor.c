// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor around the subsystem, as far as it is words: where its image
 * lies, what it calls its symbols, its build-id, its guest's memory, which is
 * this program's. Begins here: the table that the other half of the loader
 * sees.
 */
#include "lib/loader/host/hypervisor.h"
#include "lib/loader/host/request.h"

#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/kernel.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <xen/symbols.h>
#include <xen/version.h>
#include <xen/virtual_region.h>

const struct loader_hypervisor *hypervisor;

struct image_bounds image_bounds;
struct virtual_region core_region;
struct virtual_region core_init_region;
enum system_state system_state = SYS_STATE_active;

static void set_bounds(const struct loader_range *range, char **start,
                       char **end)
{
    *start = (char *)range->start;
    *end = (char *)range->end;
}

static void start(const struct loader_hypervisor *of)
{
    struct image_bounds *bounds = &image_bounds;

    hypervisor = of;
    livepatch_forget_revoked();
    set_bounds(&of->image, &bounds->start, &bounds->end);
    set_bounds(&of->text, &bounds->stext, &bounds->etext);
    set_bounds(&of->rodata, &bounds->srodata, &bounds->erodata);
    set_bounds(&of->init, &bounds->sinit, &bounds->einit);
    set_bounds(&of->ro_after_init, &bounds->sro_after_init,
               &bounds->ero_after_init);
    set_bounds(&of->data, &bounds->sdata, &bounds->ebss);
    set_bounds(&of->nopatch, &bounds->snopatch, &bounds->enopatch);
    set_bounds(&of->verify, &bounds->sverify, &bounds->everify);
    core_region = (struct virtual_region){
        .text_start = _stext,
        .text_end = _etext,
    };
}

int xen_build_id(const void **p, unsigned int *len)
{
    if (hypervisor->build_id_bytes == 0) {
        return -ENODATA;
    }
    *p = hypervisor->build_id;
    *len = hypervisor->build_id_bytes;
    return 0;
}

unsigned long symbols_lookup_hashed(const struct hashed_name *name)
{
    return name->length > KSYM_NAME_LEN ? 0 : hypervisor->find_name(name->text);
}

const char *symbols_lookup(unsigned long addr, unsigned long *symbolsize,
                           unsigned long *offset, char *namebuf)
{
    const struct virtual_region *region = find_text_region(addr);
    const char *name;

    if (region && region->symbols_lookup) {
        return region->symbols_lookup(addr, symbolsize, offset, namebuf);
    }
    name = hypervisor->find_address(addr, symbolsize, offset);
    if (!name) {
        return NULL;
    }
    strlcpy(namebuf, name, KSYM_NAME_LEN + 1);
    return namebuf;
}

unsigned long raw_copy_from_guest(void *to, const void *from,
                                  unsigned long bytes)
{
    memcpy(to, from, bytes);
    return 0;
}

unsigned long raw_copy_to_guest(void *to, const void *from, unsigned long bytes)
{
    if (bytes) {
        memcpy(to, from, bytes);
    }
    return 0;
}

/* glibc has it since 2.38. */
size_t __attribute__((weak)) strlcpy(char *to, const char *from, size_t size)
{
    const size_t length = strlen(from);

    if (size) {
        const size_t nr = length < size ? length : size - 1;

        memcpy(to, from, nr);
        to[nr] = '\0';
    }
    return length;
}

static struct loader_range exchanged(enum loader_exchange kind,
                                     const void *record)
{
    struct livepatch_alternative alt;
    uintptr_t call;

    if (kind == LOADER_ALTERNATIVE_CALL) {
        call = (uintptr_t)arch_livepatch_read_alt_call(record);
        return (struct loader_range){call, call + ARCH_LIVEPATCH_CALL_BYTES};
    }
    alt = arch_livepatch_read_alternative(record);
    return (struct loader_range){(uintptr_t)alt.place,
                                 (uintptr_t)alt.place + alt.place_bytes};
}

const struct loader_arch LOADER_TABLE = {
    .machine = ARCH_LIVEPATCH_ELF_MACHINE,
    .usual_start = LOADER_USUAL_START,
    .window_bytes = LOADER_WINDOW_BYTES,
    .always = LIVEPATCH_FEATURE,
    .record_bytes =
        {
            [LOADER_ALTERNATIVE] = ARCH_LIVEPATCH_ALT_BYTES,
            [LOADER_ALTERNATIVE_CALL] = ARCH_LIVEPATCH_ALT_CALL_BYTES,
        },
    .exchanged = exchanged,
    .start = start,
    .upload = request_upload,
    .act = request_act,
};
