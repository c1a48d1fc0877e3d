/* SPDX-License-Identifier: GPL-2.0 */
enum {
#ifdef PATCHED
    KIND_NEW,
#endif
    KIND_ONE,
    KIND_TWO,
};
