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
        return read_payload(option, text, depends, err);
    }
    memcpy(depends->id, digits.bytes, PLAN_ID_BYTES);
    return 0;
}

void depends_free(struct depends *depends)
{
    payload_file_free(&depends->below);
    *depends = (struct depends){0};
}
