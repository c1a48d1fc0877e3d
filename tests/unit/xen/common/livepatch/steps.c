// SPDX-License-Identifier: GPL-2.0
/*
 * The steps; see steps.h.
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

#include "action.h"

int try_load(const struct payload_file *file, const char *name)
{
    struct registry_locked locked = registry_lock();
    const int rc = lp_load(locked, name, file->bytes, file->size);

    registry_unlock(locked);
    return rc;
}

int try_apply(struct payload *payload, uint32_t flags)
{
    struct registry_locked locked = registry_lock();
    const int rc = lp_action_apply(locked, payload, 0, flags);

    registry_unlock(locked);
    return rc;
}

int try_revert(struct payload *payload)
{
    struct registry_locked locked = registry_lock();
    const int rc = lp_action_revert(locked, payload, 0);

    registry_unlock(locked);
    return rc;
}

int try_unload(struct payload *payload)
{
    struct registry_locked locked = registry_lock();
    const int rc = lp_action_unload(locked, payload);

    registry_unlock(locked);
    return rc;
}

struct payload *find_payload(const char *name)
{
    struct registry_locked locked = registry_lock();
    struct payload *payload = lp_registry_find_name(locked, name);

    registry_unlock(locked);
    return payload;
}

struct payload *must_load(const struct payload_file *file, const char *name)
{
    struct payload *payload;

    assert_int_equal(try_load(file, name), 0);
    payload = find_payload(name);
    assert_non_null(payload);
    return payload;
}

struct payload *must_load_described(const struct payload_description *what,
                                    const char *name)
{
    struct payload_file file = payload_make(what);
    struct payload *payload = must_load(&file, name);

    payload_file_free(&file);
    return payload;
}

void must_apply(struct payload *payload)
{
    assert_int_equal(try_apply(payload, 0), 0);
    assert_int_equal(payload->rc, 0);
    assert_int_equal(payload->state, LP_APPLIED);
}

void must_revert(struct payload *payload)
{
    assert_int_equal(try_revert(payload), 0);
    assert_int_equal(payload->rc, 0);
    assert_int_not_equal(payload->state, LP_APPLIED);
}

void must_unload(struct payload *payload)
{
    assert_int_equal(try_unload(payload), 0);
}

void pipeline_open(struct pipeline *pipeline, struct payload_file file,
                   enum stage last)
{
    *pipeline = (struct pipeline){.file = file, .reached = last};
    assert_int_equal(lp_elf_open("test", file.bytes, file.size,
                                 ARCH_LIVEPATCH_ELF_MACHINE, &pipeline->elf),
                     0);
    if (last >= STAGE_LAYOUT) {
        assert_int_equal(lp_layout_plan(&pipeline->elf, &pipeline->layout), 0);
    }
    if (last >= STAGE_IMAGE) {
        assert_int_equal(lp_image_create(&pipeline->elf, &pipeline->layout,
                                         &pipeline->image),
                         0);
    }
    if (last >= STAGE_SYMBOLS) {
        assert_int_equal(lp_resolve_symbols(&pipeline->elf, &pipeline->layout,
                                            &pipeline->image,
                                            &pipeline->symbols),
                         0);
    }
}

void pipeline_build(struct pipeline *pipeline, struct payload_builder *builder,
                    enum stage last)
{
    pipeline_open(pipeline, builder_finish(builder), last);
}

void pipeline_close(struct pipeline *pipeline)
{
    if (pipeline->reached >= STAGE_SYMBOLS) {
        lp_resolve_discard(&pipeline->symbols);
    }
    if (pipeline->reached >= STAGE_IMAGE) {
        lp_image_destroy(&pipeline->image);
    }
    if (pipeline->reached >= STAGE_LAYOUT) {
        lp_layout_discard(&pipeline->layout);
    }
    payload_file_free(&pipeline->file);
}
