/* SPDX-License-Identifier: GPL-2.0 */
/*
 * C's memory and string functions, as far as the hypervisor uses them.
 */
#ifndef XEN_STRING_H
#define XEN_STRING_H

#include <xen/types.h>

/*@ predicate string_table{L}(char *table, integer bytes) =
      0 < bytes && \valid_read(table + (0 .. bytes - 1)) &&
      table[bytes - 1] == 0;
    predicate string{L}(char *s) = \exists integer n; string_table(s, n);
 */

void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
void *memchr(const void *where, int value, size_t bytes);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t most);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t most);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);

/* Copies at most size-1 characters and a NUL; returns strlen(from). */
size_t strlcpy(char *to, const char *from, size_t size);

#endif
