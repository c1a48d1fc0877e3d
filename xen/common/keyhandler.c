// SPDX-License-Identifier: GPL-2.0
/*
 * The table of debug keys. 'h' lists them.
 */
#include <xen/init.h>
#include <xen/keyhandler.h>
#include <xen/lib.h>

#define NR_KEYS 128

struct keyhandler {
    keyhandler_fn_t *fn;
    const char *desc;
    bool diagnostic;
};

static struct keyhandler handlers[NR_KEYS];

void register_keyhandler(unsigned char key, keyhandler_fn_t *fn,
                         const char *desc, bool diagnostic)
{
    BUG_ON(key >= NR_KEYS || handlers[key].fn);
    handlers[key] = (struct keyhandler){fn, desc, diagnostic};
}

void handle_keypress(unsigned char key)
{
    if (key >= NR_KEYS || !handlers[key].fn) {
        return;
    }
    printk(XENLOG_INFO "'%c' pressed -> %s\n", key, handlers[key].desc);
    handlers[key].fn(key);
}

static void show_handlers(unsigned char key)
{
    (void)key;
    for (unsigned int i = 0; i < NR_KEYS; i++) {
        if (handlers[i].fn) {
            printk(XENLOG_INFO " key '%c' => %s%s\n", i, handlers[i].desc,
                   handlers[i].diagnostic ? "" : " (changes something)");
        }
    }
}

static int init_keyhandlers(void)
{
    register_keyhandler('h', show_handlers, "show this message", true);
    return 0;
}
__initcall(init_keyhandlers);
