// SPDX-License-Identifier: GPL-2.0
/* The functions that tell a guest give constants. */
#include "image/version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "image/constant.h"
#include "lib/xen_symbols.h"

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

int image_update_of(const char *extra)
{
    char *rest = (char *)extra;
    int update = extra[0] == '.' && isdigit((unsigned char)extra[1])
                     ? (int)strtol(extra + 1, &rest, 10)
                     : 0;

    return begins(rest, "-pre") || begins(rest, "-rc") ||
                   begins(rest, "-unstable")
               ? update - 1
               : update;
}

bool image_read_version(const struct image *image,
                        struct image_version *version)
{
    const char *extra = image_text_of(image, "xen_extra_version");

    if (!extra ||
        !image_number_of(image, "xen_major_version", &version->major) ||
        !image_number_of(image, "xen_minor_version", &version->minor)) {
        return false;
    }
    version->update = image_update_of(extra);
    return true;
}

bool image_version_writes_entries(const struct image_version *version)
{
    /* The first update of each release that does not. */
    static const struct {
        unsigned int minor;
        int update;
    } ends[] = {{17, 3}, {18, 1}, {19, 0}};

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        if (version->major == 4 && version->minor == ends[i].minor) {
            return version->update < ends[i].update;
        }
    }
    return version->major == 4 && version->minor < ends[0].minor;
}

bool image_writes_entries(const struct image *image)
{
    struct image_version version;

    return !xen_symbols_are_ours(image_elf(image)) &&
           image_read_version(image, &version) &&
           image_version_writes_entries(&version);
}
