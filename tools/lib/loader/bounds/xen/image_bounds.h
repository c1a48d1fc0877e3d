/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In the place of the hypervisor's <xen/image_bounds.h>: where the parts of its
 * image are, as hypervisor.c was told when the loader started.
 */
#ifndef XEN_IMAGE_BOUNDS_H
#define XEN_IMAGE_BOUNDS_H

struct image_bounds {
    char *start, *end;
    char *stext, *etext;
    char *srodata, *erodata;
    char *sinit, *einit;
    char *sro_after_init, *ero_after_init;
    char *sdata, *ebss;
    char *snopatch, *enopatch;
    char *sverify, *everify;
};
extern struct image_bounds image_bounds;

#define _start image_bounds.start
#define _end image_bounds.end
#define _stext image_bounds.stext
#define _etext image_bounds.etext
#define _srodata image_bounds.srodata
#define _erodata image_bounds.erodata
#define _sinit image_bounds.sinit
#define _einit image_bounds.einit
#define _sro_after_init image_bounds.sro_after_init
#define _ero_after_init image_bounds.ero_after_init
#define _sdata image_bounds.sdata
#define _ebss image_bounds.ebss
#define _snopatch image_bounds.snopatch
#define _enopatch image_bounds.enopatch
#define _sverify image_bounds.sverify
#define _everify image_bounds.everify

#endif
