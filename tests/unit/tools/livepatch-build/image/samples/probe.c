/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is compiled and not linked, as a member of an archive that nothing needs. Its
 * other() is not the image's.
 */
#include "samples.h"

int other(int cpu)
{
    return cpu + 1;
}
