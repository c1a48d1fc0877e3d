// SPDX-License-Identifier: GPL-2.0
/*
 * The loader takes what is written. This tree's payloads by hand are written
 * anew, from their objects: tables that tell of text, hooks, data, calls of the
 * hypervisor, all that a payload may have.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "by_hand.h"
#include "lib/loader/names.h"
#include "lib/loader/trial.h"
#include "lib/xen_symbols.h"

static struct payload_file xen_file;
static struct elf_file xen;
static struct names names;

static int read_xen(void **state)
{
    (void)state;
    return xen_symbols_open(XEN_SYMS, &xen_file, &xen, stderr) ||
           names_read(&xen, &names);
}

static int free_xen(void **state)
{
    (void)state;
    names_free(&names);
    payload_file_free(&xen_file);
    return 0;
}

static void tell(void *arg, const char *text)
{
    fprintf(stderr, "%s: %s\n", (const char *)arg, text);
}

static void tell_finding(void *arg, const struct trial_finding *finding)
{
    fprintf(stderr, "%s: %d: %s\n", (const char *)arg, finding->error,
            finding->text);
}

static enum trial_verdict try(struct trial *trial, const char *name,
                              const struct payload_file *file)
{
    trial->payload = (struct trial_payload){name, file->bytes, file->nr_bytes};
    trial->listener =
        (struct trial_listener){tell_finding, tell, tell, (void *)name};
    return trial_run(trial, stderr);
}

static void depend_on(struct plan *plan, struct build_id id)
{
    assert_int_equal(id.nr_bytes, PLAN_ID_BYTES);
    memcpy(plan->depends, id.bytes, PLAN_ID_BYTES);
    memcpy(plan->xen_depends, id.bytes, PLAN_ID_BYTES);
}

/* The entries that an object has become the plan's, with what xen-syms says. */
static void replace_as_entries_say(struct by_hand *hand)
{
    for_each_piece(piece, &hand->objects[0])
    {
        const struct name *old;
        const char *text;
        const struct reference *name = &piece->references[0];

        if (strcmp(piece->section->name, SECTION_FUNCS) != 0) {
            continue;
        }
        assert_true(piece->nr_references >= 1 && name->offset == 0);
        text = (const char *)piece_bytes(name->target) + name->distance;
        old = names_find(&names, text);
        if (!old) {
            fail_msg("no %s in " XEN_SYMS, text);
        }
        if (piece->nr_references > 1) {
            struct replacement *replacement =
                by_hand_replace(hand, old->text, piece->references[1].target);

            replacement->old_address = old->address;
            replacement->old_bytes =
                (uint32_t)(names_end_of(&names, old, old->address + 16) -
                           old->address);
        }
    }
}

static void check_loads(const char *compiler, const char *name)
{
    char path[512];
    struct by_hand hand;
    struct payload_file file;
    struct trial trial = {.xen = &xen};
    enum trial_verdict verdict;

    snprintf(path, sizeof(path), SAMPLES "payloads/%s/%s.o", compiler, name);
    by_hand_open(&hand, (const char *const[]){path, NULL});
    by_hand_want_all(&hand);
    by_hand_include(&hand);
    replace_as_entries_say(&hand);
    depend_on(&hand.plan, payload_build_id(&xen, SECTION_OWN_ID));
    file = by_hand_write(&hand);
    verdict = try(&trial, name, &file);
    if (verdict != TRIAL_LOADS && verdict != TRIAL_INCOMPLETE) {
        fail_msg("%s of %s: verdict %d", name, compiler, verdict);
    }
    payload_file_free(&file);
    by_hand_close(&hand);
}

static void check_all_load(const char *compiler)
{
    char *list = strdup(PAYLOADS);
    size_t nr = 0;

    for (char *name = strtok(list, " "); name; name = strtok(NULL, " ")) {
        check_loads(compiler, name);
        nr++;
    }
    free(list);
    assert_true(nr > 15);
}

static void payloads_of_gcc_load(void **state)
{
    (void)state;
    check_all_load("gcc");
}

static void payloads_of_clang_load(void **state)
{
    (void)state;
    check_all_load("clang");
}

/* There is no xen-syms of arm64 here: nothing is known of the hypervisor but
 * its build-id, and that is said. */
static void arms_code_and_tables_load(void **state)
{
    static const unsigned char id[PLAN_ID_BYTES] = {1, 2, 3};
    struct trial trial = {.running = {id, sizeof(id)}};
    struct by_hand hand;
    struct payload_file file;

    (void)state;
    by_hand_open(&hand, (const char *const[]){
                            SAMPLES "aarch64-linux-gnu-gcc/fix.o",
                            SAMPLES "aarch64-linux-gnu-gcc/arm_tables.o",
                            SAMPLES "aarch64-linux-gnu-gcc/other.o", NULL});
    by_hand_want_all(&hand);
    by_hand_include(&hand);
    by_hand_replace(&hand, "fix", by_hand_find(&hand, "fix"))->old_address = 0;
    by_hand_replace(&hand, "old_traps", by_hand_find(&hand, "traps"))
        ->old_address = 0;
    depend_on(&hand.plan, trial.running);
    file = by_hand_write(&hand);
    assert_int_equal(try(&trial, "arm", &file), TRIAL_INCOMPLETE);
    payload_file_free(&file);
    by_hand_close(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payloads_of_gcc_load),
        cmocka_unit_test(payloads_of_clang_load),
        cmocka_unit_test(arms_code_and_tables_load),
    };

    return cmocka_run_group_tests(tests, read_xen, free_xen);
}
