// SPDX-License-Identifier: GPL-2.0
/*
 * What the differences say. A compiler, an option or a configuration that is
 * another one changes much of everything; another source changes a little.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "image/compiler.h"
#include "image/proof.h"
#include "lib/safe_text.h"

/* A part of all functions, in percent, from which on it is not the source. */
#define MOST_OF_SOURCE 20

/* ---- what differs in any two builds -------------------------------------- */

/* Xen tells guests of the build through functions of these names: of each the
 * text is the build's own, and may be empty or the end of another one. The
 * compiler's is not among them. */
static bool tells_of_the_build(const struct disproof *disproof)
{
    return (disproof->kind == DISPROOF_TEXT ||
            disproof->kind == DISPROOF_PLACE) &&
           (strncmp(disproof->symbol, "xen_compile_", 12) == 0 ||
            strcmp(disproof->symbol, "xen_changeset") == 0);
}

/* Whether `text` with `old` replaced by `new` is `other`. */
static bool is_replaced(const char *text, const char *other, const char *old,
                        const char *new)
{
    const char *at = old[0] ? strstr(text, old) : NULL;
    const size_t before = at ? (size_t)(at - text) : 0;

    return at && strncmp(text, other, before) == 0 &&
           strncmp(other + before, new, strlen(new)) == 0 &&
           strcmp(at + strlen(old), other + before + strlen(new)) == 0;
}

/* There are few that tell of the build. */
static bool is_of_the_build(const struct proof *proof,
                            const struct disproof *disproof)
{
    if (tells_of_the_build(disproof)) {
        return true;
    }
    if (disproof->kind != DISPROOF_TEXT || !disproof->texts[0] ||
        !disproof->texts[1]) {
        return false;
    }
    for (size_t i = 0, told = 0; i < proof->nr && told < 8; i++) {
        const struct disproof *other = &proof->disproofs[i];

        if (tells_of_the_build(other) && other->texts[0] && other->texts[1]) {
            told++;
            if (is_replaced(disproof->texts[0], disproof->texts[1],
                            other->texts[0], other->texts[1])) {
                return true;
            }
        }
    }
    return false;
}

/* ---- sums ------------------------------------------------------------------
 */

struct sums {
    size_t of_kind[DISPROOF_TEXT + 1];
    size_t nr, nr_functions, nr_of_build, nr_unseen_files;
    const char *unseen_file; /* the first */
};

static struct sums sum_up(const struct proof *proof)
{
    struct sums sums = {.nr = 0};

    for (size_t i = 0; i < proof->nr; i++) {
        const struct disproof *disproof = &proof->disproofs[i];

        if (is_of_the_build(proof, disproof)) {
            sums.nr_of_build++;
        } else {
            sums.nr++;
            sums.nr_functions += disproof->is_function;
            sums.of_kind[disproof->kind]++;
        }
    }
    for (size_t i = 0; i < image_nr_files(proof->image); i++) {
        const char *name = image_file_name(proof->image, i);

        if (!proof->files_seen[i] && strchr(name, '/')) {
            sums.nr_unseen_files++;
            sums.unseen_file = sums.unseen_file ? sums.unseen_file : name;
        }
    }
    return sums;
}

bool proof_holds(const struct proof *proof)
{
    return proof->nr_functions > 0 && !proof->other_compiler &&
           sum_up(proof).nr == 0;
}

/* ---- text ------------------------------------------------------------------
 */

static void print_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    safe_print(out, text, strlen(text));
    fputc('"', out);
}

static void print_detail(const struct disproof *disproof, FILE *out)
{
    switch (disproof->kind) {
    case DISPROOF_MACHINE:
        fputs("for another machine than the image", out);
        break;
    case DISPROOF_ABSENT:
        fputs("not in the image, though its source file is", out);
        break;
    case DISPROOF_SIZE:
        fprintf(out, "%lu bytes here, %lu in the image", disproof->bytes[0],
                disproof->bytes[1]);
        break;
    case DISPROOF_BYTES:
        fprintf(out, "differs from byte %#lx of %lu on", disproof->offset,
                disproof->bytes[0]);
        break;
    case DISPROOF_PLACE:
        fprintf(out, "byte %#lx leads to ", disproof->offset);
        print_quoted(out, disproof->texts[0]);
        fputs(" here, in the image to ", out);
        print_quoted(out, disproof->texts[1]);
        break;
    case DISPROOF_TEXT:
        fputs("uses ", out);
        if (!disproof->texts[0] || !disproof->texts[1]) {
            fputs("a constant or table with other contents", out);
            break;
        }
        print_quoted(out, disproof->texts[0]);
        fputs(" here, in the image ", out);
        print_quoted(out, disproof->texts[1]);
        break;
    }
}

struct ranked {
    const struct disproof *disproof;
};

/* Functions before data, then by kind, then as they came. */
static int by_weight(const void *a, const void *b)
{
    const struct disproof *one = ((const struct ranked *)a)->disproof;
    const struct disproof *other = ((const struct ranked *)b)->disproof;

    if (one->is_function != other->is_function) {
        return one->is_function ? -1 : 1;
    }
    if (one->kind != other->kind) {
        return (int)one->kind - (int)other->kind;
    }
    return (one > other) - (one < other);
}

static void print_disproofs(const struct proof *proof, size_t nr_lines,
                            FILE *out)
{
    struct ranked *sorted = must_alloc_items(proof->nr, sizeof(*sorted));
    size_t nr = 0;

    for (size_t i = 0; i < proof->nr; i++) {
        if (!is_of_the_build(proof, &proof->disproofs[i])) {
            sorted[nr++].disproof = &proof->disproofs[i];
        }
    }
    qsort(sorted, nr, sizeof(*sorted), by_weight);
    for (size_t i = 0; i < nr && i < nr_lines; i++) {
        const struct disproof *disproof = sorted[i].disproof;

        fputs("  ", out);
        safe_print(out, disproof->object, strlen(disproof->object));
        fputs(": ", out);
        safe_print(out, disproof->symbol, strlen(disproof->symbol));
        fputs(": ", out);
        print_detail(disproof, out);
        fputc('\n', out);
    }
    if (nr > nr_lines) {
        fprintf(out, "  and %zu more\n", nr - nr_lines);
    }
    free(sorted);
}

static void print_compared(const struct proof *proof, const struct sums *sums,
                           FILE *out)
{
    fprintf(out,
            "compared with the image: %zu functions, %zu variables, %zu "
            "strings, constants and tables, %zu links\n",
            proof->nr_functions, proof->nr_variables, proof->nr_unnamed,
            proof->nr_fields);
    if (proof->nr_fields_unknown) {
        fprintf(out, "links that lead to what has no name there: %zu\n",
                proof->nr_fields_unknown);
    }
    if (proof->nr_absent_objects) {
        fprintf(out,
                "not in the image: %zu objects with %zu functions and "
                "variables\n",
                proof->nr_absent_objects, proof->nr_absent);
    }
    if (sums->nr_of_build) {
        fprintf(out, "texts that tell of the build's date and place: %zu\n",
                sums->nr_of_build);
    }
}

static void print_compiler(const struct proof *proof, FILE *out)
{
    const char *theirs = compiler_of_image(proof->image);

    fputs("the compiler is another one: here ", out);
    print_quoted(out, proof->other_compiler);
    fputs(", of the image ", out);
    print_quoted(out, theirs ? theirs : "unknown");
    fputs("; build with that one\n", out);
}

/* Why, as far as it can be told. */
static void print_reason(const struct proof *proof, const struct sums *sums,
                         FILE *out)
{
    const uint64_t here = proof->function_bytes[0];
    const uint64_t there = proof->function_bytes[1];

    if (sums->of_kind[DISPROOF_MACHINE]) {
        fputs("the objects are for another machine: give the architecture of "
              "the image\n",
              out);
    } else if (proof->other_compiler) {
        print_compiler(proof, out);
    } else if (proof->nr_functions == 0) {
        fputs("nothing of these objects is in the image: it was built from "
              "another tree\n",
              out);
    } else if (sums->nr_functions * 100 >
               proof->nr_functions * MOST_OF_SOURCE) {
        fprintf(out,
                "%zu of %zu functions differ, which have %lu bytes here and "
                "%lu in the image: the configuration (CONFIG_DEBUG, ...) or "
                "the compiler's options (-O, ...) are others; build as the "
                "image was built\n",
                sums->nr_functions, proof->nr_functions, here, there);
    } else if (sums->nr) {
        fprintf(out,
                "differences: %zu, in %zu functions and %zu variables: the "
                "source or a part of the configuration is another one; take "
                "the source that the image was built from, with all its "
                "patches\n",
                sums->nr, proof->nr_functions, proof->nr_variables);
    }
    if (!proof_holds(proof) && sums->nr_unseen_files) {
        fprintf(out,
                "of %zu source files of the image there is no object, the "
                "first is ",
                sums->nr_unseen_files);
        print_quoted(out, sums->unseen_file);
        fputs(": the configuration is another one\n", out);
    }
}

void proof_print(const struct proof *proof, size_t nr_lines, FILE *out)
{
    const struct sums sums = sum_up(proof);

    print_compared(proof, &sums, out);
    print_reason(proof, &sums, out);
    print_disproofs(proof, nr_lines, out);
}
