/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the sample's test knows of its source.
 */
#ifndef WEAK_H
#define WEAK_H

unsigned int clamp(unsigned int value);
unsigned int twice(unsigned int value);
unsigned int area(unsigned int width, unsigned int height);
unsigned int never_called(unsigned int value);

#endif
