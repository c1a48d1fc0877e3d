/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Alternative calls of a payload: calls through a pointer that the loader makes
 * calls of what the pointer holds. Takes a checked ELF view; what the file does
 * not tell is not judged.
 */
#ifndef XEN_LIVEPATCH_VERIFY_CALLS_H
#define XEN_LIVEPATCH_VERIFY_CALLS_H

#include "lib/payload_image.h"
#include "screen/findings.h"

/* Bytes of such a call. */
#define CALL_BYTES 6U

/* What is wrong with the call at that offset in the payload; `record` names it
 * in what is found. */
void verify_call(const struct elf_file *elf, uint64_t offset,
                 const char *record, struct findings *findings);

/*
 * Whether the code at that offset in the payload, once it stands at `place`, is
 * one call or jump to itself: what the loader refuses, or takes for the mark of
 * an alternative call when its place and feature are right.
 */
bool verify_is_call_to_itself(const struct elf_file *elf, uint64_t code,
                              uint64_t code_bytes, uint64_t place);

#endif
