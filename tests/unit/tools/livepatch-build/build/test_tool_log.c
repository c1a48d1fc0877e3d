/* SPDX-License-Identifier: GPL-2.0 */
/* The log of a build, and which objects an image is linked of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "build/file_bytes.h"
#include "build/linked_objects.h"
#include "build/tool_log.h"

static char path[] = "/tmp/livepatch-build-test-XXXXXX";

static int make_file(void **state)
{
    int file = mkstemp(path);

    (void)state;
    return file < 0 || close(file) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

/* Log a call, whose words are cut at blanks, as one made in /t/dir. */
static void log_call(const char *line, int status)
{
    struct tool_record record = {.folder = must_copy("/t/dir"),
                                 .status = status,
                                 .said = must_copy(status != 0 ? "no\n" : "")};
    char *copy = must_copy(line);
    char *rest = copy, *word;

    while ((word = strsep(&rest, " ")) != NULL) {
        text_list_add(&record.words, word);
    }
    record.call = tool_call_read(tool_kind_of(record.words.items[0]),
                                 record.words.nr, record.words.items);
    assert_int_equal(tool_log_append(path, &record), 0);
    tool_call_free(&record.call);
    text_list_free(&record.words);
    free(record.folder);
    free(record.said);
    free(copy);
}

static struct tool_log read_log(void)
{
    struct tool_log log = {0};

    assert_int_equal(tool_log_read(path, &log), 0);
    return log;
}

static void empty_the_log(void)
{
    assert_int_equal(truncate(path, 0), 0);
}

static void record_comes_back_with_plain_paths(void **state)
{
    struct tool_log log;

    (void)state;
    empty_the_log();
    log_call("gcc -c ../src/./a.c -o b//a.o", 1);
    log = read_log();
    assert_int_equal(log.nr, 1);
    assert_int_equal(log.records[0].call.action, ACTION_COMPILE);
    assert_int_equal(log.records[0].status, 1);
    assert_string_equal(log.records[0].said, "no\n");
    assert_string_equal(log.records[0].call.output, "/t/dir/b/a.o");
    assert_string_equal(log.records[0].call.inputs.items[0], "/t/src/a.c");
    assert_int_equal(log.records[0].words.nr, 5);
    tool_log_free(&log);
}

static void log_cut_anywhere_gives_its_whole_records(void **state)
{
    struct file_bytes file;
    struct tool_log log;
    size_t nr_first;

    (void)state;
    empty_the_log();
    log_call("gcc -c a.c", 0);
    assert_int_equal(file_bytes_open(path, &file), 0);
    nr_first = file.nr;
    file_bytes_close(&file);
    log_call("gcc -c b.c", 0);
    assert_int_equal(file_bytes_open(path, &file), 0);
    for (size_t nr = file.nr; nr-- > 0;) {
        char *copy = must_alloc(file.nr);

        memcpy(copy, file.bytes, file.nr);
        file_bytes_close(&file);
        assert_int_equal(file_bytes_write(path, &(struct file_bytes){copy, nr}),
                         0);
        log = read_log();
        assert_int_equal(log.nr, nr >= nr_first ? 1 : 0);
        tool_log_free(&log);
        file = (struct file_bytes){"", 0};
        free(copy);
        if (nr == 0) {
            break;
        }
        assert_int_equal(file_bytes_open(path, &file), 0);
    }
}

/* A record that says it has more than there is, or letters for a length. */
static void lengths_that_lie_end_the_log(void **state)
{
    static const char *const rows[] = {"99999999999999999999", "-1", "x", "0"};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct file_bytes bytes = {rows[i], strlen(rows[i]) + 1};
        struct tool_log log;

        assert_int_equal(file_bytes_write(path, &bytes), 0);
        log = read_log();
        assert_int_equal(log.nr, 0);
        tool_log_free(&log);
    }
}

static void leaves_of_a_link_are_found(void **state)
{
    static const char *const wanted[] = {
        "/t/dir/a.o", "/t/dir/b.init.o", "/t/dir/c.o",
        "/t/dir/d.o", "/t/dir/e.o",      "/t/dir/made-by-nobody.o"};
    struct linked_objects found;
    struct tool_log log;

    (void)state;
    empty_the_log();
    log_call("gcc -c a.c -o .a.o.tmp", 0);
    log_call("objcopy --redefine-sym a.c=x/a.c .a.o.tmp a.o", 0);
    log_call("gcc -c b.c", 0);
    log_call("objcopy b.o b.init.o", 0);
    log_call("gcc -c c.c", 0);
    log_call("objcopy c.o", 0); /* in place */
    log_call("gcc -c d.c", 0);
    log_call("gcc -c e.c", 0);
    log_call("gcc -c not-linked.c", 0);
    log_call("gcc -c a.c -o a.o", 1); /* failed: made nothing */
    log_call("ar rc lib.a e.o", 0);
    log_call("ld -r -o elf-temp.o d.o", 0);
    log_call("objcopy elf-temp.o elf.o", 0);
    log_call("ld -r -o sub/built_in.o a.o b.init.o", 0);
    log_call("ld -r -o prelink.o sub/built_in.o c.o elf.o lib.a", 0);
    log_call("ld -T xen.lds prelink.o made-by-nobody.o -o .xen-syms.0", 0);
    log = read_log();
    found = find_linked_objects(&log, find_image_link(&log, "xen-syms"));
    assert_int_equal(found.nr, sizeof(wanted) / sizeof(*wanted));
    for (size_t i = 0; i < found.nr; i++) {
        assert_string_equal(found.objects[i].path, wanted[i]);
    }
    assert_string_equal(found.objects[0].compile->call.inputs.items[0],
                        "/t/dir/a.c");
    assert_non_null(found.objects[2].compile);
    assert_null(found.objects[5].compile);
    free(found.objects);
    tool_log_free(&log);
}

static void link_of_itself_ends(void **state)
{
    struct linked_objects found;
    struct tool_log log;

    (void)state;
    empty_the_log();
    log_call("ld -r -o a.o b.o", 0);
    log_call("ld -r -o b.o a.o", 0);
    log_call("objcopy c.o d.o", 0);
    log_call("objcopy d.o c.o", 0);
    log_call("ld a.o c.o -o xen-syms", 0);
    log = read_log();
    found = find_linked_objects(&log, find_image_link(&log, "xen-syms"));
    assert_int_equal(found.nr, 1);
    free(found.objects);
    tool_log_free(&log);
}

static void linker_script_is_found(void **state)
{
    static const char *const rows[][2] = {
        {"ld -T ../xen.lds a.o -o xen-syms", "/t/xen.lds"},
        {"ld -Txen.lds a.o -o xen-syms", "/t/dir/xen.lds"},
        {"ld --script=/x.lds a.o -o xen-syms", "/x.lds"},
        {"ld --script x.lds a.o -o xen-syms", "/t/dir/x.lds"},
        {"ld -Ttext 0x1000 a.o -o xen-syms", NULL},
        {"ld a.o -o xen-syms -T", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct tool_log log;
        char *script;

        empty_the_log();
        log_call(rows[i][0], 0);
        log = read_log();
        script = linker_script_of(&log.records[0]);
        if (rows[i][1] == NULL) {
            assert_null(script);
        } else {
            assert_string_equal(script, rows[i][1]);
        }
        free(script);
        tool_log_free(&log);
    }
}

static void command_line_is_one_for_a_shell(void **state)
{
    struct tool_record record = {0};
    char *line;

    (void)state;
    text_list_add(&record.words, "gcc");
    text_list_add(&record.words, "-DX=\"it's\"");
    text_list_add(&record.words, "");
    line = command_line_of(&record);
    assert_string_equal(line, "gcc '-DX=\"it'\\''s\"' ''");
    free(line);
    text_list_free(&record.words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_comes_back_with_plain_paths),
        cmocka_unit_test(log_cut_anywhere_gives_its_whole_records),
        cmocka_unit_test(lengths_that_lie_end_the_log),
        cmocka_unit_test(leaves_of_a_link_are_found),
        cmocka_unit_test(link_of_itself_ends),
        cmocka_unit_test(linker_script_is_found),
        cmocka_unit_test(command_line_is_one_for_a_shell),
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}
