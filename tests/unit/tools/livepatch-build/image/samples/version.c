/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What Xen tells guests that it is; one of the functions as a build for
 * debugging has them.
 */
#include "samples.h"

#ifdef __clang__
#define FRAME
#else
#define FRAME __attribute__((optimize("no-omit-frame-pointer")))
#endif

unsigned int xen_major_version(void)
{
    return 4;
}

FRAME unsigned int xen_minor_version(void)
{
    return 17;
}

const char *xen_extra_version(void)
{
    return ".2+vendor";
}

const char *xen_compile_by(void)
{
    return "";
}

const char *xen_changeset(void)
{
    return "git:0123";
}

const char *xen_compile_domain(void)
{
    return "example.org";
}
