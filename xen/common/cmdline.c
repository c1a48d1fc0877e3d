// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor's command line: words separated by spaces, each `name` or
 * `name=value`. Takes the boot loader's line, gives each option's value to the
 * parser that was registered for it (custom_param()) and keeps the line for
 * who asks later.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/version.h>

#define LINE_BYTES 1024 /* as much as XENVER_commandline can tell */

/* From the linker script. */
extern const struct kernel_param __param_start[], __param_end[];

static char saved_line[LINE_BYTES];

const char *xen_commandline(void)
{
    return saved_line;
}

static const struct kernel_param *__init find_param(const char *name)
{
    const struct kernel_param *param;

    for (param = __param_start; param < __param_end; param++) {
        if (strcmp(param->name, name) == 0) {
            return param;
        }
    }
    return NULL;
}

static void __init parse_option(char *option)
{
    char *equals = strchr(option, '=');
    const char *value = "";
    const struct kernel_param *param;

    if (equals) {
        *equals = '\0';
        value = equals + 1;
    }
    param = find_param(option);
    if (!param) {
        printk(XENLOG_WARNING "command line: unknown option '%s'\n", option);
    } else if (param->parse(value)) {
        printk(XENLOG_WARNING "command line: option '%s': bad value '%s'\n",
               option, value);
    }
}

/* Some boot loaders put the image's path before the options. */
static bool __init is_path(const char *word)
{
    return strchr(word, '/') && !strchr(word, '=');
}

void __init cmdline_parse(const char *line)
{
    static char __initdata words[LINE_BYTES];
    char *word = words;

    if (strlcpy(saved_line, line, sizeof(saved_line)) >= sizeof(saved_line)) {
        printk(XENLOG_WARNING "command line: longer than %u characters, the "
                              "rest is ignored\n",
               LINE_BYTES - 1);
    }
    strlcpy(words, saved_line, sizeof(words));
    while (word) {
        char *space = strchr(word, ' ');

        if (space) {
            *space++ = '\0';
        }
        if (*word && !(word == words && is_path(word))) {
            parse_option(word);
        }
        word = space;
    }
}
