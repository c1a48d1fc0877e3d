/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload's file that is made to keep a reader busy for hours: of a payload
 * with nothing wrong, in 1.5 MiB, 10082 entries with 8 times 43690 relocations.
 */
#ifndef TESTS_BUSY_PAYLOAD_H
#define TESTS_BUSY_PAYLOAD_H

#include "fake/sample_elf.h"

void busy_payload_write(const struct sample_elf *payload, const char *path);

#endif
