// SPDX-License-Identifier: GPL-2.0
/*
 * The steps; see steps.h.
 */
#include "steps.h"

#include <xen/kernel.h>
#include <xen/livepatch_arch.h>
#include <xen/symbols.h>

int try_load(const struct payload_file *file, const char *name)
{
    struct registry_locked locked = registry_lock();
    const int rc = lp_load(locked, name, file->bytes, file->size);

    registry_unlock(locked);
    return rc;
}

int try_action(action_fn *act, struct lp_payload *payload, uint32_t flags,
               uint32_t timeout_ns)
{
    struct registry_locked locked = registry_lock();
    struct lp_step step = {.payload = payload};
    struct lp_action action = {
        .cmd = act == lp_action_revert    ? LIVEPATCH_ACTION_REVERT
               : act == lp_action_replace ? LIVEPATCH_ACTION_REPLACE
               : act == lp_action_unload  ? LIVEPATCH_ACTION_UNLOAD
                                          : LIVEPATCH_ACTION_APPLY,
        .flags = flags,
        .timeout_ns = timeout_ns,
        .step = &step,
        .nr = 1,
    };
    const int rc = act(locked, &action);

    /* The caller's, whatever became of them. */
    assert_ptr_equal(action.step, &step);
    assert_int_equal(action.nr, 1);
    registry_unlock(locked);
    return rc;
}

int try_apply(struct lp_payload *payload, uint32_t flags)
{
    return try_action(lp_action_apply, payload, flags, 0);
}

int try_revert(struct lp_payload *payload)
{
    return try_action(lp_action_revert, payload, 0, 0);
}

int try_replace(struct lp_payload *payload, uint32_t flags)
{
    return try_action(lp_action_replace, payload, flags, 0);
}

int try_unload(struct lp_payload *payload)
{
    return try_action(lp_action_unload, payload, 0, 0);
}

struct lp_payload *find_payload(const char *name)
{
    struct registry_locked locked = registry_lock();
    struct lp_payload *payload = lp_registry_find_name(locked, name);

    registry_unlock(locked);
    return payload;
}

struct lp_payload *must_load(const struct payload_file *file, const char *name)
{
    struct lp_payload *payload;

    assert_int_equal(try_load(file, name), 0);
    payload = find_payload(name);
    assert_non_null(payload);
    return payload;
}

struct lp_payload *must_load_described(const struct payload_description *what,
                                       const char *name)
{
    struct payload_file file = payload_make(what);
    struct lp_payload *payload = must_load(&file, name);

    payload_file_free(&file);
    return payload;
}

/* Longer than a machine lets a thread wait, in ns; an uint32_t's reach. */
#define PATIENT 4000000000

void must_apply(struct lp_payload *payload)
{
    assert_int_equal(try_action(lp_action_apply, payload, 0, PATIENT), 0);
    assert_int_equal(payload->rc, 0);
    assert_int_equal(payload->state, LP_APPLIED);
}

void must_revert(struct lp_payload *payload)
{
    assert_int_equal(try_action(lp_action_revert, payload, 0, PATIENT), 0);
    assert_int_equal(payload->rc, 0);
    assert_int_not_equal(payload->state, LP_APPLIED);
}

void must_unload(struct lp_payload *payload)
{
    assert_int_equal(try_unload(payload), 0);
}

static unsigned long find_in_hypervisor(const struct lp_scope *scope,
                                        const char *name)
{
    (void)scope;
    return symbols_lookup_by_name(name);
}

static size_t use_text(const struct lp_scope *scope, const void *p)
{
    (void)scope;
    return is_kernel_text(p) ? (size_t)(_etext - (const char *)p) : 0;
}

static bool holds_data(const struct lp_scope *scope, const void *p,
                       size_t bytes)
{
    (void)scope;
    return is_kernel_rodata(p) && is_kernel_rodata((const char *)p + bytes - 1);
}

const struct lp_scope host_scope = {
    .find = find_in_hypervisor,
    .use_text = use_text,
    .holds_data = holds_data,
};

/* As lp_sections_find() does, of a file that need not be a whole payload. */
static void note_sections(struct pipeline *pipeline)
{
    for (uint32_t i = 1; i < pipeline->elf.nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(&pipeline->elf, i);
        const char *name = lp_elf_section_name(&pipeline->elf, &section);

        for (unsigned int id = 0; id < LP_SECTION_NR; id++) {
            if (!strcmp(name, lp_sections_name(id))) {
                pipeline->sections.index[id] = i;
            }
        }
    }
}

void pipeline_open(struct pipeline *pipeline, struct payload_file file,
                   enum stage last)
{
    *pipeline = (struct pipeline){.file = file, .reached = last};
    assert_int_equal(lp_elf_open("test", file.bytes, file.size,
                                 ARCH_LIVEPATCH_ELF_MACHINE, &pipeline->elf),
                     0);
    note_sections(pipeline);
    if (last >= STAGE_LAYOUT) {
        assert_int_equal(lp_layout_plan(&pipeline->elf, &pipeline->sections,
                                        lp_relocate_count_got(&pipeline->elf),
                                        &pipeline->layout),
                         0);
    }
    if (last >= STAGE_IMAGE) {
        assert_int_equal(lp_image_create(&pipeline->elf, &pipeline->layout,
                                         &pipeline->image),
                         0);
    }
    if (last >= STAGE_SYMBOLS) {
        assert_int_equal(lp_resolve_symbols(&pipeline->elf, &pipeline->layout,
                                            &pipeline->image, &host_scope,
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
