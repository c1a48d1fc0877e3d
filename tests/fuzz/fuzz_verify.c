// SPDX-License-Identifier: GPL-2.0
/*
 * What the command's verify does with a file that nobody has looked at: three
 * trials in the loader of the tools - without xen-syms, so that every symbol is
 * there; with that of the fake hypervisor; and on top of a payload, too. Each
 * ends with a verdict, and with a line for each refusal; memory outside of the
 * file is the sanitizers' to watch. That the hypervisor's part of it stays
 * sound is `upload`'s.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/beside.h"
#include "fuzz/verify_samples.h"
#include "lib/loader/trial.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct elf_file xen;
static struct trial_payload below;

/* What a trial has told, and how many payloads lie below. */
struct told {
    size_t nr_below;
    unsigned int nr_findings, nr_gaps;
};

static void give_up(const char *what, int value, size_t nr)
{
    fprintf(stderr, "fuzz_verify: %s: %d, %zu\n", what, value, nr);
    abort();
}

/* What lies below is good. */
static void count_finding(void *arg, const struct trial_finding *finding)
{
    struct told *told = arg;

    if (finding->which != told->nr_below || finding->error >= 0 ||
        !finding->text[0]) {
        fprintf(stderr, "%s\n", finding->text);
        give_up("finding of the wrong kind", finding->error, finding->which);
    }
    told->nr_findings++;
}

static void count_gap(void *arg, const char *text)
{
    struct told *told = arg;

    (void)text;
    told->nr_gaps++;
}

static void ignore(void *arg, const char *text)
{
    (void)arg;
    (void)text;
}

static enum trial_verdict try(const struct trial_payload *payload, bool has_xen,
                              size_t nr_below)
{
    struct told told = {.nr_below = nr_below};
    const struct trial trial = {
        .xen = has_xen ? &xen : NULL,
        .below = &below,
        .nr_below = nr_below,
        .payload = *payload,
        .listener = {.finding = count_finding,
                     .gap = count_gap,
                     .note = ignore,
                     .arg = &told},
    };
    char said[256];
    FILE *err = fmemopen(said, sizeof(said), "w");
    enum trial_verdict verdict = trial_run(&trial, err);

    fclose(err);
    if ((verdict == TRIAL_REFUSED) != (told.nr_findings != 0)) {
        give_up("verdict with so many findings", verdict, told.nr_findings);
    }
    if ((verdict == TRIAL_LOADS || verdict == TRIAL_INCOMPLETE) &&
        (verdict == TRIAL_INCOMPLETE) != (told.nr_gaps != 0)) {
        give_up("verdict with so many gaps", verdict, told.nr_gaps);
    }
    if (has_xen ? verdict == TRIAL_FAILED : verdict == TRIAL_LOADS) {
        give_up("verdict that cannot be", verdict, has_xen);
    }
    return verdict;
}

static void check_samples(void)
{
    struct fuzz_sample sample;

    for (unsigned int i = 0; fuzz_sample_payload(i, &sample); i++) {
        const struct trial_payload payload = {"fuzz", sample.bytes,
                                              sample.size};

        if (try(&payload, true, 0) == TRIAL_REFUSED &&
            try(&payload, true, 1) == TRIAL_REFUSED) {
            give_up("good payload that would be refused", (int)i, 0);
        }
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct fuzz_sample sample;

    keep_inputs_beside_target(argc, argv);
    fuzz_samples_start();
    sample = fuzz_sample_below();
    below = (struct trial_payload){"below", sample.bytes, sample.size};
    sample = fuzz_sample_xen_syms();
    if (elf_file_open("xen-syms", sample.bytes, sample.size, &xen, stderr)) {
        give_up("xen-syms that is no ELF file", 0, sample.size);
    }
    check_samples();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct trial_payload payload = {"fuzz", bytes, size};

    try(&payload, false, 0);
    try(&payload, true, 0);
    try(&payload, true, 1);
    return 0;
}
