/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Types of two compilations of small sources: which of them have another
 * layout, in which words, and which of them something may hold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/memory.h"
#include "layout/changes.h"
#include "layout/held.h"

/* An object of C text, and its types. */
struct compiled {
    char *path;
    struct dwarf_object object;
    struct layout_types types;
    const char *trouble;
};

/* What `finish` leaves of the object: a command of the shell, on $o. */
static void compile_and(const char *text, const char *finish,
                        struct compiled *compiled)
{
    char *command;
    FILE *compiler;

    compiled->path = must_copy("/tmp/layout-XXXXXX");
    close(mkstemp(compiled->path));
    command = must_format("o=%s; gcc -g -O1 -c -x c -o $o - %s%s",
                          compiled->path, finish[0] ? " && " : "", finish);
    compiler = popen(command, "w");
    assert_non_null(compiler);
    fputs(text, compiler);
    assert_int_equal(pclose(compiler), 0);
    free(command);
    dwarf_object_open(compiled->path, &compiled->object);
    compiled->types = (struct layout_types){0};
    compiled->trouble =
        compiled->object.dwarf
            ? layout_types_read(&compiled->object, &compiled->types)
            : compiled->object.trouble;
}

static void compile(const char *text, struct compiled *compiled)
{
    compile_and(text, "", compiled);
    assert_non_null(compiled->object.dwarf);
    assert_null(compiled->trouble);
}

static void discard(struct compiled *compiled)
{
    layout_types_free(&compiled->types);
    dwarf_object_close(&compiled->object);
    unlink(compiled->path);
    free(compiled->path);
}

/* A line for each: "moved TYPE: REASON", "reviewed ...". */
static void note(void *arg, const struct layout_change *change)
{
    fprintf(arg, "%s %s: %s\n",
            change->kind == LAYOUT_MOVED ? "moved" : "reviewed", change->type,
            change->reason);
}

/* A structure of 4^7 members and one more. */
#define LARGE(last)                                                            \
    "#define A(n) int n;\n"                                                    \
    "#define B(n) A(n##0) A(n##1) A(n##2) A(n##3)\n"                           \
    "#define C(n) B(n##0) B(n##1) B(n##2) B(n##3)\n"                           \
    "#define D(n) C(n##0) C(n##1) C(n##2) C(n##3)\n"                           \
    "#define E(n) D(n##0) D(n##1) D(n##2) D(n##3)\n"                           \
    "#define F(n) E(n##0) E(n##1) E(n##2) E(n##3)\n"                           \
    "#define G(n) F(n##0) F(n##1) F(n##2) F(n##3)\n"                           \
    "#define H(n) G(n##0) G(n##1) G(n##2) G(n##3)\n"                           \
    "struct s { H(m) " last " last; } x;"

static const struct {
    const char *before, *after;
    const char *told; /* with the last newline */
} changes[] = {
    {"struct s { int a, b; } x;", "struct s { int a, b; } x;", ""},
    {"struct s { int a; } x;", "struct s { int a, b; } x;",
     "moved struct s: has another layout: 4 bytes in all, now 8\n"},
    {"struct s { int a, b; } x;", "struct s { int b, a; } x;",
     "moved struct s: has another layout: 'a' was 4 bytes at byte 0, is 4 "
     "bytes at byte 4, and 1 more so\n"},
    {"struct s { int a; long b; } x;", "struct s { int a, new; long b; } x;",
     "reviewed struct s: 'new' (4 bytes at byte 4) is new, in what was "
     "padding\n"},
    {"struct s { int a; } x;", "struct s { int other; } x;",
     "reviewed struct s: 'other' (4 bytes at byte 0) was called 'a'\n"},
    {"struct s { int a; } x;", "struct s { short one, two; } x;",
     "moved struct s: has another layout: 'one' (2 bytes at byte 0) lies in "
     "what was 'a' (4 bytes at byte 0), and 1 more so\n"},
    {"struct s { int a : 3, b : 4; } x;", "struct s { int a : 4, b : 4; } x;",
     "moved struct s: has another layout: 'a' was 3 bits at bit 0, is 4 bits "
     "at bit 0, and 1 more so\n"},
    {"struct a { int x; }; struct b { int x; }; struct s { struct a m; } x;",
     "struct a { int x; }; struct b { int x; }; struct s { struct b m; } x;",
     "moved struct s: has another layout: 'm' was a struct a, is a struct "
     "b\n"},
    /* Nameless ones are a part of what they lie in, in arrays as well. */
    {"struct s { int a; struct { int b, c; }; } x;",
     "struct s { int a; struct { int c, b; }; } x;",
     "moved struct s: has another layout: 'b' was 4 bytes at byte 4, is 4 "
     "bytes at byte 8, and 1 more so\n"},
    {"struct s { struct { char p; long q; } in[2]; } x;",
     "struct s { struct { long q; char p; } in[2]; } x;",
     "moved struct s: has another layout: 'in[].p' was 1 byte at byte 0, is 1 "
     "byte at byte 8, and 1 more so\n"},
    {"union u { int a; } x;", "union u { int a; long b; } x;",
     "moved union u: has another layout: 4 bytes in all, now 8\n"},
    {"union u { long b; int a; } x;", "union u { long b; int a; int c; } x;",
     ""},
    {LARGE("int"), LARGE("int"), ""},
    {LARGE("int"), LARGE("long"),
     "moved struct s: has changed, and more members than can be compared\n"},
    /* Names that a typedef or a variable gives. */
    {"typedef struct { int a; } t; t x;", "typedef struct { long a; } t; t x;",
     "moved t: has another layout: 'a' was 4 bytes at byte 0, is 8 bytes at "
     "byte 0; 4 bytes in all, now 8\n"},
    {"struct { int a; } x;", "struct { long a; } x;",
     "moved x: has another layout: 'a' was 4 bytes at byte 0, is 8 bytes at "
     "byte 0; 4 bytes in all, now 8\n"},
    {"struct { int a; } x[3];", "struct { int a, b; } x[3];",
     "moved x: has another layout: 4 bytes in all, now 8\n"},
    {"int f(void) { struct s { int a; } volatile x = {1}; return x.a; }",
     "int f(void) { struct s { long a; } volatile x = {1}; return x.a; }",
     "moved struct s of f(): has another layout: 'a' was 4 bytes at byte 0, is "
     "8 bytes at byte 0; 4 bytes in all, now 8\n"},
    /* What only one of them has. */
    {"int x;", "struct s { int a; } x;", ""},
    {"struct s { int a; } x;", "int x;", ""},
    {"enum e { A, B, C } x;", "enum e { A, NEW, B, C } x;",
     "moved enum e: has other numbers: 'B' was 1, is 2, and 1 more\n"},
    {"enum e { A, B, NR } x;", "enum e { A, B, NEW, NR } x;",
     "reviewed enum e: has other numbers: 'NR' was 2, is 3\n"},
    {"enum e { A, B } x;", "enum e { A, B, C } x;", ""},
    {"enum { A = 1 } x;", "enum { A = -2 } x;",
     "reviewed A: has other numbers: 'A' was 1, is -2\n"},
};

static void each_change_is_told_in_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        struct compiled before, after;
        struct arena arena;
        char *said;
        size_t nr_said;
        FILE *out = open_memstream(&said, &nr_said);

        compile(changes[i].before, &before);
        compile(changes[i].after, &after);
        arena_open(&arena);
        layout_compare(&before.types, &after.types, &arena, note, out);
        fclose(out);
        assert_string_equal(said, changes[i].told);
        free(said);
        arena_close(&arena);
        discard(&before);
        discard(&after);
    }
}

static bool is_f(void *arg, const char *function)
{
    (void)arg;
    return strcmp(function, "f") == 0;
}

/* Of 'struct s'; f() is replaced, and nothing else. */
static const struct {
    const char *text;
    bool is_held;
} holders[] = {
    {"struct s { int a; } x;", true},
    {"struct s { int a; }; int f(void) { volatile struct s x = {1};"
     " return x.a; }",
     false},
    {"struct s { int a; }; int g(void) { volatile struct s x = {1};"
     " return x.a; }",
     true},
    {"struct s { int a; }; int f(void) { static volatile struct s x;"
     " return x.a++; }",
     true},
    {"struct s { int a; }; int f(struct s *x) { return x->a; }", true},
    {"struct s { int a; }; struct s f(void) { return (struct s){1}; }", true},
    {"struct s { int a; }; struct t { struct s in[2]; } x;", true},
    {"struct s { int a; }; struct t { int b; } x;"
     " int f(void) { volatile struct s y = {x.b}; return y.a; }",
     false},
    {"struct s { int a; }; typedef const struct s t; t x = {1};", true},
    {"struct s { int a; }; int (*x)(struct s);", true},
    {"struct s { int a; }; static inline __attribute__((always_inline))"
     " int h(int v) { volatile struct s x = {v}; return x.a; }"
     " int f(int v) { return h(v); }",
     false},
};

static void what_lives_long_holds_its_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(holders) / sizeof(*holders); i++) {
        struct compiled compiled;
        struct held held;
        size_t nr = 0;

        compile(holders[i].text, &compiled);
        held_find(&compiled.object, is_f, NULL, &held);
        for (size_t t = 0; t < compiled.types.nr_types; t++) {
            const struct layout_type *type = &compiled.types.types[t];

            if (strcmp(type->name, "struct s") == 0) {
                nr++;
                if (held_has(&held, type->position) != holders[i].is_held) {
                    fail_msg("row %zu", i);
                }
            }
        }
        assert_int_equal(nr, 1);
        held_free(&held);
        discard(&compiled);
    }
}

static void an_object_without_debugging_information_is_no_trouble(void **state)
{
    struct compiled compiled;

    (void)state;
    compile_and("int x;", "strip -g $o", &compiled);
    assert_null(compiled.object.dwarf);
    assert_null(compiled.trouble);
    discard(&compiled);
}

/* What becomes of a section of it. */
static const char *const breaks[] = {
    "head -c 9 $o >$o.x && objcopy --update-section .debug_abbrev=$o.x $o; "
    "rm $o.x",
    "head -c 40 $o >$o.x && objcopy --update-section .debug_info=$o.x "
    "--remove-section .rela.debug_info $o; rm $o.x",
};

static void broken_information_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(breaks) / sizeof(*breaks); i++) {
        struct compiled compiled;

        compile_and("struct s { int a; } x;", breaks[i], &compiled);
        if (!compiled.trouble) {
            fail_msg("row %zu", i);
        }
        discard(&compiled);
    }
}

/* Ten members, each of ten, and so on, with nothing in them. */
static void endless_members_come_to_an_end(void **state)
{
    struct compiled compiled;

    (void)state;
    compile_and("#define L(n, m) extern struct {"
                " __typeof__(p##m) a, b, c, d, e, f, g, h, i, j; } p##n;\n"
                "extern struct {} p0;\n"
                "L(1, 0) L(2, 1) L(3, 2) L(4, 3) L(5, 4) L(6, 5) L(7, 6)\n"
                "struct s { __typeof__(p7) x; } x;",
                "", &compiled);
    assert_string_equal(compiled.trouble,
                        "it has more members than any compiler writes");
    discard(&compiled);
}

static void what_is_no_object_is_told(void **state)
{
    struct dwarf_object object;

    (void)state;
    dwarf_object_open("/dev/null", &object);
    assert_null(object.dwarf);
    assert_non_null(object.trouble);
    dwarf_object_close(&object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_told_in_its_words),
        cmocka_unit_test(what_lives_long_holds_its_types),
        cmocka_unit_test(an_object_without_debugging_information_is_no_trouble),
        cmocka_unit_test(broken_information_is_told),
        cmocka_unit_test(endless_members_come_to_an_end),
        cmocka_unit_test(what_is_no_object_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
