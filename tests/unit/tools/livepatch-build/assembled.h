/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Objects of which a test says each section, symbol and relocation: assembler
 * text, which the assembler makes an object of and the product reads and cuts.
 *
 *     FUNCTION("f", "call g\n nop") VARIABLE("count.1", ".long 5")
 */
#ifndef ASSEMBLED_H
#define ASSEMBLED_H

#include "model/piece.h"

/* Of this name, in a section of its own; LOCAL_: only its file knows it. */
#define FUNCTION(name, code) ".globl " name "\n" LOCAL_FUNCTION(name, code)
#define LOCAL_FUNCTION(name, code)                                             \
    ".section .text." name ",\"ax\",@progbits\n"                               \
    ".type " name ",@function\n" name ":\n" code "\n"                          \
    ".size " name ",.-" name "\n"
#define IN_SECTION_(section, flags, name, values)                              \
    ".section " section "." name ",\"" flags "\",@progbits\n"                  \
    ".type " name ",@object\n" name ":\n" values "\n"                          \
    ".size " name ",.-" name "\n"
#define VARIABLE(name, values)                                                 \
    ".globl " name "\n" IN_SECTION_(".data", "aw", name, values)
#define LOCAL_VARIABLE(name, values) IN_SECTION_(".data", "aw", name, values)
#define CONSTANT(name, values)                                                 \
    ".globl " name "\n" IN_SECTION_(".rodata", "a", name, values)
#define LOCAL_CONSTANT(name, values) IN_SECTION_(".rodata", "a", name, values)
#define STRING(label, text)                                                    \
    ".section .rodata.str1.1,\"aMS\",@progbits,1\n" label ": .string \"" text  \
    "\"\n"

/* Of x86-64, cut; the test ends when it cannot be. Close it with dismantle().
 */
struct object *assemble(const char *text);
void dismantle(struct object *object);

/* The same read by object_open() alone, and cut with what is said in words that
 * last until the next: 0 or a negative errno. */
int try_to_cut(const char *text, const char **said);

/* The piece that begins with this symbol; the test ends when there is none. */
struct piece *piece_named(const struct object *object, const char *name);

/* The n-th piece of the section of this name. */
struct piece *piece_of(const struct object *object, const char *section,
                       size_t n);

#endif
