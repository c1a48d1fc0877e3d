// SPDX-License-Identifier: GPL-2.0
/*
 * A payload is read by the linker and its code is run: it computes what the
 * objects that it was made of compute, whatever compiler has made them.
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

#include "by_hand.h"
#include "write/payload.h"

#define OUTPUT_BYTES 65536

static void run(const char *command)
{
    if (system(command) != 0) {
        fail_msg("%s", command);
    }
}

/* What a program prints. */
static char *said_by(const char *program)
{
    char *text = calloc(1, OUTPUT_BYTES);
    FILE *from = popen(program, "r");

    assert_non_null(text);
    assert_non_null(from);
    assert_true(fread(text, 1, OUTPUT_BYTES - 1, from) > 0);
    assert_int_equal(pclose(from), 0);
    return text;
}

static void write_payload(const char *compiler, const char *path)
{
    char first[256], second[256];
    struct by_hand hand;
    struct payload_file file;

    snprintf(first, sizeof(first), SAMPLES "%s/fix.o", compiler);
    snprintf(second, sizeof(second), SAMPLES "%s/other.o", compiler);
    by_hand_open(&hand, (const char *const[]){first, second, NULL});
    by_hand_want(by_hand_find(&hand, "fix"));
    by_hand_want(by_hand_find(&hand, "other"));
    by_hand_include(&hand);
    by_hand_replace(&hand, "fix", by_hand_find(&hand, "fix"));
    file = by_hand_write(&hand);
    assert_int_equal(payload_save(path, &file, stderr), 0);
    payload_file_free(&file);
    by_hand_close(&hand);
}

static void check_runs(const char *compiler)
{
    char folder[] = "/tmp/payload-runs-XXXXXX";
    char command[1024];
    char *from_objects, *from_payload;

    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof(command), "%s/payload.o", folder);
    write_payload(compiler, command);
    snprintf(command, sizeof(command),
             "cd %s && objcopy --globalize-symbol=fix payload.o && "
             "gcc -o payload \"$OLDPWD\"/" SAMPLES "gcc/run.o payload.o && "
             "gcc -o objects \"$OLDPWD\"/" SAMPLES "gcc/run.o "
             "\"$OLDPWD\"/" SAMPLES "%s/fix.o \"$OLDPWD\"/" SAMPLES
             "%s/other.o",
             folder, compiler, compiler);
    run(command);
    snprintf(command, sizeof(command), "%s/objects", folder);
    from_objects = said_by(command);
    snprintf(command, sizeof(command), "%s/payload", folder);
    from_payload = said_by(command);
    assert_string_equal(from_payload, from_objects);
    free(from_objects);
    free(from_payload);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    run(command);
}

static void code_of_gcc_computes_as_before(void **state)
{
    (void)state;
    check_runs("gcc");
}

static void code_of_clang_computes_as_before(void **state)
{
    (void)state;
    check_runs("clang");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_of_gcc_computes_as_before),
        cmocka_unit_test(code_of_clang_computes_as_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
