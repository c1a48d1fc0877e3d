// SPDX-License-Identifier: GPL-2.0
/*
 * Sections that this loader does not honour, by their names: loaded and with
 * content they are refused, empty or not loaded they are nothing. And names
 * that only look like them.
 */
#include "rows.h"

#define ADDS(tag, section)                                                     \
    static void add_##tag(struct payload_builder *builder)                     \
    {                                                                          \
        builder_section(builder, section, SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, \
                        8, NULL, 16);                                          \
    }

ADDS(bss_percpu, ".bss.percpu")
ADDS(bss_percpu_read_mostly, ".bss.percpu.read_mostly")
ADDS(data_percpu, ".data.percpu")
ADDS(init_code, ".init.text")
ADDS(init_data, ".init.data")
ADDS(init_array, ".init_array")
ADDS(init_array_5, ".init_array.00005")
ADDS(preinit_array, ".preinit_array")
ADDS(initcall, ".initcall")
ADDS(initcall_1, ".initcall1.init")
ADDS(ctors, ".ctors")
ADDS(dtors, ".dtors.65535")
ADDS(fini_array, ".fini_array")
ADDS(exit_code, ".exit.text")
ADDS(exitcall, ".exitcall.exit")
ADDS(discarded, ".discard")
ADDS(discarded_addressable, ".discard.addressable")
ADDS(exceptions_of_boot, ".ex_table.pre")
ADDS(lock_profile, ".lockprofile.data")
ADDS(misspelt_hook, ".livepatch.hooks.preaply")
ADDS(later_format, ".livepatch.callbacks")
ADDS(variable_percpu_count, ".bss.percpu_count")
ADDS(variable_initial, ".data.init")
ADDS(initial, ".initial")
ADDS(names_of_entries, ".livepatch.strings")
ADDS(other_format, ".livepatches")

#define REFUSED_ROWS(tag, section)                                             \
    ROW(#tag, -EOPNOTSUPP,                                                     \
        section ": 16 bytes: this section is not supported",                   \
        ADDED(add_##tag)),                                                     \
        ROW(#tag "_of_zeros", -EOPNOTSUPP,                                     \
            section ": 16 bytes: this section is not supported",               \
            ADDED(add_##tag), SECTION(section, sh_type, NUMBER(SHT_NOBITS))),  \
        LOADS(#tag "_not_loaded", ADDED(add_##tag),                            \
              SECTION(section, sh_flags, NUMBER(SHF_WRITE))),                  \
        LOADS(#tag "_of_0_bytes", ADDED(add_##tag),                            \
              SECTION(section, sh_size, NUMBER(0)))

static const struct row rows[] = {
    REFUSED_ROWS(bss_percpu, ".bss.percpu"),
    REFUSED_ROWS(bss_percpu_read_mostly, ".bss.percpu.read_mostly"),
    REFUSED_ROWS(data_percpu, ".data.percpu"),
    REFUSED_ROWS(init_code, ".init.text"),
    REFUSED_ROWS(init_data, ".init.data"),
    REFUSED_ROWS(init_array, ".init_array"),
    REFUSED_ROWS(init_array_5, ".init_array.00005"),
    REFUSED_ROWS(preinit_array, ".preinit_array"),
    REFUSED_ROWS(initcall, ".initcall"),
    REFUSED_ROWS(initcall_1, ".initcall1.init"),
    REFUSED_ROWS(ctors, ".ctors"),
    REFUSED_ROWS(dtors, ".dtors.65535"),
    REFUSED_ROWS(fini_array, ".fini_array"),
    REFUSED_ROWS(exit_code, ".exit.text"),
    REFUSED_ROWS(exitcall, ".exitcall.exit"),
    REFUSED_ROWS(discarded, ".discard"),
    REFUSED_ROWS(discarded_addressable, ".discard.addressable"),
    REFUSED_ROWS(exceptions_of_boot, ".ex_table.pre"),
    REFUSED_ROWS(lock_profile, ".lockprofile.data"),
    REFUSED_ROWS(misspelt_hook, ".livepatch.hooks.preaply"),
    REFUSED_ROWS(later_format, ".livepatch.callbacks"),
    LOADS("variable_percpu_count", ADDED(add_variable_percpu_count)),
    LOADS("variable_initial", ADDED(add_variable_initial)),
    LOADS("initial", ADDED(add_initial)),
    LOADS("names_of_entries", ADDED(add_names_of_entries)),
    LOADS("other_format", ADDED(add_other_format)),
};

TABLE(broken_unsupported_rows, rows);
