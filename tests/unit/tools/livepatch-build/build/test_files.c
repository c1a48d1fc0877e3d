/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stage's smaller parts that look at files: kinds of objects, what a
 * configuration says, the digest of a tree, copies of trees.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "build/build_system.h"
#include "build/config_text.h"
#include "build/digest.h"
#include "build/file_bytes.h"
#include "build/object_kind.h"
#include "build/tree_copy.h"

static char folder[] = "/tmp/livepatch-build-test-XXXXXX";
static const char *const nothing_left_out[] = {NULL};
static const char *const out_left_out[] = {"out", NULL};

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    return tree_remove(folder);
}

static char *path_of(const char *name)
{
    static char path[200];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    const char *slash = strrchr(name, '/');

    if (slash != NULL) {
        char *parent =
            must_format("%s/%.*s", folder, (int)(slash - name), name);

        assert_int_equal(make_folders(parent), 0);
        free(parent);
    }
    assert_int_equal(file_bytes_write(path_of(name),
                                      &(struct file_bytes){text, strlen(text)}),
                     0);
}

static void kinds_of_objects_are_told_by_their_bytes(void **state)
{
    Elf64_Ehdr header = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
                                     ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                         .e_type = ET_REL};
    const char *bytes = (const char *)&header;

    (void)state;
    assert_int_equal(object_kind_of_bytes(bytes, sizeof(header)), OBJECT_ELF64);
    assert_int_equal(object_kind_of_bytes(bytes, sizeof(header) - 1),
                     OBJECT_ELF_OTHER);
    assert_int_equal(object_kind_of_bytes(bytes, 4), OBJECT_ELF_OTHER);
    assert_int_equal(object_kind_of_bytes(bytes, 3), OBJECT_OTHER);
    assert_int_equal(object_kind_of_bytes("", 0), OBJECT_OTHER);
    header.e_type = ET_EXEC;
    assert_int_equal(object_kind_of_bytes(bytes, sizeof(header)),
                     OBJECT_ELF_OTHER);
    header.e_type = ET_REL;
    header.e_ident[EI_DATA] = ELFDATA2MSB;
    assert_int_equal(object_kind_of_bytes(bytes, sizeof(header)),
                     OBJECT_ELF_OTHER);
    header.e_ident[EI_CLASS] = ELFCLASS32;
    assert_int_equal(object_kind_of_bytes(bytes, 5), OBJECT_ELF32);
    assert_int_equal(object_kind_of_bytes("BC\xc0\xde", 4), OBJECT_BITCODE);
    assert_int_equal(object_kind_of_bytes("\xde\xc0\x17\x0b", 4),
                     OBJECT_BITCODE);
    assert_int_equal(object_kind_of_bytes("!<arch>\n", 8), OBJECT_ARCHIVE);
    assert_int_equal(object_kind_of_bytes("d\x86\x03\0", 4), OBJECT_OTHER);
}

static char *compare_configs(const char *one, const char *other, int wanted)
{
    char *said = NULL;
    size_t bytes = 0;
    FILE *err = open_memstream(&said, &bytes);
    char *first = must_format("%s/one.config", folder);

    put("one.config", one);
    put("other.config", other);
    assert_int_equal(config_files_compare(first, path_of("other.config"),
                                          "what changed", err),
                     wanted);
    fclose(err);
    free(first);
    return said;
}

static void configurations_are_compared_by_what_they_say(void **state)
{
    char *said = compare_configs("# a comment\nCONFIG_A=y\n# CONFIG_B is not "
                                 "set\n\n",
                                 "# CONFIG_B is not set\n# another\r\n"
                                 "CONFIG_A=y\r\n",
                                 0);

    (void)state;
    assert_string_equal(said, "");
    free(said);
    said = compare_configs("CONFIG_A=y\nCONFIG_B=\"x\"\n",
                           "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=1\n",
                           -EPERM);
    assert_non_null(strstr(said, "what changed"));
    assert_non_null(strstr(said, "\n  - CONFIG_B=\"x\"\n"));
    assert_non_null(strstr(said, "\n  + # CONFIG_B is not set\n"));
    assert_non_null(strstr(said, "\n  + CONFIG_C=1\n"));
    assert_null(strstr(said, "CONFIG_A"));
    free(said);
}

static char *digest_of(const char *const *left_out)
{
    static char text[DIGEST_TEXT_BYTES];
    struct tree_filter filter = {left_out, NULL};
    struct digest *digest = digest_new();
    char *tree = must_format("%s/tree", folder);

    assert_int_equal(digest_tree(digest, tree, &filter, stderr), 0);
    digest_finish(digest, text);
    free(tree);
    return must_copy(text);
}

static void assert_digest(const char *wanted, bool is_same)
{
    char *digest = digest_of(nothing_left_out);

    assert_int_equal(strcmp(digest, wanted) == 0, is_same);
    free(digest);
}

static void digest_is_of_names_contents_and_links_alone(void **state)
{
    char *first;

    (void)state;
    put("tree/a", "one");
    put("tree/sub/b", "two");
    first = digest_of(nothing_left_out);
    /* What builds leave, and when files were written, do not count. */
    put("tree/a.o", "product");
    put("tree/sub/.b.o.cmd", "product");
    put("tree/.git/HEAD", "where");
    put("tree/a", "one");
    assert_digest(first, true);
    put("tree/a", "onf");
    assert_digest(first, false);
    put("tree/a", "one");
    assert_int_equal(chmod(path_of("tree/a"), 0755), 0);
    assert_digest(first, false);
    assert_int_equal(chmod(path_of("tree/a"), 0644), 0);
    put("tree/c", "");
    assert_digest(first, false);
    assert_int_equal(unlink(path_of("tree/c")), 0);
    assert_int_equal(symlink("a", path_of("tree/link")), 0);
    assert_digest(first, false);
    assert_int_equal(unlink(path_of("tree/link")), 0);
    assert_digest(first, true);
    free(first);
}

/* The end of one text is not the begin of the next. */
static void parts_of_a_digest_do_not_run_together(void **state)
{
    struct digest *one = digest_new(), *other = digest_new();
    char first[DIGEST_TEXT_BYTES], second[DIGEST_TEXT_BYTES];

    (void)state;
    digest_text(one, "a", "xy");
    digest_text(one, "a", "z");
    digest_text(other, "a", "x");
    digest_text(other, "a", "yz");
    digest_finish(one, first);
    digest_finish(other, second);
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), 64);
}

static void copy_of_a_source_tree_has_no_products(void **state)
{
    bool has_products = false;
    struct tree_filter filter = {out_left_out, &has_products};
    char *from = must_format("%s/source", folder);
    char *whole, target[200] = "";
    struct stat facts;

    (void)state;
    put("source/a.c", "c");
    put("source/a.o", "o");
    put("source/etc.d/file", "a folder may be called so");
    put("source/out/image", "i");
    put("source/sub/out", "elsewhere it is a source");
    put("source/.git/HEAD", "g");
    assert_int_equal(symlink("a.c", path_of("source/link")), 0);
    whole = must_format("%s/a.c", from);
    assert_int_equal(symlink(whole, path_of("source/whole_link")), 0);
    free(whole);
    assert_int_equal(tree_copy(from, path_of("copy"), &filter, false, stderr),
                     0);
    assert_true(has_products);
    assert_int_equal(access(path_of("copy/a.c"), F_OK), 0);
    assert_int_equal(access(path_of("copy/etc.d/file"), F_OK), 0);
    assert_int_equal(access(path_of("copy/sub/out"), F_OK), 0);
    assert_int_not_equal(access(path_of("copy/a.o"), F_OK), 0);
    assert_int_not_equal(access(path_of("copy/out"), F_OK), 0);
    assert_int_not_equal(access(path_of("copy/.git"), F_OK), 0);
    assert_int_equal(lstat(path_of("copy/link"), &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    assert_true(
        readlink(path_of("copy/whole_link"), target, sizeof(target) - 1) > 0);
    assert_string_equal(target, path_of("copy/a.c"));
    free(from);
}

static void copy_of_a_built_tree_keeps_its_times(void **state)
{
    const struct timespec times[2] = {{1000, 1}, {2000, 123456789}};
    char *from = must_format("%s/built", folder);
    struct stat facts;

    (void)state;
    put("built/a.o", "o");
    assert_int_equal(utimensat(AT_FDCWD, path_of("built/a.o"), times, 0), 0);
    assert_int_equal(tree_copy(from, path_of("same"), NULL, true, stderr), 0);
    assert_int_equal(stat(path_of("same/a.o"), &facts), 0);
    assert_int_equal(facts.st_mtim.tv_sec, 2000);
    assert_int_equal(facts.st_mtim.tv_nsec, 123456789);
    free(from);
}

static bool has_variable(const struct text_list *environment, const char *name)
{
    for (size_t i = 0; i < environment->nr; i++) {
        if (strncmp(environment->items[i], name, strlen(name)) == 0) {
            return true;
        }
    }
    return false;
}

static void environment_has_what_counts_and_nothing_else(void **state)
{
    struct text_list environment = {0}, origin = {0};
    char *compiler;

    (void)state;
    text_list_add(&origin, "XEN_DOMAIN=");
    setenv("CFLAGS", "-O0", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    setenv("XEN_VENDORVERSION", "-vendor", 1);
    unsetenv("CROSS_COMPILE");
    unsetenv("clang");
    build_environment(BUILD_ARCH_ARM64, &origin, "/shims", "/log",
                      &environment);
    assert_false(has_variable(&environment, "CFLAGS="));
    assert_true(text_list_has(&environment, "LC_ALL=C"));
    assert_true(text_list_has(&environment, "XEN_VENDORVERSION=-vendor"));
    assert_true(text_list_has(&environment, "XEN_TARGET_ARCH=arm64"));
    assert_true(has_variable(&environment, "PATH=/shims:"));
    assert_true(text_list_has(&environment, "XEN_WHOAMI=builder"));
    assert_true(text_list_has(&environment, "XEN_DOMAIN="));
    assert_false(text_list_has(&environment, "XEN_DOMAIN=nowhere"));
    text_list_free(&environment);
    setenv("clang", "y", 1);
    build_environment(BUILD_ARCH_X86, &origin, NULL, NULL, &environment);
    assert_false(has_variable(&environment, "PATH="));
    compiler = usual_compiler(&environment);
    assert_string_equal(compiler, "clang");
    free(compiler);
    text_list_free(&environment);
    text_list_free(&origin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_objects_are_told_by_their_bytes),
        cmocka_unit_test(configurations_are_compared_by_what_they_say),
        cmocka_unit_test(digest_is_of_names_contents_and_links_alone),
        cmocka_unit_test(parts_of_a_digest_do_not_run_together),
        cmocka_unit_test(copy_of_a_source_tree_has_no_products),
        cmocka_unit_test(copy_of_a_built_tree_keeps_its_times),
        cmocka_unit_test(environment_has_what_counts_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
