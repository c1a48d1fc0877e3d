// SPDX-License-Identifier: GPL-2.0
/*
 * The order of it: pieces to their places, records that lead to these places,
 * symbols and relocations, the file. And what no hypervisor takes, told in the
 * words of who wrote the patch.
 */
#include "write/payload.h"

#include <errno.h>
#include <string.h>

#include "lib/durable_file.h"
#include "lib/payload_elf.h"
#include "write/file.h"
#include "write/layout.h"
#include "write/output.h"
#include "write/records.h"
#include "write/symbols.h"

/* What both loaders have room for. */
#define MOST_SECTIONS 1023U
#define MOST_ZEROED_BYTES (2U << 20)
#define MOST_NAME_BYTES 127U

static bool has_hooks(const struct plan *plan)
{
    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        if (section_is_named(plan->inclusions[i].piece->section,
                             ".livepatch.hooks")) {
            return true;
        }
    }
    return false;
}

static int check_purpose(const struct plan *plan, FILE *err)
{
    if (plan->nr_replacements == 0 && !has_hooks(plan)) {
        fputs("nothing to write: the patch changes no function of the "
              "hypervisor and has no hook, and a payload without either is "
              "refused\n",
              err);
        return -EINVAL;
    }
    return 0;
}

static int check_name(const char *name, FILE *err)
{
    const size_t bytes = strlen(name);

    if (bytes == 0 || bytes > MOST_NAME_BYTES) {
        fprintf(err,
                "symbol '%s': a name of %zu bytes, a hypervisor finds those of "
                "1 to %u\n",
                name, bytes, MOST_NAME_BYTES);
        return -EINVAL;
    }
    return 0;
}

static int check_names(const struct plan *plan, FILE *err)
{
    int rc = 0;

    for (size_t i = 0; i < plan->nr_replacements && !rc; i++) {
        rc = check_name(plan->replacements[i].name, err);
    }
    for (size_t i = 0; i < plan->nr_inclusions && !rc; i++) {
        const struct inclusion *inclusion = &plan->inclusions[i];

        for (size_t u = 0; u < inclusion->piece->nr_references && !rc; u++) {
            if (inclusion->uses[u].outside) {
                rc = check_name(inclusion->uses[u].outside, err);
            }
        }
    }
    return rc;
}

/* The largest piece of a section, or of all that are in the file (0). */
static const struct inclusion *largest_of(const struct plan *plan,
                                          const struct output *output,
                                          uint32_t section)
{
    const struct inclusion *largest = NULL;

    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        const struct inclusion *item = &plan->inclusions[i];
        const bool counts =
            section ? item->section == section
                    : output->sections[item->section].type != SHT_NOBITS;

        if (counts && (!largest || item->piece->size > largest->piece->size)) {
            largest = item;
        }
    }
    return largest;
}

static void tell_largest(const struct inclusion *largest, FILE *err)
{
    if (largest) {
        fprintf(err, "; the most of them, %lu, has '%s' of %s",
                largest->piece->size,
                largest->symbol ? largest->symbol : piece_name(largest->piece),
                largest->piece->object->path);
    }
    fputs(". Make several payloads of the patch\n", err);
}

static int check_zeroed(const struct plan *plan, const struct output *output,
                        FILE *err)
{
    for (uint32_t i = 1; i < output->nr_sections; i++) {
        const struct output_section *section = &output->sections[i];

        if (section->type == SHT_NOBITS && section->size > MOST_ZEROED_BYTES) {
            fprintf(err,
                    "the payload: %lu bytes of new zeroed data, a hypervisor "
                    "takes at most %u",
                    section->size, MOST_ZEROED_BYTES);
            tell_largest(largest_of(plan, output, i), err);
            return -E2BIG;
        }
    }
    return 0;
}

static int check_limits(const struct plan *plan, const struct output *output,
                        FILE *err)
{
    const uint64_t bytes = file_bytes(output);

    /* Each may have relocations; then there are three tables. */
    if (output->nr_sections * 2 + 3 > MOST_SECTIONS) {
        fprintf(err,
                "the payload: %u sections and their relocations, a hypervisor "
                "takes at most %u in all\n",
                output->nr_sections - 1, MOST_SECTIONS);
        return -E2BIG;
    }
    if (bytes > PAYLOAD_BYTES_MAX) {
        fprintf(err,
                "the payload: a file of %lu bytes, a hypervisor takes at most "
                "%u",
                bytes, PAYLOAD_BYTES_MAX);
        tell_largest(largest_of(plan, output, 0), err);
        return -E2BIG;
    }
    return check_zeroed(plan, output, err);
}

int payload_make(struct plan *plan, struct payload_file *file, FILE *err)
{
    struct output output;
    int rc = check_purpose(plan, err);

    if (!rc) {
        rc = check_names(plan, err);
    }
    if (rc) {
        return rc;
    }
    output_open(&output, machine_of(plan->machine));
    layout_make(plan, &output);
    records_make(plan, &output);
    symbols_make(plan, &output);
    rc = check_limits(plan, &output, err);
    if (!rc) {
        rc = file_make(&output, file, err);
    }
    output_close(&output);
    return rc;
}

int payload_save(const char *path, const struct payload_file *file, FILE *err)
{
    const int rc =
        durable_replace(path, (const char *)file->bytes, file->nr_bytes);

    if (rc) {
        fprintf(err, "%s: cannot be written: %s\n", path, strerror(-rc));
    }
    return rc;
}
