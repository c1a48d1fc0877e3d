/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The loader's door: opens and closes it, and hands requests on to the
 * architecture's half. The halves call back without an argument, so there is
 * one loader at a time.
 */
#include "lib/loader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/loader/bounds.h"
#include "lib/loader/exchanged.h"
#include "lib/loader/expectation.h"
#include "lib/loader/linked_text.h"
#include "lib/loader/own_copy.h"
#include "lib/loader/stand_in.h"
#include "lib/loader/stock.h"
#include "lib/payload_signature.h"
#include "lib/xen_symbols.h"

#define NAME_BYTES 128
#define LINE_BYTES 1024
#define UNKNOWN_SHARE 4 /* an unknown hypervisor's image of the window */

/* What is loaded, newest first. */
struct loaded {
    struct loaded *below;
    char name[NAME_BYTES];
};

struct loader {
    const struct loader_arch *arch;
    struct image image;
    struct names names;
    struct exchanged exchanged;
    struct stand_in stand_in;
    struct loader_hypervisor hypervisor;
    struct loaded *loaded;
    bool is_unknown; /* of the hypervisor its build-id is known at most */
    bool is_ours;    /* it is known to be this project's */
    loader_listener *listener;
    void *listener_arg;
};

static const struct loader_arch *const archs[] = {&loader_x86, &loader_arm};

static struct loader the_loader;

/* ---- what the other half asks ------------------------------------------- */

static void hear(enum loader_level level, const char *form, const char *line)
{
    char text[LINE_BYTES];

    linked_text(&the_loader.image, line, text, sizeof(text));
    if (the_loader.listener) {
        the_loader.listener(the_loader.listener_arg, level, form, text);
    }
}

static uintptr_t find_stand_in(const char *text)
{
    const struct loader_range *image = &the_loader.hypervisor.image;
    int64_t slot = stand_in_find(&the_loader.stand_in, text);
    uint64_t nr_slots = (image->end - image->start) / STAND_IN_BYTES;

    return slot < 0 ? 0
                    : image->start + (uint64_t)slot % nr_slots * STAND_IN_BYTES;
}

static uintptr_t find_name(const char *text)
{
    const struct loader_range *init = &the_loader.hypervisor.init;
    const struct name *name;
    uintptr_t address;

    if (the_loader.is_unknown) {
        return find_stand_in(text);
    }
    name = names_find(&the_loader.names, text);
    if (!name) {
        return 0;
    }
    address = image_to_mapped(&the_loader.image, name->address);
    return address >= init->start && address < init->end ? 0 : address;
}

static const char *find_address(uintptr_t address, unsigned long *bytes,
                                unsigned long *offset)
{
    const struct image *image = &the_loader.image;
    uint64_t linked = image_to_linked(image, address);
    const struct name *name;

    if (linked < image->linked || linked >= image->linked_end) {
        return NULL;
    }
    name = names_before(&the_loader.names, linked);
    if (!name) {
        return NULL;
    }
    *bytes = names_end_of(&the_loader.names, name, image->linked_end) -
             name->address;
    *offset = linked - name->address;
    return name->text;
}

/* ---- opening and closing ------------------------------------------------ */

static const struct loader_arch *find_arch(uint16_t machine)
{
    for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++) {
        if (archs[i]->machine == machine) {
            return archs[i];
        }
    }
    return NULL;
}

/* A loader without an image, or NULL after a message. */
static struct loader *begin(uint16_t machine, FILE *err, int *rc)
{
    const struct loader_arch *arch = find_arch(machine);

    if (the_loader.arch) {
        fputs("there is a loader already.\n", err);
        *rc = -EBUSY;
        return NULL;
    }
    if (!arch) {
        fprintf(err, "ELF machine %u: payloads for it are not known here.\n",
                machine);
        *rc = -EOPNOTSUPP;
        return NULL;
    }
    the_loader = (struct loader){
        .arch = arch,
        .hypervisor = {.find_name = find_name,
                       .find_address = find_address,
                       .log = hear},
    };
    return &the_loader;
}

static void start(struct loader *loader, struct build_id id)
{
    const struct image *image = &loader->image;

    loader->hypervisor.build_id = id.bytes;
    loader->hypervisor.build_id_bytes = (unsigned int)id.nr_bytes;
    loader->hypervisor.payloads = (struct loader_range){
        loader->hypervisor.image.end, image->mapped + image->window_bytes};
    loader->arch->start(&loader->hypervisor);
}

static int map_xen(struct loader *loader, const struct elf_file *xen, FILE *err)
{
    int rc = names_read(xen, &loader->names);

    if (rc == 0) {
        rc = image_map(xen, loader->arch->window_bytes, &loader->image, err);
    }
    if (rc == 0) {
        rc = bounds_find(&loader->image, &loader->names, &loader->hypervisor,
                         err);
    }
    if (rc == 0) {
        rc = exchanged_find(loader->arch, &loader->image, &loader->names,
                            &loader->exchanged);
    }
    if (rc == -ENOMEM) {
        fputs("no memory for the hypervisor's image.\n", err);
    }
    return rc;
}

static int open_xen(const struct elf_file *xen, FILE *err,
                    struct loader **loader)
{
    int rc = 0;
    struct loader *made = begin(xen->header.e_machine, err, &rc);

    if (!made) {
        return rc;
    }
    rc = map_xen(made, xen, err);
    if (rc) {
        loader_close(made);
        return rc;
    }
    made->is_ours = xen_symbols_are_ours(xen);
    start(made, payload_build_id(xen, SECTION_OWN_ID));
    *loader = made;
    return 0;
}

/* What went wrong is told of the file. */
int loader_open(const struct elf_file *xen, FILE *err, struct loader **loader)
{
    char *said = NULL;
    size_t nr_said;
    FILE *to = open_memstream(&said, &nr_said);
    int rc = to ? open_xen(xen, to, loader) : -ENOMEM;

    if (to) {
        fclose(to);
    }
    if (rc) {
        fprintf(err, "%s: %s", xen->path, said ? said : "no memory.\n");
    }
    free(said);
    return rc;
}

int loader_open_unknown(uint16_t machine, struct build_id id, FILE *err,
                        struct loader **loader)
{
    int rc = 0;
    struct loader *made = begin(machine, err, &rc);
    struct loader_range all;

    if (!made) {
        return rc;
    }
    rc = image_map_empty(made->arch->usual_start,
                         made->arch->window_bytes / UNKNOWN_SHARE,
                         made->arch->window_bytes, &made->image, err);
    if (rc) {
        loader_close(made);
        return rc;
    }
    all = (struct loader_range){
        made->image.mapped,
        image_to_mapped(&made->image, made->image.linked_end)};
    made->is_unknown = true;
    made->hypervisor.image = all;
    made->hypervisor.text = all;
    made->hypervisor.data = all;
    start(made, id);
    *loader = made;
    return 0;
}

static void unload_all(struct loader *loader)
{
    loader->listener = NULL;
    while (loader->loaded) {
        struct loaded *newest = loader->loaded;

        (void)loader->arch->act(LOADER_REVERT, newest->name, false);
        (void)loader->arch->act(LOADER_UNLOAD, newest->name, false);
        loader->loaded = newest->below;
        free(newest);
    }
}

void loader_close(struct loader *loader)
{
    if (!loader) {
        return;
    }
    unload_all(loader);
    names_free(&loader->names);
    exchanged_free(&loader->exchanged);
    stand_in_free(&loader->stand_in);
    image_unmap(&loader->image);
    *loader = (struct loader){.arch = NULL};
}

void loader_listen(struct loader *loader, loader_listener *listener, void *arg)
{
    loader->listener = listener;
    loader->listener_arg = arg;
}

uint64_t loader_find(const struct loader *loader, const char *name)
{
    uintptr_t address = find_name(name);

    return address ? image_to_linked(&loader->image, address) : 0;
}

/* ---- requests ----------------------------------------------------------- */

static uintptr_t find_function(const struct payload_func *func)
{
    const struct loader *loader = &the_loader;

    switch (func->old.kind) {
    case POINTER_ADDRESS:
        return image_is_linked(&loader->image, func->old.value)
                   ? image_to_mapped(&loader->image, func->old.value)
                   : 0;
    case POINTER_OUTSIDE:
        return find_name(func->old.name)
                   ? find_name(func->old.name) + func->old.value
                   : 0;
    case POINTER_NULL:
        return func->name ? find_name(func->name) : 0;
    default:
        return 0;
    }
}

static bool is_unknown(uintptr_t address)
{
    const struct loader *loader = &the_loader;
    const struct loader_range *text = &loader->hypervisor.text;

    return address >= text->start && address < text->end &&
           (loader->is_unknown || exchanged_has(&loader->exchanged, address));
}

static void tell_unknown(const char *name, const struct payload_func *func)
{
    static const char form[] =
        "livepatch: %s: %s: %s: the bytes that it expects are not judged";
    char line[LINE_BYTES];

    snprintf(line, sizeof(line), form, name,
             func->name ? func->name : "a function",
             the_loader.is_unknown ? "there is no text to compare with"
                                   : "the hypervisor changes it when it boots");
    hear(LOADER_WARNING, form, line);
}

/* The copy is another file than what was given: where that is as its digest
 * says, the copy gets its own. One that is wrong stays so. */
static void mark_copy(const struct elf_file *elf, unsigned char *copy)
{
    const struct payload_signature signature = payload_signature_of(elf);
    const struct payload_file given = {(unsigned char *)elf->bytes,
                                       elf->nr_bytes};
    const struct payload_file made = {copy, elf->nr_bytes};
    uint8_t digest[LIVEPATCH_DIGEST_BYTES];

    if (signature.algorithm != LIVEPATCH_SIGNED_NOT ||
        signature.nr_bytes != sizeof(digest)) {
        return;
    }
    payload_signature_digest(&given, &signature, digest);
    if (!memcmp(digest, elf->bytes + signature.at, sizeof(digest))) {
        payload_signature_digest(&made, &signature, copy + signature.at);
    }
}

static int upload(struct loader *loader, const char *name, const void *bytes,
                  size_t nr_bytes, const struct elf_file *elf)
{
    void *copy = own_copy_make(bytes, nr_bytes, elf, &loader->image);
    int rc = -ENOMEM;

    if (copy && elf->bytes && !loader->is_ours) {
        stock_turn_features(elf, loader->arch->always, copy);
    }
    if (copy && elf->bytes) {
        mark_copy(elf, copy);
    }
    if (copy && elf->bytes && loader->is_unknown) {
        rc = stand_in_add(&loader->stand_in, elf);
    } else if (copy) {
        rc = 0;
    }
    if (rc == 0) {
        rc = loader->arch->upload(name, copy, nr_bytes);
    }
    free(copy);
    return rc;
}

int loader_load(struct loader *loader, const char *name, const void *bytes,
                size_t nr_bytes)
{
    static const struct expectation_place place = {
        .find = find_function, .is_unknown = is_unknown, .tell = tell_unknown};
    struct loaded *loaded = malloc(sizeof(*loaded));
    struct elf_file elf = {.bytes = NULL};
    int rc = -ENOMEM;

    if (loaded) {
        (void)elf_file_try(bytes, nr_bytes, &elf);
        rc = upload(loader, name, bytes, nr_bytes, &elf);
    }
    if (rc) {
        free(loaded);
        return rc;
    }
    loaded->below = loader->loaded;
    snprintf(loaded->name, sizeof(loaded->name), "%s", name);
    loader->loaded = loaded;
    if (elf.bytes) {
        expectation_take(name, &elf, &place);
    }
    return 0;
}

static void forget(struct loader *loader, const char *name)
{
    struct loaded **link = &loader->loaded;

    while (*link && strcmp((*link)->name, name)) {
        link = &(*link)->below;
    }
    if (*link) {
        struct loaded *loaded = *link;

        *link = loaded->below;
        free(loaded);
    }
}

int loader_unload(struct loader *loader, const char *name)
{
    int rc = loader->arch->act(LOADER_UNLOAD, name, false);

    if (rc == 0) {
        forget(loader, name);
    }
    return rc;
}

int loader_apply(struct loader *loader, const char *name, bool ignores_base)
{
    return loader->arch->act(LOADER_APPLY, name, ignores_base);
}

int loader_replace(struct loader *loader, const char *name)
{
    return loader->arch->act(LOADER_REPLACE, name, false);
}

int loader_revert(struct loader *loader, const char *name)
{
    return loader->arch->act(LOADER_REVERT, name, false);
}

bool loader_exchanges(const struct loader *loader, uint64_t address,
                      uint64_t nr_bytes)
{
    const uintptr_t at = image_to_mapped(&loader->image, address);

    for (uint64_t i = 0; i < nr_bytes; i++) {
        if (exchanged_has(&loader->exchanged, at + i)) {
            return true;
        }
    }
    return false;
}
