/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fake hypervisor says of itself: Xen 4.17.5-fake with the build-id
 * 01 02 ... 14, unless a test takes something away.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <xen/xen.h>

#include <xen/version.h>

#include "fake/fake_hypervisor.h"
#include "hypervisor/hypercall.h"

static int version_refusal;
static int build_id_answer;
static int minor;

void fake_version_reset(void)
{
    version_refusal = 0;
    build_id_answer = 20;
    minor = 17;
}

void fake_refuse_version(int rc)
{
    version_refusal = rc;
}

void fake_answer_build_id(int rc)
{
    build_id_answer = rc;
}

void fake_be_minor(int number)
{
    minor = number;
}

static int answer_build_id(struct xen_build_id *id)
{
    for (int i = 0; i < build_id_answer && i < (int)id->len; i++) {
        id->buf[i] = (unsigned char)(i + 1);
    }
    return build_id_answer;
}

int hypercall_xen_version(struct hypercall *hypercall, int what, void *buffer)
{
    (void)hypercall;
    if (version_refusal) {
        return version_refusal;
    }
    switch (what) {
    case XENVER_version:
        return 4 << 16 | minor;
    case XENVER_extraversion:
        memcpy(buffer, ".5-fake", 8);
        return 0;
    case XENVER_build_id:
        return answer_build_id(buffer);
    default:
        return -ENOSYS;
    }
}
