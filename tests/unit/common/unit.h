/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every test program of this folder includes first: CMocka with the
 * headers that it wants.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#endif
