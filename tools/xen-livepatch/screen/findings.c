/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line: PATH: ERRNO: words. Words have names from the payload in them, so
 * they are printed escaped.
 */
#include "screen/findings.h"

#include <stdarg.h>
#include <string.h>

#include "lib/report.h"
#include "lib/safe_text.h"

void findings_add(struct findings *findings, const char *error_name,
                  const char *format, ...)
{
    struct json_object *object = report_list_object(findings->list);
    char text[256];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    findings->nr++;
    if (findings->list) {
        report_add_text(object, "error_name", error_name);
        report_add_text(object, "text", text);
        return;
    }
    fprintf(findings->out, "%s: %s: ", findings->path, error_name);
    safe_print(findings->out, text, strlen(text));
    fputc('\n', findings->out);
}
