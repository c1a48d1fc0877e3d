/* SPDX-License-Identifier: GPL-2.0 */
/* What both files include. */
enum {
#ifdef PATCHED
    KIND_NEW,
#endif
    KIND_ONE,
    KIND_TWO,
};
