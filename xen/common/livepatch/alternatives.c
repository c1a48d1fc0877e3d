// SPDX-License-Identifier: GPL-2.0
/*
 * Walks the records. What an instruction is and how it is moved, the
 * architecture knows. Everything that a record leads to is looked at where it
 * is used, since what one record writes the next one may name.
 */
#include "alternatives.h"

#include <xen/errno.h>
#include <xen/string.h>

#include "log.h"

static bool lies_in(const struct lp_span *span, const uint8_t *p, size_t bytes)
{
    const size_t offset = (uintptr_t)p - (uintptr_t)span->start;

    return (uintptr_t)p >= (uintptr_t)span->start && offset <= span->bytes &&
           bytes <= span->bytes - offset;
}

/* Code of no bytes may be anywhere: nothing is read. */
static int check_alternative(const struct lp_payload *payload,
                             const struct livepatch_alternative *alt,
                             const struct lp_span *code, size_t number)
{
    if (!lp_image_holds(&payload->image, LP_TEXT, alt->place,
                        alt->place_bytes)) {
        lp_err(payload->name,
               ".altinstructions[%zu]: %u bytes at %p are not in the payload's "
               "text",
               number, alt->place_bytes, alt->place);
        return -EINVAL;
    }
    if (alt->code_bytes && !lies_in(code, alt->code, alt->code_bytes)) {
        lp_err(payload->name,
               ".altinstructions[%zu]: %u bytes of code at %p are not in "
               ".altinstr_replacement",
               number, alt->code_bytes, alt->code);
        return -EINVAL;
    }
    return 0;
}

/* Text that may be called, from p on; 0: there is none. */
static size_t callable_bytes(const struct lp_payload *payload,
                             const struct lp_scope *scope, const void *p)
{
    const struct lp_span *own = &payload->image.region[LP_TEXT];

    if (lp_image_holds(&payload->image, LP_TEXT, p, 1)) {
        return own->start + own->bytes - (const uint8_t *)p;
    }
    return scope->use_text(scope, p);
}

static bool is_readable(const struct lp_payload *payload,
                        const struct lp_scope *scope, const void *pointer)
{
    return lp_image_holds(&payload->image, LP_RW, pointer, sizeof(void *)) ||
           lp_image_holds(&payload->image, LP_RODATA, pointer,
                          sizeof(void *)) ||
           scope->holds_data(scope, pointer, sizeof(void *));
}

/* What the pointer of the call holds, and how much text is there: none for
 * NULL, else at least a byte. */
static int find_target(const struct lp_payload *payload,
                       const struct lp_scope *scope, const uint8_t *site,
                       const void **target, size_t *target_bytes)
{
    const void *pointer;
    int rc = arch_livepatch_find_pointer(payload->name, site, &pointer);

    if (rc) {
        return rc;
    }
    if (!is_readable(payload, scope, pointer)) {
        lp_err(payload->name,
               "alternative call at %p: its pointer at %p is in nobody's data",
               site, pointer);
        return -EINVAL;
    }
    memcpy(target, pointer, sizeof(*target));
    *target_bytes = *target ? callable_bytes(payload, scope, *target) : 0;
    if (*target && *target_bytes == 0) {
        lp_err(payload->name,
               "alternative call at %p: its pointer at %p leads to %p, which "
               "is not text",
               site, pointer, *target);
        return -EINVAL;
    }
    return 0;
}

/* The site lies in the payload's text. */
static int bind_call(const struct lp_payload *payload,
                     const struct lp_scope *scope, uint8_t *site)
{
    const void *target;
    size_t target_bytes;
    int rc = find_target(payload, scope, site, &target, &target_bytes);

    return rc ? rc
              : arch_livepatch_plan_alt_call(payload->name, site, target,
                                             target_bytes, site);
}

int lp_alternatives_bind_calls(const struct lp_payload *payload,
                               const struct lp_scope *scope,
                               const struct lp_span *section)
{
    int rc = 0;

    /* Where an architecture has none, there is no section. */
    for (size_t i = 0;
         rc == 0 && i * ARCH_LIVEPATCH_ALT_CALL_BYTES < section->bytes; i++) {
        uint8_t *site = arch_livepatch_read_alt_call(
            section->start + i * ARCH_LIVEPATCH_ALT_CALL_BYTES);

        if (!lp_image_holds(&payload->image, LP_TEXT, site,
                            ARCH_LIVEPATCH_CALL_BYTES)) {
            lp_err(payload->name,
                   ".alt_call_sites[%zu]: %u bytes at %p are not in the "
                   "payload's text",
                   i, ARCH_LIVEPATCH_CALL_BYTES, site);
            return -EINVAL;
        }
        rc = bind_call(payload, scope, site);
    }
    return rc;
}

int livepatch_plan_alternative(const char *payload,
                               const struct livepatch_alternative *alt,
                               uint8_t *bytes)
{
    uint8_t planned[LIVEPATCH_ALTERNATIVE_MAX];
    int rc;

    if (alt->feature >= ARCH_LIVEPATCH_NR_FEATURES) {
        lp_err(payload, "alternative for %p: feature %u of %u", alt->place,
               alt->feature, ARCH_LIVEPATCH_NR_FEATURES);
        return -ERANGE;
    }
    if (alt->code_bytes > alt->place_bytes) {
        lp_err(payload,
               "alternative for %p: %u bytes of code for a place of %u",
               alt->place, alt->code_bytes, alt->place_bytes);
        return -ENOSPC;
    }
    rc = arch_livepatch_move_code(payload, alt, planned);
    if (rc == 0) {
        memcpy(bytes, planned, alt->place_bytes);
    }
    return rc;
}

static int exchange(const struct lp_payload *payload,
                    const struct livepatch_alternative *alt)
{
    uint8_t bytes[LIVEPATCH_ALTERNATIVE_MAX];
    const int rc = livepatch_plan_alternative(payload->name, alt, bytes);

    if (rc == 0 && arch_livepatch_wants(alt)) {
        memcpy(alt->place, bytes, alt->place_bytes);
    }
    return rc;
}

int lp_alternatives_apply(const struct lp_payload *payload,
                          const struct lp_scope *scope,
                          const struct lp_span *section,
                          const struct lp_span *code)
{
    const size_t nr = section->bytes / ARCH_LIVEPATCH_ALT_BYTES;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < nr; i++) {
        const struct livepatch_alternative alt =
            arch_livepatch_read_alternative(section->start +
                                            i * ARCH_LIVEPATCH_ALT_BYTES);

        rc = check_alternative(payload, &alt, code, i);
        if (rc == 0 && arch_livepatch_is_alt_call(&alt)) {
            rc = bind_call(payload, scope, alt.place);
        } else if (rc == 0) {
            rc = exchange(payload, &alt);
        }
    }
    return rc;
}
