// SPDX-License-Identifier: GPL-2.0
/*
 * See special_payload.h.
 */
#include "special_payload.h"

const uint8_t *text_of(const struct lp_payload *payload)
{
    return payload->image.region[LP_TEXT].start;
}

struct payload_builder *start_special(void)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t strings = builder_find(builder, ".rodata.str");

    assert_int_equal(builder_append(builder, strings, "file.c", 7), FILE_NAME);
    return builder;
}

struct payload_place in_text(int64_t offset)
{
    return (struct payload_place){PAYLOAD_TEXT, offset};
}

struct payload_place in_strings(int64_t offset)
{
    return (struct payload_place){PAYLOAD_STRINGS, offset};
}

int load_built(struct payload_builder *builder)
{
    struct payload_file file = builder_finish(builder);
    const int rc = try_load(&file, "fix");

    payload_file_free(&file);
    return rc;
}

struct lp_payload *must_load_built(struct payload_builder *builder)
{
    assert_int_equal(load_built(builder), 0);
    return find_payload("fix");
}

void assert_refused(struct payload_builder *builder, int rc, const char *says)
{
    assert_int_equal(load_built(builder), rc);
    assert_logged(says);
    assert_int_equal(host_log_errors(), 1);
    assert_null(find_payload("fix"));
}
