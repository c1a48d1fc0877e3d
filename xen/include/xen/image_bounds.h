/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the parts of the hypervisor's image begin and end, as the linker script
 * (or the user-mode host of the tests) says: [start, end) pairs. The loader of
 * the tools, which reads an image when it runs, has a header of its own in the
 * place of this one.
 */
#ifndef XEN_IMAGE_BOUNDS_H
#define XEN_IMAGE_BOUNDS_H

extern char _start[], _end[];
extern char _stext[], _etext[];
extern char _srodata[], _erodata[];
extern char _sinit[], _einittext[], _einit[];
/* What is constant from the end of boot on (__ro_after_init). */
extern char _sro_after_init[], _ero_after_init[];
extern char _sdata[], _ebss[];
/* Text that live patching itself runs through: never patched (__nopatch). */
extern char _snopatch[], _enopatch[];
/* Text that decides which payload is loaded, with the keys: the same. */
extern char _sverify[], _everify[];

#endif
