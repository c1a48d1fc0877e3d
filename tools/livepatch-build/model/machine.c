// SPDX-License-Identifier: GPL-2.0
/*
 * The machines that there are.
 */
#include "model/machine.h"

#include <stddef.h>

const struct machine *machine_of(uint16_t elf)
{
    static const struct machine *const machines[] = {&machine_x86,
                                                     &machine_arm};

    for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
        if (machines[i]->elf == elf) {
            return machines[i];
        }
    }
    return NULL;
}
