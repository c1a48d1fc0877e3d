/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions of the payload `crossing`: how long they are.
 */
#ifndef CROSSING_H
#define CROSSING_H

#define CROSSES_1_BYTES 6
#define CROSSES_4_BYTES 6
#define CROSSES_15_BYTES 37

/* Up to the bytes that answer otherwise. */
#define CROSSES_15_NOPS 31

#endif
