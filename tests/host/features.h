/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The features of the host's CPUs, which are not the machine's: all even
 * numbers, no odd ones.
 */
#ifndef HOST_FEATURES_H
#define HOST_FEATURES_H

#define HOST_HAS 2
#define HOST_HAS_NOT 3

#endif
