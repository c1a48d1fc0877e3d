/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files in d/, read back for the comparison with what is uploaded.
 */
#include "fake/sync_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/sample_elf.h"

#define NR_FILES_MAX 8
#define FILE_BYTES_MAX (64 * 1024)
#define NOTE_HEADER_BYTES 16

static struct fake_window window;
static unsigned char files[NR_FILES_MAX][FILE_BYTES_MAX];
static unsigned int nr_files;

static void set_id(struct sample_elf *elf, const char *section,
                   unsigned char first)
{
    unsigned char *id = sample_section(elf, section)->bytes + NOTE_HEADER_BYTES;

    for (unsigned char i = 0; i < 20; i++) {
        id[i] = (unsigned char)(first + i);
    }
}

void put_payload(const char *name, struct sample_ids ids)
{
    struct sample_elf elf;
    char path[160];

    sample_payload_make(&elf);
    set_id(&elf, ".note.gnu.build-id", ids.own);
    set_id(&elf, ".livepatch.depends", ids.below);
    if (ids.hypervisor) {
        set_id(&elf, ".livepatch.xen_depends", ids.hypervisor);
    } else {
        sample_section(&elf, ".livepatch.xen_depends")->name = ".livepatch.old";
    }
    snprintf(path, sizeof(path), "d/%s.livepatch", name);
    sample_write(&elf, path);
}

void put_order(const char *lines)
{
    write_file("d/order", lines, strlen(lines));
}

int start_sync(void **state)
{
    nr_files = 0;
    return system("rm -rf d s && mkdir d") || start_fake(state);
}

const struct run *sync_with(const char *option)
{
    return run_command("--state-dir", "s", "sync", "--dir", "d", option, NULL);
}

void expect_listing(const struct fake_entry *entries, uint32_t nr)
{
    window = (struct fake_window){1, 0, nr, nr};
    expect_list_sizes(1, entries, nr);
    if (nr) {
        expect_list(&window, entries);
    }
}

void expect_upload_of(const char *name, int rc)
{
    unsigned char *bytes = files[nr_files++];
    char path[160];
    FILE *file;
    size_t nr_bytes;

    assert_true(nr_files <= NR_FILES_MAX);
    snprintf(path, sizeof(path), "d/%s.livepatch", name);
    file = fopen(path, "r");
    assert_non_null(file);
    nr_bytes = fread(bytes, 1, FILE_BYTES_MAX, file);
    fclose(file);
    expect_upload(name, bytes, nr_bytes, rc);
}

void expect_load(const char *name)
{
    expect_upload_of(name, 0);
    expect_get(name, CHECKED, 0);
    expect_action(name, APPLY, 0, 0);
    expect_get(name, APPLIED, 0);
}
