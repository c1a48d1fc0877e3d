/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tells the address sanitizer, where there is one, that bytes may not be
 * touched: the rest of the last page of an allocation.
 */
#ifndef HOST_POISON_H
#define HOST_POISON_H

#ifndef __has_feature
#define __has_feature(x) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define host_poison(at, bytes) ASAN_POISON_MEMORY_REGION(at, bytes)
#define host_unpoison(at, bytes) ASAN_UNPOISON_MEMORY_REGION(at, bytes)
#else
#define host_poison(at, bytes) ((void)(at), (void)(bytes))
#define host_unpoison(at, bytes) ((void)(at), (void)(bytes))
#endif

#endif
