/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload file in memory, read once from one open descriptor and checked for
 * what can be known without the hypervisor.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_FILE_H
#define XEN_LIVEPATCH_PAYLOAD_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Largest payload file that a hypervisor takes. */
#define PAYLOAD_BYTES_MAX (2U * 1024U * 1024U)

struct payload_file {
    unsigned char *bytes;
    size_t nr_bytes; /* 1..PAYLOAD_BYTES_MAX */
};

/*
 * Read the payload at `path`: a regular file of 1 to PAYLOAD_BYTES_MAX bytes
 * that starts with the ELF magic and keeps its size while it is read. Gives 0
 * and *file, to be freed with payload_file_free(); otherwise a message on
 * `err` and -errno: that of the system call, or -EINVAL for a bad file.
 */
int payload_file_read(const char *path, struct payload_file *file, FILE *err);

/* A kind of ELF files. */
struct file_kind {
    size_t nr_bytes_max;
    const char *wanted; /* what one is, for whoever gives something else */
};

/* The same for an ELF file of that kind, of 1 to nr_bytes_max bytes. */
int file_read(const char *path, const struct file_kind *kind,
              struct payload_file *file, FILE *err);

/* Of the machine that this runs on; EM_NONE: not known here. */
uint16_t payload_file_own_machine(void);

/*
 * Check that the file is for machines like the one that this runs on. Gives 0
 * (also when it is too short to tell), or -EINVAL after a message on `err`.
 */
int payload_file_check_machine(const char *path,
                               const struct payload_file *file, FILE *err);

void payload_file_free(struct payload_file *file);

#endif
