// SPDX-License-Identifier: GPL-2.0
/*
 * Build-ids, in digits or out of a payload.
 */
#include "run/depends.h"

#include <errno.h>
#include <string.h>

#include "lib/elf_file.h"
#include "lib/kept_id.h"
#include "lib/payload_elf.h"

static int read_payload(const char *option, const char *path,
                        struct depends *depends, FILE *err)
{
    struct elf_file elf;
    struct build_id id;
    int rc = payload_file_read(path, &depends->below, err);

    if (rc) {
        fprintf(err,
                "livepatch-build: --%s takes 40 hexadecimal digits, a "
                "payload's file or the word xen-syms\n",
                option);
        return rc;
    }
    rc = elf_file_open(path, depends->below.bytes, depends->below.nr_bytes,
                       &elf, err);
    if (rc) {
        return rc;
    }
    id = payload_build_id(&elf, SECTION_OWN_ID);
    if (id.nr_bytes != PLAN_ID_BYTES) {
        fprintf(err, "%s: a build-id of %zu bytes; one of %d is needed\n", path,
                id.nr_bytes, PLAN_ID_BYTES);
        return -EINVAL;
    }
    memcpy(depends->id, id.bytes, PLAN_ID_BYTES);
    return 0;
}

int depends_read(const char *option, const char *text, struct depends *depends,
                 FILE *err)
{
    struct kept_id digits;

    *depends = (struct depends){0};
    if (!text || strcmp(text, "xen-syms") == 0) {
        return 0;
    }
    depends->is_given = true;
    digits = kept_id_of_text(text);
    if (digits.nr_bytes != PLAN_ID_BYTES) {
        depends->path = text;
        return read_payload(option, text, depends, err);
    }
    memcpy(depends->id, digits.bytes, PLAN_ID_BYTES);
    return 0;
}

static bool is_for(const struct depends *depends, struct build_id hypervisor,
                   FILE *err)
{
    struct elf_file elf;
    struct build_id wanted;

    if (elf_file_open(depends->path, depends->below.bytes,
                      depends->below.nr_bytes, &elf, err)) {
        return false;
    }
    wanted = payload_build_id(&elf, SECTION_XEN_DEPENDS);
    if (!wanted.nr_bytes || build_id_is_same(wanted, hypervisor)) {
        return true; /* one for Xen before 4.14 does not say */
    }
    fprintf(err, "livepatch-build: %s: is for the hypervisor ", depends->path);
    build_id_print(wanted, err);
    fputs(", and this one is for ", err);
    build_id_print(hypervisor, err);
    fputs(": what it goes on top of has to be loaded in the same one\n", err);
    return false;
}

bool depends_fit(const struct depends *depends, const struct depends *xen,
                 const struct image *image, FILE *err)
{
    const struct build_id hypervisor = {
        xen->is_given ? xen->id : image_build_id(image), PLAN_ID_BYTES};

    if (!hypervisor.bytes) {
        fprintf(err,
                "livepatch-build: xen-syms has no build-id of %d bytes: "
                "give --xen-depends\n",
                PLAN_ID_BYTES);
        return false;
    }
    return !depends->below.bytes || is_for(depends, hypervisor, err);
}

void depends_free(struct depends *depends)
{
    payload_file_free(&depends->below);
    *depends = (struct depends){0};
}
