/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a test looks at of a payload that was written.
 */
#ifndef TEST_WRITTEN_H
#define TEST_WRITTEN_H

#include "lib/payload_elf.h"
#include "lib/payload_file.h"

struct written {
    struct payload_file file;
    struct elf_file elf;
};

/* Takes the file over; fails the test if it is none. */
void written_open(struct written *written, struct payload_file file);
void written_close(struct written *written);

/* One that is there, and alone of its name. */
Elf64_Shdr written_section(const struct written *written, const char *name);
bool written_has_section(const struct written *written, const char *name);

/* The symbol whose name begins so and is not that of a FILE; alone. */
Elf64_Sym written_symbol(const struct written *written, const char *prefix);
const char *written_name(const struct written *written, const char *prefix);

/* How often the bytes are in a section. */
size_t written_count(const struct written *written, const char *section,
                     const void *bytes, size_t nr);

#endif
