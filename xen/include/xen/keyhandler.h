/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Debug keys: a letter that an admin sends (`xl debug-keys`, which is
 * XEN_SYSCTL_debug_keys) makes a part of the hypervisor print what it knows.
 */
#ifndef XEN_KEYHANDLER_H
#define XEN_KEYHANDLER_H

#include <xen/types.h>

typedef void keyhandler_fn_t(unsigned char key);

/*
 * From an initcall: fn answers key from now on. The key is free. diagnostic:
 * it only prints.
 */
void register_keyhandler(unsigned char key, keyhandler_fn_t *fn,
                         const char *desc, bool diagnostic);

/* Runs the key's handler in the caller's context; unknown keys do nothing. */
void handle_keypress(unsigned char key);

#endif
