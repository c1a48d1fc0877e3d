/* SPDX-License-Identifier: GPL-2.0 */
/*
 * status, check, metrics and their JSON say the same of the same facts: every
 * combination of them is rendered by each, and what they say is compared by
 * code and name. Names and texts are such that a careless rendering breaks.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "commands/attention_metrics.h"
#include "commands/check_line.h"
#include "judgement/attention_report.h"
#include "judgement/judgement.h"
#include "lib/report.h"

#define NAME_OF_FILE "a|b"
#define NAME_OF_LOADED "c\nd"

/* How many points of each code a rendering has. */
struct tally {
    unsigned int nr[NR_ATTENTION_CODES];
    int worst;
};

static char text[64 * 1024];

static FILE *start_text(void)
{
    FILE *out = fmemopen(text, sizeof(text), "w");

    assert_non_null(out);
    return out;
}

static struct tally tally_of_judgement(const struct judgement *judgement)
{
    struct tally tally = {.worst = (int)judgement_worst(judgement)};

    for (size_t i = 0; i < judgement->nr; i++) {
        tally.nr[judgement->points[i].code]++;
    }
    return tally;
}

/* Lines "  LEVEL CODE[ NAME]: ..." */
static struct tally tally_of_status(const struct judgement *judgement)
{
    struct tally tally = {.worst = 0};
    FILE *out = start_text();
    char *rest = NULL;

    attention_print(out, judgement);
    fclose(out);
    assert_true(!strncmp(text, "attention:      ", 16));
    tally.worst = !strncmp(text + 16, "WARNING, ", 9)     ? 1
                  : !strncmp(text + 16, "CRITICAL, ", 10) ? 2
                                                          : 0;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char level[16];
        char word[32];
        enum attention_code code;

        if (line == text) {
            continue;
        }
        assert_int_equal(strncmp(line, "  ", 2), 0); /* no forged line */
        if (line[2] == ' ') {
            continue;
        }
        assert_int_equal(sscanf(line, "%15s %31[a-z-]", level, word), 2);
        assert_true(attention_find(word, &code));
        assert_string_equal(
            level, attention_kinds[code].level == ATTENTION_NOTE
                       ? "note"
                       : attention_level_word(attention_kinds[code].level));
        tally.nr[code]++;
    }
    return tally;
}

/* In the one line codes stand at its start or after "; ". */
static struct tally tally_of_check(const struct facts *facts,
                                   const struct judgement *judgement)
{
    struct tally tally = {.worst = 0};
    FILE *out = start_text();
    char *bar;

    check_line_print(out, facts, judgement);
    fclose(out);
    bar = strchr(text, '|');
    assert_non_null(bar);
    assert_null(strchr(bar + 1, '|'));
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
    tally.worst = !strncmp(text, "LIVEPATCH WARNING - ", 20)    ? 1
                  : !strncmp(text, "LIVEPATCH CRITICAL - ", 21) ? 2
                                                                : 0;
    assert_true(tally.worst || !strncmp(text, "LIVEPATCH OK - ", 15));
    *bar = '\0';
    for (char *part = strstr(text, " - ") + 3; part;
         part = strstr(part, "; ")) {
        char word[32];
        enum attention_code code;

        part += strspn(part, "; ");
        if (sscanf(part, "%31[a-z-]", word) == 1 &&
            attention_find(word, &code)) {
            tally.nr[code]++;
        }
    }
    return tally;
}

static struct tally tally_of_metrics(const struct judgement *judgement)
{
    struct metric_writer writer = {.out = start_text()};
    struct tally tally = {.worst = -1};
    const char *before = "";
    char *rest = NULL;

    attention_metrics_write(&writer, judgement);
    fclose(writer.out);
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char word[32];
        char level[16];
        enum attention_code code;
        unsigned int nr;

        sscanf(line, "xen_livepatch_attention_level %d", &tally.worst);
        if (sscanf(line,
                   "xen_livepatch_attention{code=\"%31[a-z-]\",level=\"%15[a-z]"
                   "\"} %u",
                   word, level, &nr) == 3) {
            assert_true(attention_find(word, &code));
            tally.nr[code] = nr;
        }
        assert_string_not_equal(line, before); /* no sample twice */
        before = line;
        if (sscanf(line, "xen_livepatch_attention_point{code=\"%31[a-z-]\"",
                   word) == 1) {
            assert_true(attention_find(word, &code));
            assert_true(tally.nr[code] > 0);
        }
    }
    return tally;
}

static struct tally tally_of_json(const struct judgement *judgement)
{
    struct tally tally = {.worst = 0};
    struct json_object *report = report_new();
    struct json_object *list;

    attention_report(report, judgement);
    assert_true(json_object_object_get_ex(report, "attention", &list));
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *point = json_object_array_get_idx(list, i);
        struct json_object *value;
        enum attention_code code;

        assert_true(json_object_object_get_ex(point, "code", &value));
        assert_true(attention_find(json_object_get_string(value), &code));
        tally.nr[code]++;
        assert_true(json_object_object_get_ex(point, "level", &value));
        if (!strcmp(json_object_get_string(value), "critical")) {
            tally.worst = 2;
        } else if (!strcmp(json_object_get_string(value), "warning")) {
            tally.worst = tally.worst ? tally.worst : 1;
        }
        assert_true(json_object_object_get_ex(point, "next", &value));
        assert_true(json_object_get_string_len(value) > 0);
    }
    report_free(report);
    return tally;
}

/* `is_by_code`: several points of one code may be told as one. */
static void assert_same(const struct tally *one, const struct tally *other,
                        bool is_by_code)
{
    assert_int_equal(one->worst, other->worst);
    for (unsigned int i = 0; i < NR_ATTENTION_CODES; i++) {
        if (is_by_code) {
            assert_int_equal(one->nr[i] > 0, other->nr[i] > 0);
        } else {
            assert_int_equal(one->nr[i], other->nr[i]);
        }
    }
}

static void compare(const struct facts *facts)
{
    struct judgement judgement;
    struct tally judged;
    struct tally told;

    assert_int_equal(judge(facts, &judgement), 0);
    judged = tally_of_judgement(&judgement);
    told = tally_of_status(&judgement);
    assert_same(&judged, &told, false);
    told = tally_of_metrics(&judgement);
    assert_same(&judged, &told, false);
    told = tally_of_json(&judgement);
    assert_same(&judged, &told, false);
    told = tally_of_check(facts, &judgement);
    assert_same(&judged, &told, true);
    judgement_free(&judgement);
}

static char *const flaws[] = {"/d/order:1: x|\n: why", "/d/x.pin"};

/* Number `n` of all combinations; false: there are not so many. */
static bool combine(unsigned int n, struct facts *facts,
                    struct loaded_facts *loaded, struct file_facts *file)
{
    static const int errors[] = {0, -EAGAIN, -EBUSY};
    unsigned int guard = n % 5;
    unsigned int fit = (n /= 5) % (FILE_NEEDS_BOOT + 2);
    unsigned int payload = (n /= FILE_NEEDS_BOOT + 2) % 13;
    unsigned int rest = n / 13;

    *loaded = (struct loaded_facts){
        .name = NAME_OF_LOADED,
        .status = {payload & 1 ? PAYLOAD_APPLIED : PAYLOAD_CHECKED,
                   errors[payload / 2 % 3]},
        .is_spent = !(payload & 1) && payload >= 6,
        .is_unwanted = payload & 1 && payload >= 6,
    };
    *file = (struct file_facts){.name = NAME_OF_FILE,
                                .path = "/d/" NAME_OF_FILE,
                                .fit = (enum file_fit)fit,
                                .is_stuck = rest & 1,
                                .why = rest & 1 ? "why; not |\n" : NULL};
    *facts = (struct facts){
        .loaded = loaded,
        .nr_loaded = payload < 12,
        .files = file,
        .nr_files = fit <= FILE_NEEDS_BOOT,
        .folder_trouble = rest & 2 ? "no |\nfolder" : NULL,
        .flaws = flaws,
        .nr_flaws = rest & 4 ? 2 : 0,
        .guard = (enum guard_facts)guard,
        .guard_error = EIO,
        .state_dir = "/s|\n",
        .held_names = NAME_OF_FILE "\n",
        .trial_names = rest & 16 ? NAME_OF_LOADED : NULL,
        .sync_status = rest & 4 ? 5 : 0,
        .log_path = "/l|\n",
        .log_error = rest & 8 ? EACCES : 0,
        .stops = {.last_ns = rest & 1 ? 12345 : 0, .is_counted = rest & 2},
    };
    return rest < 32;
}

static void every_rendering_says_the_same(void **state)
{
    struct loaded_facts loaded;
    struct file_facts file;
    struct facts facts;
    unsigned int n = 0;

    (void)state;
    while (combine(n, &facts, &loaded, &file)) {
        compare(&facts);
        n++;
    }
    assert_int_equal(n, 5 * 10 * 13 * 32);
}

static const struct file_facts many[21] = {
    [0 ... 19] = {.name = "f", .path = "/d/f", .fit = FILE_NOT_APPLIED},
    [20] = {.name = "g", .path = "/d/g", .fit = FILE_REISSUED}};

static void many_points_of_one_code_are_counted_in_status(void **state)
{
    const struct facts facts = {
        .files = many, .nr_files = 21, .held_names = "", .state_dir = ""};
    struct judgement judgement;
    FILE *out = start_text();

    (void)state;
    assert_int_equal(judge(&facts, &judgement), 0);
    attention_print(out, &judgement);
    fclose(out);
    assert_non_null(strstr(text, "attention:      WARNING, 21 points\n"));
    assert_non_null(
        strstr(text, "  WARNING not-applied: 12 more, which --json shows\n"
                     "  WARNING reissued g: "));
    judgement_free(&judgement);
}

static void many_points_of_one_code_are_counted_in_check(void **state)
{
    const struct facts facts = {
        .files = many, .nr_files = 21, .held_names = "", .state_dir = ""};
    struct judgement judgement;
    FILE *out = start_text();

    (void)state;
    assert_int_equal(judge(&facts, &judgement), 0);
    check_line_print(out, &facts, &judgement);
    fclose(out);
    assert_non_null(strstr(text, "WARNING - not-applied f, f, f, f, f and 15 "
                                 "more: /d/f is for this"));
    assert_non_null(strstr(text, " not_applied=20 "));
    judgement_free(&judgement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rendering_says_the_same),
        cmocka_unit_test(many_points_of_one_code_are_counted_in_status),
        cmocka_unit_test(many_points_of_one_code_are_counted_in_check),
    };

    return cmocka_run_group_tests_name("xen-livepatch renderings", tests, NULL,
                                       NULL);
}
