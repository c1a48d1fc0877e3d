/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a fuzz target writes what it has found.
 */
#ifndef FUZZ_BESIDE_H
#define FUZZ_BESIDE_H

/*
 * From LLVMFuzzerInitialize(): an input that fails is kept beside the target,
 * as TARGET-crash-..., wherever it was started and unless its command line
 * says otherwise.
 */
void keep_inputs_beside_target(int *argc, char ***argv);

#endif
