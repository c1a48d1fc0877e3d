// SPDX-License-Identifier: GPL-2.0
/* A table of functions that tell a guest, and of what they were made from. */
#include "image/origin.h"

#include "image/constant.h"

static const struct {
    const char *variable, *function;
} rows[] = {
    {"XEN_WHOAMI", "xen_compile_by"},
    {"XEN_DOMAIN", "xen_compile_domain"},
    {"XEN_BUILD_HOST", "xen_compile_host"},
    {"XEN_CHANGESET", "xen_changeset"},
};

void image_read_origin(const struct image *image, struct text_list *origin)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *text = image_text_of(image, rows[i].function);

        if (text) {
            text_list_take(origin,
                           must_format("%s=%s", rows[i].variable, text));
        }
    }
}
