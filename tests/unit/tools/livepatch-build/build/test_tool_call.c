/* SPDX-License-Identifier: GPL-2.0 */
/* What is read from the command lines of compilers, linkers, objcopy, ar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "build/tool_call.h"

/* A command line, cut at blanks, and what it makes of what. */
struct row {
    const char *line;
    enum tool_action action;
    const char *output; /* NULL: none */
    const char *inputs; /* with blanks between */
};

static struct tool_call read_line(const char *line)
{
    struct text_list words = {0};
    char *copy = must_copy(line);
    char *rest = copy, *word;

    while ((word = strsep(&rest, " ")) != NULL) {
        text_list_add(&words, word);
    }

    struct tool_call call =
        tool_call_read(tool_kind_of(words.items[0]), words.nr, words.items);

    text_list_free(&words);
    free(copy);
    return call;
}

static char *joined(const struct text_list *list)
{
    char *text = must_copy("");

    for (size_t i = 0; i < list->nr; i++) {
        char *longer =
            must_format("%s%s%s", text, i != 0 ? " " : "", list->items[i]);

        free(text);
        text = longer;
    }
    return text;
}

static void check_row(const struct row *row)
{
    struct tool_call call = read_line(row->line);
    char *inputs = joined(&call.inputs);

    if (call.action != row->action) {
        fail_msg("%s: action %d, not %d", row->line, (int)call.action,
                 (int)row->action);
    }
    if (row->output == NULL) {
        assert_null(call.output);
    } else {
        assert_non_null(call.output);
        assert_string_equal(call.output, row->output);
    }
    assert_string_equal(inputs, row->inputs);
    free(inputs);
    tool_call_free(&call);
}

#define CHECK(rows)                                                            \
    for (size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++)                \
    check_row(&(rows)[i])

static void compile_makes_an_object_of_a_source(void **state)
{
    static const struct row rows[] = {
        {"gcc -O2 -c -o a.o a.c", ACTION_COMPILE, "a.o", "a.c"},
        {"gcc -MMD -MF ./.a.o.d -Iinc -c a.c -o .a.o.tmp -MQ a.o",
         ACTION_COMPILE, ".a.o.tmp", "a.c"},
        {"clang -include x.h -isystem inc -c d/a.S", ACTION_COMPILE, "a.o",
         "d/a.S"},
        {"gcc -ooutput.o -c a.c", ACTION_COMPILE, "output.o", "a.c"},
        {"gcc -D NAME -I inc -x assembler -c a.s -o a.o", ACTION_COMPILE, "a.o",
         "a.s"},
        {"aarch64-linux-gnu-gcc-12 -c a.c", ACTION_COMPILE, "a.o", "a.c"},
    };

    (void)state;
    CHECK(rows);
}

static void questions_and_probes_make_nothing(void **state)
{
    static const struct row rows[] = {
        {"gcc --version", ACTION_OTHER, NULL, ""},
        {"gcc -E -o a.i a.c", ACTION_OTHER, NULL, ""},
        {"gcc -S a.c -o asm-offsets.s", ACTION_OTHER, NULL, ""},
        {"gcc -Wall -c -x c /dev/null -o built_in.o", ACTION_OTHER, NULL, ""},
        {"gcc -c a.c -o /dev/null", ACTION_OTHER, NULL, ""},
        {"gcc -dumpmachine", ACTION_OTHER, NULL, ""},
        {"gcc -print-file-name=include", ACTION_OTHER, NULL, ""},
        {"gcc -c", ACTION_OTHER, NULL, ""},
        {"gcc", ACTION_OTHER, NULL, ""},
        {"ld -v", ACTION_OTHER, NULL, ""},
        {"ar t lib.a", ACTION_OTHER, NULL, ""},
        {"objcopy --help", ACTION_OTHER, NULL, ""},
    };

    (void)state;
    CHECK(rows);
}

static void partial_link_is_no_image(void **state)
{
    static const struct row rows[] = {
        {"ld -melf_x86_64 -z noexecstack -r -o built_in.o a.o b/built_in.o",
         ACTION_LINK_PARTIAL, "built_in.o", "a.o b/built_in.o"},
        {"ld --relocatable --output=xen-syms.o a.o", ACTION_LINK_PARTIAL,
         "xen-syms.o", "a.o"},
        {"ld -S -M -E -r a.o -o b.o", ACTION_LINK_PARTIAL, "b.o", "a.o"},
        {"gcc -nostdlib -r a.o -o b.o", ACTION_LINK_PARTIAL, "b.o", "a.o"},
    };

    (void)state;
    CHECK(rows);
}

static void image_is_known_by_its_output_s_name(void **state)
{
    static const struct row rows[] = {
        {"ld -T xen.lds -N prelink.o --build-id=sha1 dummy.o -o ./.xen-syms.0",
         ACTION_LINK_IMAGE, "./.xen-syms.0", "prelink.o dummy.o"},
        {"x86_64-linux-gnu-ld -mi386pep -o .xen.efi.0 prelink.o",
         ACTION_LINK_IMAGE, ".xen.efi.0", "prelink.o"},
        {"ld.lld -o out/xen-syms.linked a.o", ACTION_LINK_IMAGE,
         "out/xen-syms.linked", "a.o"},
        {"gcc -o xen-syms a.o", ACTION_LINK_IMAGE, "xen-syms", "a.o"},
        {"ld -o efi/check.efi efi/check.o", ACTION_LINK_OTHER, "efi/check.efi",
         "efi/check.o"},
        {"gcc -o xen-syms.d/tool tool.c", ACTION_LINK_OTHER, "xen-syms.d/tool",
         "tool.c"},
        {"ld a.o", ACTION_LINK_OTHER, "a.out", "a.o"},
    };

    (void)state;
    CHECK(rows);
}

static void copies_and_archives_have_their_origin(void **state)
{
    static const struct row rows[] = {
        {"objcopy --redefine-sym a.c=common/a.c .a.o.tmp a.o", ACTION_COPY,
         "a.o", ".a.o.tmp"},
        {"objcopy --rename-section .rodata=.init.rodata a.o a.init.o",
         ACTION_COPY, "a.init.o", "a.o"},
        {"objcopy --redefine-sym=a=b a.o", ACTION_COPY, "a.o", "a.o"},
        {"objcopy -O binary -S -j .text x.lnk x.bin", ACTION_COPY, "x.bin",
         "x.lnk"},
        {"ar cDPrs lib.a a.o b.o", ACTION_ARCHIVE, "lib.a", "a.o b.o"},
        {"llvm-ar --thin -rc lib.a a.o", ACTION_ARCHIVE, "lib.a", "a.o"},
    };

    (void)state;
    CHECK(rows);
}

static void tools_are_known_by_their_names(void **state)
{
    static const struct {
        const char *name;
        enum tool_kind kind;
    } rows[] = {
        {"gcc", TOOL_COMPILER},
        {"cc", TOOL_COMPILER},
        {"gcc-12", TOOL_COMPILER},
        {"clang-14", TOOL_COMPILER},
        {"aarch64-linux-gnu-gcc", TOOL_COMPILER},
        {"x86_64-linux-gnu-gcc-12.2", TOOL_COMPILER},
        {"ld", TOOL_LINKER},
        {"ld.lld-14", TOOL_LINKER},
        {"aarch64-linux-gnu-ld.bfd", TOOL_LINKER},
        {"llvm-objcopy-14", TOOL_OBJCOPY},
        {"gcc-ar-12", TOOL_ARCHIVER},
        {"livepatch-build", TOOL_NONE},
        {"build", TOOL_NONE},
        {"sgcc", TOOL_NONE},
        {"-12", TOOL_NONE},
        {"12", TOOL_NONE},
        {"", TOOL_NONE},
        {"g++", TOOL_NONE},
        {"clang-format", TOOL_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (tool_kind_of(rows[i].name) != rows[i].kind) {
            fail_msg("%s", rows[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compile_makes_an_object_of_a_source),
        cmocka_unit_test(questions_and_probes_make_nothing),
        cmocka_unit_test(partial_link_is_no_image),
        cmocka_unit_test(image_is_known_by_its_output_s_name),
        cmocka_unit_test(copies_and_archives_have_their_origin),
        cmocka_unit_test(tools_are_known_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
