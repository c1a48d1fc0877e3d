// SPDX-License-Identifier: GPL-2.0
/*
 * From the syntax tree to mutations. A rule takes one node, finds in the text
 * what it is to change, and leaves it alone where the text is not what the
 * node says: then it comes from a macro. What stands in an ASSERT() has no
 * mutations: it says what must hold, and changes nothing.
 */
#include <clang-c/Index.h>
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"

#define STATUS_USAGE 2
#define MOST_CHILDREN 64

struct walk {
    struct mutations *all;
    const struct source *source;
    CXFile file;
    struct place place;
};

struct children {
    CXCursor of[MOST_CHILDREN];
    unsigned int nr;
};

/* Every operator and what comes in its place, one after the other. */
static const struct {
    const char *before;
    const char *after[2];
} operators[] = {
    {"<", {"<=", ">="}}, {"<=", {"<", ">"}}, {">", {">=", "<="}},
    {">=", {">", "<"}},  {"==", {"!="}},     {"!=", {"=="}},
    {"&&", {"||"}},      {"||", {"&&"}},     {"+", {"-"}},
    {"-", {"+"}},        {"*", {"/"}},       {"/", {"*"}},
    {"%", {"/"}},        {"<<", {">>"}},     {">>", {"<<"}},
    {"&", {"|"}},        {"|", {"&"}},       {"^", {"|"}},
    {"+=", {"-="}},      {"-=", {"+="}},     {"|=", {"&="}},
    {"&=", {"|="}},
};

static size_t offset_of(const struct walk *walk, CXSourceLocation location)
{
    CXFile file;
    unsigned int offset;

    clang_getSpellingLocation(location, &file, NULL, NULL, &offset);
    return file && clang_File_isEqual(file, walk->file) ? offset : SIZE_MAX;
}

/* A macro's name may end where its user's bracket does. */
static bool is_balanced(const struct walk *walk, struct range range)
{
    int depth = 0;

    for (size_t i = range.start; i < range.end && depth >= 0; i++) {
        const char at = walk->source->text[i];

        depth += (at == '(') - (at == ')');
    }
    return depth == 0;
}

/* Empty for what does not stand in the file. */
static struct range range_of(const struct walk *walk, CXCursor node)
{
    const CXSourceRange extent = clang_getCursorExtent(node);
    const struct range range = {
        offset_of(walk, clang_getRangeStart(extent)),
        offset_of(walk, clang_getRangeEnd(extent)),
    };

    return range.end <= walk->source->length && range.start < range.end &&
                   is_balanced(walk, range)
               ? range
               : (struct range){0, 0};
}

static int length_of(struct range range)
{
    return (int)(range.end - range.start);
}

static const char *text_of(const struct walk *walk, struct range range)
{
    return walk->source->text + range.start;
}

static enum CXChildVisitResult add_child(CXCursor child, CXCursor parent,
                                         CXClientData to)
{
    struct children *children = to;

    (void)parent;
    if (children->nr == MOST_CHILDREN) {
        return CXChildVisit_Break;
    }
    children->of[children->nr++] = child;
    return CXChildVisit_Continue;
}

static struct children children_of(CXCursor node)
{
    struct children children = {.nr = 0};

    clang_visitChildren(node, add_child, &children);
    return children;
}

static void add(struct walk *walk, struct range range, const char *after)
{
    mutations_add(walk->all, walk->source, &walk->place, range, "%s", after);
}

/* Without the white space around it. */
static struct range trim(const struct walk *walk, struct range range)
{
    const char *text = walk->source->text;

    while (range.start < range.end && isspace(text[range.start])) {
        range.start++;
    }
    while (range.start < range.end && isspace(text[range.end - 1])) {
        range.end--;
    }
    return range;
}

static int find_operator(const struct walk *walk, struct range range)
{
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
        if ((size_t)length_of(range) == strlen(operators[i].before) &&
            source_has(walk->source, range.start, operators[i].before)) {
            return (int)i;
        }
    }
    return -1;
}

/* The operator is all that stands between its two sides. */
static int operator_between(const struct walk *walk, CXCursor node,
                            struct range *range)
{
    const struct children sides = children_of(node);
    struct range left;
    struct range right;

    if (sides.nr != 2) {
        return -1;
    }
    left = range_of(walk, sides.of[0]);
    right = range_of(walk, sides.of[1]);
    if (left.end == 0 || right.start <= left.end) {
        return -1;
    }
    *range = trim(walk, (struct range){left.end, right.start});
    return find_operator(walk, *range);
}

static void change_operator(struct walk *walk, CXCursor node)
{
    struct range range;
    const int at = operator_between(walk, node, &range);

    for (int i = 0; at >= 0 && i < 2 && operators[at].after[i]; i++) {
        add(walk, range, operators[at].after[i]);
    }
}

/* !x, ~x and -x become x; ++ and -- each other. */
static void change_unary(struct walk *walk, CXCursor node)
{
    const struct range range = range_of(walk, node);
    const struct range first = {range.start, range.start + 2};
    const struct range last = {range.end - 2, range.end};

    if (range.end < 2) {
        return;
    }
    if (source_has(walk->source, first.start, "++") ||
        source_has(walk->source, first.start, "--")) {
        add(walk, first,
            source_has(walk->source, first.start, "++") ? "--" : "++");
    } else if (strchr("!~-", *text_of(walk, range))) {
        mutations_add(walk->all, walk->source, &walk->place, range, "%.*s",
                      length_of(range) - 1, text_of(walk, range) + 1);
    } else if (source_has(walk->source, last.start, "++")) {
        add(walk, last, "--");
    } else if (source_has(walk->source, last.start, "--")) {
        add(walk, last, "++");
    }
}

static bool is_number(const struct walk *walk, struct range range, int number)
{
    char text[16];

    snprintf(text, sizeof(text), "%d", number);
    return (size_t)length_of(range) == strlen(text) &&
           source_has(walk->source, range.start, text);
}

static void change_constant(struct walk *walk, CXCursor node)
{
    const struct range range = range_of(walk, node);

    if (source_has(walk->source, range.start, "true")) {
        add(walk, (struct range){range.start, range.start + 4}, "false");
    } else if (source_has(walk->source, range.start, "false")) {
        add(walk, (struct range){range.start, range.start + 5}, "true");
    } else if (is_number(walk, range, 0)) {
        add(walk, range, "1");
    } else if (is_number(walk, range, 1)) {
        add(walk, range, "0");
        add(walk, range, "2");
    } else if (isdigit(*text_of(walk, range))) {
        mutations_add(walk->all, walk->source, &walk->place, range,
                      "(%.*s + 1)", length_of(range), text_of(walk, range));
        mutations_add(walk->all, walk->source, &walk->place, range,
                      "(%.*s - 1)", length_of(range), text_of(walk, range));
    }
}

static bool is_arithmetic(CXType type)
{
    return type.kind >= CXType_Bool && type.kind <= CXType_Int128;
}

static bool can_swap(CXCursor left, CXCursor right)
{
    const CXType a = clang_getCanonicalType(clang_getCursorType(left));
    const CXType b = clang_getCanonicalType(clang_getCursorType(right));

    return clang_equalTypes(a, b) || (is_arithmetic(a) && is_arithmetic(b));
}

/* What is compared with what makes no difference but to a sign. */
static bool is_comparison(CXCursor call)
{
    static const char *const names[] = {"strcmp", "strncmp", "memcmp"};
    CXString name = clang_getCursorSpelling(call);
    bool is_one = false;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        is_one = is_one || strcmp(clang_getCString(name), names[i]) == 0;
    }
    clang_disposeString(name);
    return is_one;
}

/* Each two arguments that follow each other. */
static void swap_arguments(struct walk *walk, CXCursor node)
{
    const int nr = is_comparison(node) ? 0 : clang_Cursor_getNumArguments(node);

    for (int i = 0; i + 1 < nr; i++) {
        const CXCursor left = clang_Cursor_getArgument(node, i);
        const CXCursor right = clang_Cursor_getArgument(node, i + 1);
        const struct range a = range_of(walk, left);
        const struct range b = range_of(walk, right);

        if (a.end == 0 || b.start <= a.end || !can_swap(left, right) ||
            (length_of(a) == length_of(b) &&
             memcmp(text_of(walk, a), text_of(walk, b), length_of(a)) == 0)) {
            continue;
        }
        mutations_add(walk->all, walk->source, &walk->place,
                      (struct range){a.start, b.end}, "%.*s%.*s%.*s",
                      length_of(b), text_of(walk, b), (int)(b.start - a.end),
                      walk->source->text + a.end, length_of(a),
                      text_of(walk, a));
    }
}

/* A comparison has rules of its own, and so has what is negated already. */
static void negate_condition(struct walk *walk, CXCursor condition)
{
    struct range range = range_of(walk, condition);
    struct range between;

    if (operator_between(walk, condition, &between) < 0 &&
        !source_has(walk->source, range.start, "!")) {
        mutations_add(walk->all, walk->source, &walk->place, range, "!(%.*s)",
                      length_of(range), text_of(walk, range));
    }
}

/* The last child that is an expression, before the body or the branches. */
static void negate(struct walk *walk, CXCursor node)
{
    const struct children children = children_of(node);
    const enum CXCursorKind kind = clang_getCursorKind(node);

    if (kind == CXCursor_DoStmt && children.nr == 2) {
        negate_condition(walk, children.of[1]);
    } else if (kind != CXCursor_DoStmt && children.nr >= 2) {
        negate_condition(walk, children.of[0]);
    }
}

static void change_result(struct walk *walk, CXCursor node)
{
    const struct children children = children_of(node);
    struct range range;
    CXType type;

    if (children.nr != 1) {
        return;
    }
    range = range_of(walk, children.of[0]);
    type = clang_getCanonicalType(clang_getCursorType(children.of[0]));
    if (type.kind == CXType_Pointer &&
        !source_has(walk->source, range.start, "NULL")) {
        add(walk, range, "NULL");
    } else if (type.kind == CXType_Bool) {
        negate_condition(walk, children.of[0]);
    } else if (is_arithmetic(type) && !is_number(walk, range, 0)) {
        add(walk, range, "0");
    }
}

static bool can_be_dropped(CXCursor statement)
{
    switch (clang_getCursorKind(statement)) {
    case CXCursor_CallExpr:
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
    case CXCursor_UnaryOperator:
    case CXCursor_CStyleCastExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_StmtExpr:
    case CXCursor_DoStmt:
    case CXCursor_BreakStmt:
    case CXCursor_ContinueStmt:
        return true;
    case CXCursor_IfStmt:
        return children_of(statement).nr == 2;
    default:
        return false;
    }
}

static void drop(struct walk *walk, CXCursor statement)
{
    const struct range range = range_of(walk, statement);

    if (can_be_dropped(statement)) {
        add(walk, range,
            clang_getCursorKind(statement) == CXCursor_IfStmt ? ";" : "");
    }
}

static bool is_claim(const struct walk *walk, CXCursor node)
{
    const struct range range = range_of(walk, node);

    return range.end && source_has(walk->source, range.start, "ASSERT(");
}

static void apply_rules(struct walk *walk, CXCursor node)
{
    switch (clang_getCursorKind(node)) {
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        change_operator(walk, node);
        break;
    case CXCursor_UnaryOperator:
        change_unary(walk, node);
        break;
    case CXCursor_IntegerLiteral:
        change_constant(walk, node);
        break;
    case CXCursor_CallExpr:
        swap_arguments(walk, node);
        break;
    case CXCursor_IfStmt:
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
    case CXCursor_ConditionalOperator:
        negate(walk, node);
        break;
    case CXCursor_ReturnStmt:
        change_result(walk, node);
        break;
    default:
        break;
    }
}

static struct place place_of(const struct walk *walk, CXCursor function)
{
    const struct range range = range_of(walk, function);
    CXString name = clang_getCursorSpelling(function);
    struct place place = {
        .first_line = source_line(walk->source, range.start),
        .last_line = source_line(walk->source, range.end),
    };

    snprintf(place.function, sizeof(place.function), "%s",
             clang_getCString(name));
    clang_disposeString(name);
    return place;
}

static enum CXChildVisitResult visit(CXCursor node, CXCursor parent,
                                     CXClientData client)
{
    struct walk *walk = client;
    const struct place outside = walk->place;
    const enum CXCursorKind kind = clang_getCursorKind(node);

    if (offset_of(walk, clang_getCursorLocation(node)) == SIZE_MAX ||
        kind == CXCursor_AsmStmt || is_claim(walk, node)) {
        return CXChildVisit_Continue;
    }
    if (kind == CXCursor_FunctionDecl) {
        walk->place = place_of(walk, node);
    }
    if (clang_getCursorKind(parent) == CXCursor_CompoundStmt) {
        drop(walk, node);
    }
    apply_rules(walk, node);
    clang_visitChildren(node, visit, walk);
    walk->place = outside;
    return CXChildVisit_Continue;
}

static void check_that_it_parses(const struct source *source,
                                 CXTranslationUnit unit)
{
    for (unsigned int i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic one = clang_getDiagnostic(unit, i);

        if (clang_getDiagnosticSeverity(one) >= CXDiagnostic_Error) {
            errx(STATUS_USAGE, "%s does not parse: %s", source->path,
                 clang_getCString(clang_formatDiagnostic(
                     one, clang_defaultDiagnosticDisplayOptions())));
        }
        clang_disposeDiagnostic(one);
    }
}

void rules_find(struct mutations *all, const struct source *source,
                const char *const *flags, int nr_flags)
{
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = clang_parseTranslationUnit(
        index, source->path, flags, nr_flags, NULL, 0, CXTranslationUnit_None);
    struct walk walk = {.all = all, .source = source, .place = {"-", 0, 0}};

    if (unit == NULL) {
        errx(STATUS_USAGE, "%s does not parse", source->path);
    }
    check_that_it_parses(source, unit);
    walk.file = clang_getFile(unit, source->path);
    clang_visitChildren(clang_getTranslationUnitCursor(unit), visit, &walk);
    mutations_number(all, source);
    clang_disposeTranslationUnit(unit);
    clang_disposeIndex(index);
}
