// SPDX-License-Identifier: GPL-2.0
/*
 * What the command's verify does with a file that nobody has looked at: a trial
 * in the loader of the tools, without xen-syms, so that every symbol is there.
 * It ends with a verdict, and with a line for each refusal; memory outside of
 * the file is the sanitizers' to watch. That the hypervisor's part of it stays
 * sound is `upload`'s.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/beside.h"
#include "lib/loader/trial.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static unsigned int nr_findings;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    keep_inputs_beside_target(argc, argv);
    return 0;
}

static void count_finding(void *arg, size_t which, int error, const char *text)
{
    (void)arg;
    if (which != 0 || error >= 0 || !text[0]) {
        fprintf(stderr, "fuzz_verify: finding %d of %zu\n", error, which);
        abort();
    }
    nr_findings++;
}

static void ignore(void *arg, const char *text)
{
    (void)arg;
    (void)text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct trial trial = {
        .payload = {.name = "fuzz", .bytes = bytes, .nr_bytes = size},
        .listener = {.finding = count_finding, .gap = ignore, .note = ignore},
    };
    char said[256];
    FILE *err = fmemopen(said, sizeof(said), "w");
    enum trial_verdict verdict;

    nr_findings = 0;
    verdict = trial_run(&trial, err);
    fclose(err);
    if ((verdict == TRIAL_REFUSED) != (nr_findings != 0) ||
        verdict == TRIAL_LOADS) {
        fprintf(stderr, "fuzz_verify: verdict %d with %u findings\n", verdict,
                nr_findings);
        abort();
    }
    return 0;
}
