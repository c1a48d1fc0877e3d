/* SPDX-License-Identifier: GPL-2.0 */
/* What is read from patches, which come from anywhere. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "build/patch_text.h"

#define GIT_PATCH                                                              \
    "From 0123 Mon Sep 17 00:00:00 2001\n"                                     \
    "Subject: [PATCH] words\n\n---\n xen/a.c | 3 ++-\n\n"                      \
    "diff --git a/xen/a.c b/xen/a.c\n"                                         \
    "index 1..2 100644\n"                                                      \
    "--- a/xen/a.c\n"                                                          \
    "+++ b/xen/a.c\n"                                                          \
    "@@ -10,4 +10,5 @@ int f(void)\n"                                          \
    " ten\n"                                                                   \
    "-eleven\n"                                                                \
    "+ELEVEN\n"                                                                \
    "+more\n"                                                                  \
    " twelve\n"                                                                \
    " thirteen\n"                                                              \
    "@@ -20,3 +21,2 @@\n"                                                      \
    " twenty\n"                                                                \
    "-twenty-one\n"                                                            \
    " twenty-two\n"                                                            \
    "-- \n2.39\n"

static char *complaint;
static size_t complaint_bytes;

static int read_patch(const char *text, struct patch_text *patch)
{
    FILE *err;
    int rc;

    free(complaint);
    complaint = NULL;
    err = open_memstream(&complaint, &complaint_bytes);
    rc = patch_text_read("fix.patch", text, strlen(text), patch, err);
    fclose(err);
    return rc;
}

static void hunks_become_edits(void **state)
{
    struct patch_text patch;

    (void)state;
    assert_int_equal(read_patch(GIT_PATCH, &patch), 0);
    assert_int_equal(patch.nr_files, 1);
    assert_string_equal(patch.files[0].path, "xen/a.c");
    assert_int_equal(patch.files[0].nr_edits, 2);

    const struct patch_edit *edits = patch.files[0].edits;

    assert_int_equal(edits[0].old_line, 11);
    assert_int_equal(edits[0].nr_old, 1);
    assert_int_equal(edits[0].new_line, 11);
    assert_int_equal(edits[0].nr_new, 2);
    assert_int_equal(edits[1].old_line, 21);
    assert_int_equal(edits[1].nr_old, 1);
    assert_int_equal(edits[1].new_line, 22);
    assert_int_equal(edits[1].nr_new, 0);
    patch_text_free(&patch);
}

static void lines_behind_an_edit_are_shifted(void **state)
{
    static const unsigned int rows[][2] = {
        {1, 1},   {10, 10}, {11, 0},  {12, 13},
        {20, 21}, {21, 0},  {22, 22}, {1000, 1000},
    };
    struct patch_text patch;

    (void)state;
    assert_int_equal(read_patch(GIT_PATCH, &patch), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(patch_file_new_line(&patch.files[0], rows[i][0]),
                         rows[i][1]);
    }
    patch_text_free(&patch);
}

/* Without context an empty range names the line before. */
static void insertion_without_context(void **state)
{
    struct patch_text patch;

    (void)state;
    assert_int_equal(read_patch("--- a/f\t2026-01-01\n+++ b/f\n"
                                "@@ -5,0 +6,2 @@\n+x\n+y\n"
                                "@@ -9 +10,0 @@\n-z\n",
                                &patch),
                     0);
    assert_string_equal(patch.files[0].path, "f");
    assert_int_equal(patch_file_new_line(&patch.files[0], 5), 5);
    assert_int_equal(patch_file_new_line(&patch.files[0], 6), 8);
    assert_int_equal(patch_file_new_line(&patch.files[0], 9), 0);
    assert_int_equal(patch_file_new_line(&patch.files[0], 10), 11);
    patch_text_free(&patch);
}

static void new_and_deleted_and_renamed_files(void **state)
{
    struct patch_text patch;

    (void)state;
    assert_int_equal(
        read_patch("--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+x\n"
                   "--- a/old.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
                   "\\ No newline at end of file\n"
                   "diff --git a/one.c b/two.c\nsimilarity index 100%\n"
                   "rename from one.c\nrename to two.c\n",
                   &patch),
        0);
    assert_int_equal(patch.paths.nr, 4);
    assert_true(text_list_has(&patch.paths, "new.c"));
    assert_true(text_list_has(&patch.paths, "old.c"));
    assert_true(text_list_has(&patch.paths, "one.c"));
    assert_true(text_list_has(&patch.paths, "two.c"));
    patch_text_free(&patch);
}

static void paths_that_leave_the_tree_are_einval(void **state)
{
    static const char *const rows[] = {
        "--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n",
        "--- a/x\n+++ b/y/../../x\n@@ -1 +1 @@\n-a\n+b\n",
        "--- a/x/..\n+++ b/x/..\n@@ -1 +1 @@\n-a\n+b\n",
        "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
        "--- a//etc/passwd\n+++ b//etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
        "--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n",
        "--- \"a/x\\056\"\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "rename from ../x\nrename to y\n",
        "rename from x\nrename to /y\n",
    };
    struct patch_text patch;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (read_patch(rows[i], &patch) != -EINVAL) {
            fail_msg("taken: %s", rows[i]);
        }
        assert_non_null(
            strstr(complaint, "a path that is not one in the tree"));
        patch_text_free(&patch);
    }
}

static void what_is_no_patch_is_einval_with_its_line(void **state)
{
    static const char *const rows[][2] = {
        {"", "there is no change"},
        {"words\n", "there is no change"},
        {"--- a/x\n", "fix.patch:1: no line +++"},
        {"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n", "fix.patch:4: the hunk"},
        {"--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n-b\n",
         "fix.patch:5: the hunk"},
        {"--- a/x\n+++ b/x\n@@ what @@\n", "fix.patch:3: no head"},
        {"--- a/x\n+++ b/x\n@@ -1 +99999999999 @@\n", "fix.patch:3: the hunk"},
        {"--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n", "neither"},
        {"GIT binary patch\n", "fix.patch:1: a binary patch"},
        {"@@ -1 +1 @@\n-a\n+b\n", "fix.patch:1: a hunk without"},
    };
    struct patch_text patch;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(read_patch(rows[i][0], &patch), -EINVAL);
        if (strstr(complaint, rows[i][1]) == NULL) {
            fail_msg("'%s' says: %s", rows[i][0], complaint);
        }
        patch_text_free(&patch);
    }
}

static int free_complaint(void **state)
{
    (void)state;
    free(complaint);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hunks_become_edits),
        cmocka_unit_test(lines_behind_an_edit_are_shifted),
        cmocka_unit_test(insertion_without_context),
        cmocka_unit_test(new_and_deleted_and_renamed_files),
        cmocka_unit_test(paths_that_leave_the_tree_are_einval),
        cmocka_unit_test(what_is_no_patch_is_einval_with_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, free_complaint);
}
