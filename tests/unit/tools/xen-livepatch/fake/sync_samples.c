/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files in d/, read back for the comparison with what is uploaded.
 */
#include "fake/sync_samples.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NR_FILES_MAX 8
#define FILE_BYTES_MAX (64 * 1024)
#define NOTE_HEADER_BYTES 16

const struct sample_ids on_xen = {0x20, THIS_XEN, THIS_XEN};
const struct sample_ids on_first = {0x40, 0x20, THIS_XEN};
const struct sample_ids reissue = {0x22, THIS_XEN, THIS_XEN};

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
    put_payload_in("d", name, ids);
}

void make_payload(struct sample_elf *elf, struct sample_ids ids)
{
    sample_payload_make(elf);
    set_id(elf, ".note.gnu.build-id", ids.own);
    set_id(elf, ".livepatch.depends", ids.below);
    if (ids.hypervisor) {
        set_id(elf, ".livepatch.xen_depends", ids.hypervisor);
    } else {
        sample_section(elf, ".livepatch.xen_depends")->name = ".livepatch.old";
    }
}

void put_payload_in(const char *folder, const char *name, struct sample_ids ids)
{
    struct sample_elf elf;
    char path[160];

    make_payload(&elf, ids);
    snprintf(path, sizeof(path), "%s/%s.livepatch", folder, name);
    sample_write(&elf, path);
}

void put_order(const char *lines)
{
    write_file("d/order", lines, strlen(lines));
}

int start_sync(void **state)
{
    nr_files = 0;
    return system("rm -rf d s v log log.1 sync.lock && mkdir d") ||
           start_fake(state);
}

int start_with_fix1(void **state)
{
    int rc = start_sync(state);

    put_payload("fix1", on_xen);
    return rc;
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

void expect_revert(const char *name)
{
    expect_get(name, APPLIED, 0);
    expect_action(name, REVERT, 0, 0);
    expect_get(name, CHECKED, 0);
}

void expect_unload(const char *name)
{
    expect_get(name, CHECKED, 0);
    expect_action(name, UNLOAD, 0, 0);
    expect_get_refused(name, -ENOENT);
}

static void print_digits(FILE *log, const char *key, unsigned char first)
{
    fprintf(log, ",\"%s\":\"", key);
    for (unsigned char i = 0; i < 20; i++) {
        fprintf(log, "%02x", first + i);
    }
    fputs("\"", log);
}

static FILE *start_line(const char *verb, const char *name)
{
    FILE *log = fopen("log", "a");

    assert_non_null(log);
    fprintf(log,
            "{\"time\":\"2026-01-02T03:04:05.678Z\",\"boot\":\"boot-1\","
            "\"command\":\"%s\",\"names\":[\"%s\"],\"exit_status\":0",
            verb, name);
    return log;
}

void log_upload(const char *name, unsigned char own, unsigned char below)
{
    FILE *log = start_line("upload", name);

    print_digits(log, "build_id", own);
    print_digits(log, "depends", below);
    fputs("}\n", log);
    fclose(log);
}

void log_deed(const char *verb, const char *name)
{
    FILE *log = start_line(verb, name);

    fputs("}\n", log);
    fclose(log);
}

void log_load(const char *name, unsigned char own, unsigned char below)
{
    log_upload(name, own, below);
    log_deed("apply", name);
}

const struct run *plan_with(const char *option)
{
    return run_command("--state-dir=s", "--log=log", "-n", "sync", "--dir=d",
                       "--vendor-dir=v", option, NULL);
}

void plan_is(const char *option, int outcome, const char *out, const char *err)
{
    assert_run(plan_with(option), outcome, out, err);
}

void sync_loads_fix1(const char *option)
{
    expect_listing(NULL, 0);
    expect_load("fix1");
    assert_int_equal(sync_with(option)->outcome, 0);
}

const struct run *sync_logged(void)
{
    return run_command("-q", "--state-dir=s", "--log=log", "sync", "--dir=d",
                       NULL);
}

void sync_first_build(void)
{
    put_payload("a", on_xen);
    expect_listing(NULL, 0);
    expect_load("a");
    assert_int_equal(sync_logged()->outcome, 0);
    put_payload("a", reissue);
}
