/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the order file's reader found, then each hold and pin by itself.
 */
#include "sync/flaws.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sync/sync_order.h"

int flaws_add(struct flaws *flaws, const char *format, ...)
{
    char **grown =
        realloc(flaws->texts, (flaws->nr + 1) * sizeof(*flaws->texts));
    va_list arguments;
    int rc;

    if (!grown) {
        return -ENOMEM;
    }
    flaws->texts = grown;
    va_start(arguments, format);
    rc = vasprintf(&grown[flaws->nr], format, arguments) < 0 ? -ENOMEM : 0;
    va_end(arguments);
    flaws->nr += !rc;
    return rc;
}

void flaws_free(struct flaws *flaws)
{
    for (size_t i = 0; i < flaws->nr; i++) {
        free(flaws->texts[i]);
    }
    free(flaws->texts);
    *flaws = (struct flaws){.nr = 0};
}

/* Whether the build that the pin names is in the folders or loaded; one that
 * is loaded and not known may be it. */
static bool is_build_there(const struct sync_view *view,
                           const struct folder_mark *pin)
{
    const struct folder_payload *file =
        payload_folder_find(view->folder, pin->name);
    const struct loaded_payload *loaded = loaded_find(view->loaded, pin->name);

    return (file && kept_id_is(&file->own, kept_id_view(&pin->id))) ||
           (loaded && (!loaded->own.nr_bytes ||
                       kept_id_is(&loaded->own, kept_id_view(&pin->id))));
}

static int judge_hold(const struct sync_view *view,
                      const struct folder_mark *hold, struct flaws *flaws)
{
    return payload_folder_find(view->folder, hold->name)
               ? 0
               : flaws_add(flaws,
                           "%s holds nothing: no payload of this name is in "
                           "the folders",
                           hold->path);
}

/* Of one that is not clear the file that it is for speaks, if there is one. */
static int judge_pin(const struct sync_view *view,
                     const struct folder_mark *pin, struct flaws *flaws)
{
    bool has_file = payload_folder_find(view->folder, pin->name) != NULL;

    if (pin->trouble) {
        return has_file ? 0
                        : flaws_add(flaws, "%s %s", pin->path, pin->trouble);
    }
    if (pin->id.nr_bytes) {
        return is_build_there(view, pin)
                   ? 0
                   : flaws_add(flaws,
                               "%s pins nothing: the build that it names is "
                               "neither in the folders nor loaded",
                               pin->path);
    }
    return has_file || loaded_find(view->loaded, pin->name)
               ? 0
               : flaws_add(flaws,
                           "%s pins nothing: no payload of this name is in "
                           "the folders or loaded",
                           pin->path);
}

int flaws_find(const struct sync_view *view, struct flaws *flaws)
{
    const struct payload_folder *folder = view->folder;
    int rc = 0;

    *flaws = (struct flaws){.nr = 0};
    for (size_t i = 0; i < folder->order_flaws.nr && !rc; i++) {
        rc = flaws_add(flaws, "%s", folder->order_flaws.texts[i]);
    }
    for (size_t i = 0; i < folder->holds.nr && !rc; i++) {
        rc = judge_hold(view, &folder->holds.marks[i], flaws);
    }
    for (size_t i = 0; i < folder->pins.nr && !rc; i++) {
        rc = judge_pin(view, &folder->pins.marks[i], flaws);
    }
    return rc;
}
