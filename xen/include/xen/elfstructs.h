/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ELF-64 structures and constants, by the names of the generic ABI
 * (System V gABI, chapter 4), from the C library's <elf.h>; the Elf_* names
 * are Xen's for the native class.
 */
#ifndef XEN_ELFSTRUCTS_H
#define XEN_ELFSTRUCTS_H

#include <xen/types.h>
#include <elf.h>

typedef Elf64_Ehdr Elf_Ehdr;
typedef Elf64_Shdr Elf_Shdr;
typedef Elf64_Sym Elf_Sym;
typedef Elf64_Rela Elf_RelA;
typedef Elf64_Nhdr Elf_Note;

#endif
