/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes both files, runs the command, compares all that it prints.
 */
#include "fake/verify_samples.h"

#include <stdio.h>

#include "fake/fake_hypervisor.h"

struct sample_elf payload;
struct sample_elf xen;

int start_samples(void **state)
{
    sample_payload_make(&payload);
    sample_xen_make(&xen);
    return start_fake(state);
}

const struct run *verify(void)
{
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    return run_command("verify", "fix1.livepatch", "--xen-syms", "xen-syms",
                       NULL);
}

void assert_passes(void)
{
    assert_run(
        verify(), 0,
        "fix1.livepatch: compared with xen-syms.\n"
        "fix1.livepatch: nothing found that would make hypervisor " XEN_ID
        " refuse it.\n",
        "");
    sample_payload_make(&payload);
}

void assert_found(const char *finding)
{
    char out[512];

    snprintf(out, sizeof(out),
             "fix1.livepatch: %s\n"
             "fix1.livepatch: compared with xen-syms.\n"
             "fix1.livepatch: would be refused, 1 reason.\n",
             finding);
    assert_run(verify(), 1, out, "");
    sample_payload_make(&payload);
}
