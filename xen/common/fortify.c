// SPDX-License-Identifier: GPL-2.0
/*
 * What code that was compiled for user space with Debian's hardening calls
 * beside C's own functions (libbearssl.a, libfdt.a): copies whose room the
 * compiler knew, and the end of a function that found its stack overwritten.
 */
#include <xen/lib.h>
#include <xen/string.h>

void *__memcpy_chk(void *to, const void *from, size_t bytes, size_t room);
void *__memset_chk(void *to, int value, size_t bytes, size_t room);
void noreturn __stack_chk_fail(void);

/* Where such code for arm64 has its canary. Nobody attacks these stacks from
 * outside: what counts is that it is the same at both ends. */
extern unsigned long __stack_chk_guard;
unsigned long __stack_chk_guard = 0x3fa1c04d9b7200e5;

void *__memcpy_chk(void *to, const void *from, size_t bytes, size_t room)
{
    if (bytes > room) {
        panic("%zu bytes into %zu\n", bytes, room);
    }
    return memcpy(to, from, bytes);
}

void *__memset_chk(void *to, int value, size_t bytes, size_t room)
{
    if (bytes > room) {
        panic("%zu bytes into %zu\n", bytes, room);
    }
    return memset(to, value, bytes);
}

void noreturn __stack_chk_fail(void)
{
    panic("a stack was overwritten\n");
}
