/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a macro stands for, as the text of a string.
 */
#ifndef XEN_STRINGIFY_H
#define XEN_STRINGIFY_H

#define __stringify(...) STRINGIFY_AS_WRITTEN(__VA_ARGS__)
#define STRINGIFY_AS_WRITTEN(...) #__VA_ARGS__

#endif
