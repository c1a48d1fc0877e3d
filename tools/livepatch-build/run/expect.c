// SPDX-License-Identifier: GPL-2.0
/*
 * What changes at boot: code that alternatives and calls through constant
 * pointers are exchanged in, which the loader knows, and landing pads, which
 * Xen takes from functions that are called by no pointer any more.
 */
#include "run/expect.h"

#include <string.h>

#include "lib/loader.h"
#include "model/machine.h"

/* Why nothing can be expected; NULL: something can. */
static const char *find_obstacle(const struct loader *loader,
                                 const struct machine *machine,
                                 const struct replacement *replacement,
                                 const unsigned char *bytes)
{
    if (!bytes) {
        return "nothing is expected of it: its code is not in xen-syms";
    }
    if (machine->pad_bytes(bytes, replacement->old_bytes)) {
        return "nothing is expected of it: it begins with a landing pad, which "
               "the hypervisor may take away when it boots";
    }
    if (loader_exchanges(loader, replacement->old_address,
                         machine->function_bytes_least)) {
        return "nothing is expected of it: the hypervisor exchanges code that "
               "it begins with when it boots";
    }
    return NULL;
}

static void expect_of(struct replacement *replacement,
                      const struct machine *machine, const struct image *image,
                      const struct loader *loader, struct findings *findings)
{
    const uint32_t nr = machine->function_bytes_least;
    const unsigned char *bytes =
        image_bytes(image, replacement->old_address, replacement->old_bytes);
    const char *obstacle = find_obstacle(loader, machine, replacement, bytes);

    if (obstacle) {
        findings_add(findings, &(struct finding){.kind = FINDING_WARNING,
                                                 .object = "payload",
                                                 .symbol = replacement->name,
                                                 .reason = obstacle});
        return;
    }
    memcpy(replacement->expected, bytes, nr);
    replacement->nr_expected = (uint8_t)nr;
}

int expect_beginnings(struct plan *plan, const struct image *image,
                      struct findings *findings, FILE *err)
{
    const struct machine *machine = machine_of(plan->machine);
    struct loader *loader;
    const int rc = loader_open(image_elf(image), err, &loader);

    if (rc) {
        return rc;
    }
    for (size_t i = 0; i < plan->nr_replacements; i++) {
        expect_of(&plan->replacements[i], machine, image, loader, findings);
    }
    loader_close(loader);
    return 0;
}
