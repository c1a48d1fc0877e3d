/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The fake hypervisor: functions of real machine code in its text section,
 * which can be called where it is the machine's, its symbol table, and its
 * build-id.
 */
#ifndef HOST_FAKE_TEXT_H
#define HOST_FAKE_TEXT_H

#include <xen/types.h>

/* The functions that are there after every reset. */
struct host_function {
    const char *name;
    uint8_t bytes[16];
    unsigned int size;
};

/*
 *   answer, question     return 1 and 2 in 16 bytes
 *   answer_endbr         returns 1 behind HOST_PAD, ENDBR64 or BTI
 *   answer_poison        returns 1 behind HOST_OTHER_PAD, the poisoned ENDBR64
 * or PACIASP common/file.c#local  returns 3 tiny_N, endbr_N...   return in that
 * many bytes (HOST_SMALL_FUNCTIONS of the architecture's host_arch.h) Also the
 * symbols `boot_only` in the init area and `constant` in the read-only data.
 */
extern const struct host_function host_functions[];
extern const unsigned int host_nr_functions;

/* Puts everything back as it is at the start. */
void host_text_reset(void);

/* Adds a function of `size` bytes to the text, aligned to 16, and its name to
 * the table (not copied). Returns its address; panics when there is no room. */
void *host_function_add(const char *name, const void *bytes, size_t size);

/* Adds a name for an address; not copied. */
void host_symbol_add(const char *name, const void *address);

/* The address of a symbol that exists; of one that may not: NULL. */
void *host_symbol(const char *name);
void *host_symbol_find(const char *name);

/* The name of the symbol with the highest address up to addr, and how far
 * behind it addr is; or NULL. */
const char *host_symbol_before(unsigned long addr, unsigned long *offset);

unsigned int host_nr_symbols(void);

/* Calls the function of that name, which returns an int. */
int host_call(const char *name);

/* The same at an address (run_code.c of each architecture). */
int host_run_code(const void *code);

/* True when each byte of the text is as it was put there. */
bool host_text_is_pristine(void);

/* The running hypervisor's build-id; len 0: it has none. bytes stay the
 * caller's. */
void host_set_build_id(const void *bytes, unsigned int len);

#endif
