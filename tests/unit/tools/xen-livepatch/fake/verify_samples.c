/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes the samples to files and runs verify on them.
 */
#include "fake/verify_samples.h"

#include <stdio.h>

struct sample_elf payload;
struct sample_elf xen;

int start_samples(void **state)
{
    sample_payload_make(&payload);
    sample_xen_make_ours(&xen);
    return start_fake(state);
}

const struct run *verify(void)
{
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    return run_command("verify", "fix1.livepatch", "--xen-syms", "xen-syms",
                       NULL);
}

const struct run *verify_alone(void)
{
    sample_write(&payload, "fix1.livepatch");
    return run_command("verify", "fix1.livepatch", NULL);
}

void assert_found(const char *finding)
{
    char out[1024];

    snprintf(out, sizeof(out),
             "fix1.livepatch: %s\n"
             "fix1.livepatch: compared with xen-syms: would be refused.\n",
             finding);
    assert_run(verify(), 1, out, "");
}
