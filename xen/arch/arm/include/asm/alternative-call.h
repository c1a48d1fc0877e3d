/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Alternative calls on arm64: there are none, the call through the pointer is
 * made as it is.
 */
#ifndef ASM_ALTERNATIVE_CALL_H
#define ASM_ALTERNATIVE_CALL_H

#define alternative_call(pointer, args...) (pointer)(args)
#define alternative_vcall(pointer, args...) ((void)(pointer)(args))

#endif
