/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where payloads by hand have the sizes of the functions that they replace: who
 * writes a plan reads them from xen-syms.
 */
#define FUNCTION_SIZE(function) 0
