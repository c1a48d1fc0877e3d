// SPDX-License-Identifier: GPL-2.0
/*
 * The original text, of the hypervisor or of a payload, overlaid by what the
 * applied payloads have made of it, in their order.
 */
#include "model.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/lib.h>

#include "host/fake_text.h"

#define KNOWN_BYTES 4096 /* of the hypervisor's text: all functions */
#define JUMP_BYTES 5
#define PAD_BYTES 4

static uint8_t original[KNOWN_BYTES];

void model_text_start(void)
{
    memcpy(original, _stext, sizeof(original));
}

/* Source: AMD64 software optimization guides, the NOPs of 1 to 9 bytes. */
static void put_nops(uint8_t *at, unsigned int nr)
{
    static const uint8_t nops[10][9] = {
        {0},
        {0x90},
        {0x66, 0x90},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0x00},
        {0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
        {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    };

    while (nr) {
        const unsigned int part = nr < 9 ? nr : 9;

        memcpy(at, nops[part], part);
        at += part;
        nr -= part;
    }
}

static bool read_original(const struct model *model, unsigned long address,
                          unsigned int nr, uint8_t *bytes)
{
    const unsigned long from = address - (unsigned long)_stext;

    if (from < KNOWN_BYTES && nr <= KNOWN_BYTES - from) {
        memcpy(bytes, original + from, nr);
        return true;
    }
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        const struct model_payload *payload =
            &model->payload[model->loaded.at[i]];
        const unsigned long offset = address - payload->base;

        if (offset < TEXT_BYTES && nr <= TEXT_BYTES - offset) {
            memcpy(bytes, payload->text + offset, nr);
            return true;
        }
    }
    return false;
}

static void lay(const struct model_change *change, unsigned long address,
                unsigned int nr, uint8_t *bytes)
{
    for (unsigned int i = 0; i < change->nr; i++) {
        const unsigned long offset = change->address + i - address;

        if (offset < nr) {
            bytes[offset] = change->after[i];
        }
    }
}

bool model_text_read(const struct model *model, const struct model_order *stack,
                     unsigned long address, unsigned int nr, uint8_t *bytes)
{
    if (!read_original(model, address, nr, bytes)) {
        return false;
    }
    for (unsigned int i = 0; i < stack->nr; i++) {
        const struct model_payload *payload = &model->payload[stack->at[i]];

        for (unsigned int j = 0; j < payload->recipe.nr_functions; j++) {
            if (payload->is_in_text) {
                lay(&payload->change[j], address, nr, bytes);
            }
        }
    }
    return true;
}

/* Whether the payload lets others use its export number i. */
static bool offers(const struct model_payload *payload, unsigned int i)
{
    const struct recipe *recipe = &payload->recipe;

    if (!(recipe->exports >> i & 1)) {
        return false;
    }
    return i >= recipe->nr_functions || recipe->functions[i].is_nops ||
           !recipe->functions[i].is_export_code;
}

unsigned long model_find_symbol(const struct model *model,
                                enum recipe_symbol which, int *owner)
{
    const unsigned int export = which - SYMBOL_EXPORT;

    *owner = -1;
    if (which == SYMBOL_BOOT_ONLY || which == SYMBOL_NOWHERE ||
        which == SYMBOL_REPLACEMENT) {
        return 0;
    }
    if (export >= RECIPE_EXPORTS) {
        return (unsigned long)host_symbol(recipe_symbol_names[which]);
    }
    for (unsigned int i = 0; i < model->loaded.nr; i++) {
        const unsigned int number = model->loaded.at[i];

        if (offers(&model->payload[number], export)) {
            *owner = (int)number;
            return model->payload[number].base + TEXT_EXPORT(export);
        }
    }
    return 0;
}

unsigned long model_old_address(const struct model *model,
                                const struct recipe_function *function,
                                int *owner)
{
    const unsigned long start =
        model_find_symbol(model, function->target, owner);

    return start ? start + function->shift : 0;
}

static unsigned int landing_pad_bytes(const struct model *model,
                                      unsigned long address, uint32_t old_size)
{
    static const uint8_t pads[2][PAD_BYTES] = {{0xf3, 0x0f, 0x1e, 0xfa},
                                               {0x66, 0x0f, 0x1f, 0x01}};
    uint8_t start[PAD_BYTES];

    if (old_size < PAD_BYTES ||
        !model_text_read(model, &model->stack, address, PAD_BYTES, start)) {
        return 0;
    }
    return !memcmp(start, pads[0], PAD_BYTES) ||
                   !memcmp(start, pads[1], PAD_BYTES)
               ? PAD_BYTES
               : 0;
}

static void plan_nops(const struct recipe_function *function, unsigned int pad,
                      struct model_change *change, struct reasons *reasons)
{
    if (function->new_size > LIVEPATCH_OPAQUE_SIZE) {
        reasons_add(reasons, EOPNOTSUPP);
    } else if (function->new_size > function->old_size ||
               function->new_size <= pad) {
        reasons_add(reasons, EINVAL);
    } else {
        change->nr = function->new_size - pad;
        put_nops(change->after, change->nr);
    }
}

static void plan_jump(const struct recipe_function *function, unsigned int pad,
                      unsigned long new_address, struct model_change *change,
                      struct reasons *reasons)
{
    const uint32_t distance =
        (uint32_t)(new_address - (change->address + JUMP_BYTES));

    if (function->old_size < pad + JUMP_BYTES) {
        reasons_add(reasons, EINVAL);
        return;
    }
    change->nr = JUMP_BYTES;
    change->after[0] = 0xe9;
    memcpy(change->after + 1, &distance, sizeof(distance));
}

struct model_change model_plan_change(const struct model *model,
                                      const struct recipe_function *function,
                                      unsigned long new_address,
                                      struct reasons *reasons)
{
    int owner;
    const unsigned long old = model_old_address(model, function, &owner);
    const unsigned int pad = landing_pad_bytes(model, old, function->old_size);
    struct model_change change = {.address = old + pad};

    if (function->is_nops) {
        plan_nops(function, pad, &change, reasons);
    } else {
        plan_jump(function, pad, new_address, &change, reasons);
    }
    return change;
}
