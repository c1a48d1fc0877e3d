/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A stream of glibc's fopencookie(), unbuffered, so that what it passes on
 * keeps its order with what is printed elsewhere.
 */
#include "session/complaints.h"

#include <stdlib.h>
#include <string.h>

/* What there is no memory for is printed all the same. */
static ssize_t take(void *cookie, const char *bytes, size_t nr_bytes)
{
    struct complaints *complaints = cookie;
    char *text = realloc(complaints->text, complaints->nr_bytes + nr_bytes + 1);

    if (text) {
        memcpy(text + complaints->nr_bytes, bytes, nr_bytes);
        complaints->text = text;
        complaints->nr_bytes += nr_bytes;
        text[complaints->nr_bytes] = '\0';
    }
    return (ssize_t)fwrite(bytes, 1, nr_bytes, complaints->err);
}

void complaints_start(struct complaints *complaints, FILE *err)
{
    *complaints = (struct complaints){.err = err};
    complaints->stream =
        fopencookie(complaints, "w", (cookie_io_functions_t){.write = take});
    if (complaints->stream) {
        setvbuf(complaints->stream, NULL, _IONBF, 0);
    }
}

void complaints_forget(struct complaints *complaints)
{
    complaints->nr_bytes = 0;
    if (complaints->text) {
        complaints->text[0] = '\0';
    }
}

void complaints_end(struct complaints *complaints)
{
    if (complaints->stream) {
        fclose(complaints->stream);
    }
    free(complaints->text);
}
