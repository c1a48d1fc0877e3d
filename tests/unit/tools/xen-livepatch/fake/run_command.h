/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Running the whole command in a test and looking at what it printed; payload
 * files for it to read.
 */
#ifndef TESTS_RUN_COMMAND_H
#define TESTS_RUN_COMMAND_H

#include <stddef.h>

struct run {
    int outcome;
    char out[128 * 1024];
    char err[8192];
};

/* Run the command with these words, up to a NULL. Valid until the next run. */
const struct run *run_command(const char *word, ...) __attribute__((sentinel));

/* The same on a terminal: everything is in `out`, with \r\n. At most 4000
 * bytes. */
const struct run *run_on_terminal(const char *word, ...)
    __attribute__((sentinel));

/* Fails unless the run gave this status and printed exactly this. */
void assert_run(const struct run *run, int outcome, const char *out,
                const char *err);

/* Fails unless `text` contains `part`; or, for the other one, if it does. */
void assert_contains(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

/* 64 bytes that start as an ELF file does. */
extern const unsigned char sample_payload[64];

/*
 * Make a scratch folder for payload files and go there; setup and teardown of
 * a CMocka group.
 */
int enter_scratch_folder(void **state);
int leave_scratch_folder(void **state);
void write_file(const char *name, const void *bytes, size_t nr_bytes);

/* Setup and teardown of one CMocka test: a fresh fake, used up at the end. */
int start_fake(void **state);
int finish_fake(void **state);

#endif
