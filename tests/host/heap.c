// SPDX-License-Identifier: GPL-2.0
/*
 * The heap for small objects: the C library's, so that the sanitizers see each
 * object, with an account of its bytes. Also the count of services after
 * which one is to fail.
 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <xen/lib.h>
#include <xen/xmalloc.h>

#include "failure.h"
#include "stopped.h"

static unsigned long bytes_used;
static unsigned long until_failure;
static bool has_failed;

void host_fail_nth(unsigned long n)
{
    __atomic_store_n(&until_failure, n, __ATOMIC_SEQ_CST);
    has_failed = false;
}

bool host_has_failed(void)
{
    return has_failed;
}

bool host_should_fail(void)
{
    if (!__atomic_load_n(&until_failure, __ATOMIC_SEQ_CST) ||
        __atomic_sub_fetch(&until_failure, 1, __ATOMIC_SEQ_CST)) {
        return false;
    }
    has_failed = true;
    return true;
}

void *_xmalloc(unsigned long size, unsigned long align)
{
    void *p = NULL;

    host_check_not_stopped("xmalloc");
    if (host_should_fail() || size > GB(1UL)) {
        return NULL;
    }
    if (posix_memalign(&p, max(align, sizeof(void *)), size ? size : 1)) {
        return NULL;
    }
    __atomic_fetch_add(&bytes_used, malloc_usable_size(p), __ATOMIC_RELAXED);
    return p;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *p = _xmalloc(size, align);

    if (p) {
        memset(p, 0, size);
    }
    return p;
}

void xfree(void *p)
{
    if (!p) {
        return;
    }
    host_check_not_stopped("xfree");
    __atomic_fetch_sub(&bytes_used, malloc_usable_size(p), __ATOMIC_RELAXED);
    free(p);
}

unsigned long xmalloc_bytes_used(void)
{
    return __atomic_load_n(&bytes_used, __ATOMIC_RELAXED);
}
