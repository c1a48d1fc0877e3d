// SPDX-License-Identifier: GPL-2.0
/*
 * Boot options stand in a section of the program; the linker marks its ends.
 */
#include "boot_option.h"

#include <string.h>

#include <xen/init.h>
#include <xen/lib.h>

extern const struct kernel_param __start_host_params[], __stop_host_params[];

int host_boot_option(const char *name, const char *value)
{
    const struct kernel_param *param;

    for (param = __start_host_params; param < __stop_host_params; param++) {
        if (!strcmp(param->name, name)) {
            return param->parse(value);
        }
    }
    panic("host: no boot option %s\n", name);
}
