// SPDX-License-Identifier: GPL-2.0
/*
 * Alternative calls, of both forms: a record of .alt_call_sites, and an
 * alternative for all CPUs whose code is a call to itself. Where the call
 * stands, what it is, where its pointer lies and where that leads.
 */
#include "rows.h"

#include <asm/cpufeature.h>

#include "host/payload_special.h"

#define CALLS ".alt_call_sites"
#define POINTER ".rodata.pointer"
#define LOCAL ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE)

/* Where in .text the call stands, and its distance. */
#define SITE 48
#define DISTANCE (SITE + 2)
/* The number of the distance's record, behind the export's. */
#define DISTANCE_RECORD 1

/* A pointer to printk, and a call through it. */
static void add_call(struct payload_builder *builder)
{
    static const uint8_t code[16] = {0xff, 0x15};
    const uint32_t printk =
        builder_symbol(builder, "printk", SHN_UNDEF, 0, LOCAL);
    const uint32_t text = builder_find(builder, ".text");
    const struct payload_place pointer =
        payload_add_section(builder, POINTER, SHF_ALLOC, NULL, 8);

    builder_relocation(builder, builder_find(builder, POINTER), 0, R_X86_64_64,
                       printk, 0);
    builder_append(builder, text, code, sizeof(code));
    builder_relocation(builder, text, DISTANCE, R_X86_64_PC32, pointer.symbol,
                       -4);
}

static void add_new_form(struct payload_builder *builder)
{
    uint32_t section;

    add_call(builder);
    section =
        builder_section(builder, CALLS, SHT_PROGBITS, SHF_ALLOC, 4, NULL, 4);
    builder_relocation(builder, section, 0, R_X86_64_PC32, PAYLOAD_TEXT, SITE);
}

static void add_old_form(struct payload_builder *builder)
{
    static const uint8_t code[] = {0xe8, 0xfb, 0xff, 0xff, 0xff};
    const uint32_t section = builder_find(builder, ".altinstr_replacement");
    struct payload_alternative alt = {
        .where = {PAYLOAD_TEXT, SITE},
        .original_bytes = 6,
        .code_bytes = sizeof(code),
        .feature = broken_feature_always(),
    };
    const uint32_t symbol =
        builder_symbol(builder, "", (uint16_t)section, 0, LOCAL);

    add_call(builder);
    alt.code = (struct payload_place){
        symbol,
        (int64_t)builder_append(builder, section, code, sizeof(code)),
    };
    payload_add_alternative(builder, &alt);
}

#define NEW ADDED(add_new_form)
#define OLD ADDED(add_old_form)

/* The record of the old form is the second one. */
#define ALTERNATIVE(field, bytes, ...)                                         \
    CONTENT(".altinstructions", 14 + (field), bytes, __VA_ARGS__)
#define FEATURE 8
#define ORIGINAL_BYTES 10
#define PADDING_BYTES 12
#define ITSELF "byte 0 of its code is a call or jump to itself"

/* What is wrong with either in the same way. */
#define FORM_ROWS(tag, form)                                                   \
    LOADS(tag, form),                                                          \
        LOADS(tag "_of_nothing", form,                                         \
              RECORD_TYPE(".rela" POINTER, 0, NUMBER(R_X86_64_NONE))),         \
        LOADS(tag "_of_itself", form,                                          \
              RECORD_SYMBOL(".rela" POINTER, 0, NUMBER(1))),                   \
        LOADS(tag "_of_the_last_byte_of_text", form,                           \
              RECORD_SYMBOL(".rela" POINTER, 0, NUMBER(1)),                    \
              RECORD(".rela" POINTER, 0, r_addend, NUMBER(SITE + 15))),        \
        ROW(tag "_of_its_strings", -EINVAL, "which is not text", form,         \
            RECORD_SYMBOL(".rela" POINTER, 0, NUMBER(2))),                     \
        ROW(tag "_of_data", -EINVAL, "which is not text", form,                \
            RECORD_SYMBOL(".rela" POINTER, 0, INDEX_OF("max_page"))),          \
        ROW(tag "_of_1", -EINVAL, "leads to 0000000000000001", form,           \
            RECORD_TYPE(".rela" POINTER, 0, NUMBER(R_X86_64_NONE)),            \
            CONTENT(POINTER, 0, 8, NUMBER(1))),                                \
        ROW(tag "_of_max", -EINVAL, "leads to ffffffffffffffff", form,         \
            RECORD_TYPE(".rela" POINTER, 0, NUMBER(R_X86_64_NONE)),            \
            CONTENT(POINTER, 0, 8, NUMBER(MAX64))),                            \
        ROW(tag "_that_is_direct", -EINVAL, "is no call through a pointer",    \
            form, CONTENT(".text", SITE, 1, NUMBER(0xe8))),                    \
        ROW(tag "_that_is_a_jump", -EINVAL, "is no call through a pointer",    \
            form, CONTENT(".text", SITE + 1, 1, NUMBER(0x25))),                \
        ROW(tag "_pointer_in_text", -EINVAL, "is in nobody's data", form,      \
            RECORD_SYMBOL(".rela.text", DISTANCE_RECORD, NUMBER(1))),          \
        ROW(tag "_pointer_in_the_hypervisors_text", -EINVAL,                   \
            "is in nobody's data", form,                                       \
            RECORD_SYMBOL(".rela.text", DISTANCE_RECORD, INDEX_OF("printk"))), \
        ROW(tag "_pointer_2_gib_up", -EINVAL, "is in nobody's data", form,     \
            RECORD_TYPE(".rela.text", DISTANCE_RECORD, NUMBER(R_X86_64_NONE)), \
            CONTENT(".text", DISTANCE, 4, NUMBER(INT32_MAX))),                 \
        ROW(tag "_pointer_2_gib_down", -EINVAL, "is in nobody's data", form,   \
            RECORD_TYPE(".rela.text", DISTANCE_RECORD, NUMBER(R_X86_64_NONE)), \
            CONTENT(".text", DISTANCE, 4, NUMBER(INT32_MIN)))

static const struct row rows[] = {
    FORM_ROWS("call", NEW),
    FORM_ROWS("call_of_the_old_form", OLD),
    LOADS("calls_of_0_bytes", NEW, SECTION(CALLS, sh_size, NUMBER(0)),
          SECTION(".rela" CALLS, sh_size, NUMBER(0))),
    LOADS("calls_writable", NEW,
          SECTION(CALLS, sh_flags, NUMBER(SHF_ALLOC | SHF_WRITE))),
    ROW("calls_executable", -EINVAL, CALLS ": flags 0x6", NEW,
        SECTION(CALLS, sh_flags, NUMBER(SHF_ALLOC | SHF_EXECINSTR))),
    ROW("calls_not_loaded", -EINVAL, CALLS ": type 1, flags 0", NEW,
        SECTION(CALLS, sh_flags, NUMBER(0))),
    ROW("calls_without_content", -EINVAL, CALLS ": type 8", NEW,
        SECTION(CALLS, sh_type, NUMBER(SHT_NOBITS))),
    ROW("calls_of_1_byte", -EINVAL, CALLS ": 1 bytes, expected a multiple of 4",
        NEW, SECTION(CALLS, sh_size, NUMBER(1))),
    ROW("calls_of_max_bytes", -EINVAL, "in a file of", NEW,
        SECTION(CALLS, sh_size, NUMBER(MAX64))),
    ROW("call_in_the_hypervisor", -EINVAL, CALLS "[0]: 6 bytes at", NEW,
        RECORD_SYMBOL(".rela" CALLS, 0, INDEX_OF("printk"))),
    ROW("call_in_its_strings", -EINVAL, CALLS "[0]: 6 bytes at", NEW,
        RECORD_SYMBOL(".rela" CALLS, 0, NUMBER(2))),
    ROW("call_before_text", -EINVAL, CALLS "[0]: 6 bytes at", NEW,
        RECORD(".rela" CALLS, 0, r_addend, NUMBER(-1))),
    ROW("call_a_byte_beyond_text", -EINVAL, CALLS "[0]: 6 bytes at", NEW,
        RECORD(".rela" CALLS, 0, r_addend, SIZE_PLUS(".text", 0))),
    ROW("call_over_an_executable_entry", -EINVAL,
        ".livepatch.funcs: flags 0x6: must not be executable", NEW,
        SECTION(".livepatch.funcs", sh_flags,
                NUMBER(SHF_ALLOC | SHF_EXECINSTR)),
        RECORD_SYMBOL(".rela" CALLS, 0, NUMBER(3))),
    ROW("call_at_an_alternative", -EINVAL, "is no call through a pointer", NEW,
        RECORD(".rela" CALLS, 0, r_addend, NUMBER(0))),
    ROW("call_of_the_old_form_for_some", -EINVAL, ITSELF, OLD,
        ALTERNATIVE(FEATURE, 2, NUMBER(X86_FEATURE_FPU))),
    ROW("call_of_the_old_form_for_none", -EINVAL, ITSELF, OLD,
        ALTERNATIVE(FEATURE, 2, ALWAYS_PLUS(0x8000))),
    ROW("call_of_the_old_form_a_byte_longer", -EINVAL, ITSELF, OLD,
        ALTERNATIVE(PADDING_BYTES, 1, NUMBER(1))),
    ROW("call_of_the_old_form_a_byte_shorter", -EINVAL, ITSELF, OLD,
        ALTERNATIVE(ORIGINAL_BYTES, 1, NUMBER(5))),
};

TABLE(broken_call_rows, rows);
