/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Forced into every assembly file: names the file in the object's symbol
 * table (XEN_FILE: its path in xen/), as the compiler does for C.
 */
.file XEN_FILE
