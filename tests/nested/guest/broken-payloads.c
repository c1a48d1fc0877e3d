/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Uploads the set of broken payloads (tests/broken) to the hypervisor under
 * dom0, unloads what loads, and says of each whether the answer and the line
 * in the hypervisor's log are what the set wants. One process, so that
 * thousands of uploads take seconds under emulation.
 *
 *     broken-payloads rows      one line for each: `pass NAME` or `fail NAME`,
 *                               with why behind `#`
 *     broken-payloads flips     one line for all flips
 *     broken-payloads memory    the hypervisor's free pages
 *     broken-payloads row NAME  only this one, and what the hypervisor said
 *     broken-payloads stock ANSWERS
 *                               for stock Xen: whether it answers to each as
 *                               the file says (tests/broken/predict); what it
 *                               may not survive is left out
 *     broken-payloads deadly N  only number N, whatever comes of it
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "broken/set.h"
#include "dom0/hypervisor.h"

#define MOST_BYTES (4u << 20) /* of a file; more than any that is sent */
#define LOG_BYTES (1u << 17)
#define MOST_SHOWN 20

/* What the set's good payload is made for; reads it once. */
int xen_build_id(const void **bytes, unsigned int *len);

static struct xen_sysctl *request;
static uint8_t *file;
static char *name;
static char *text; /* the hypervisor's log, since it was last read */

int xen_build_id(const void **bytes, unsigned int *len)
{
    static uint8_t id[64];
    static size_t nr;

    if (!nr) {
        FILE *stream = fopen("/sys/hypervisor/properties/buildid", "rb");

        nr = stream ? fread(id, 1, sizeof(id), stream) : 0;
        if (!nr) {
            perror("/sys/hypervisor/properties/buildid");
            exit(1);
        }
        fclose(stream);
    }
    *bytes = id;
    *len = (unsigned int)nr;
    return 0;
}

/* ---- requests ------------------------------------------------------------ */

static struct xen_sysctl *start_request(uint32_t cmd)
{
    memset(request, 0, sizeof(*request));
    request->cmd = cmd;
    request->interface_version = XEN_SYSCTL_INTERFACE_VERSION;
    return request;
}

static struct xen_livepatch_name request_name(const char *wanted)
{
    struct xen_livepatch_name made;

    memset(&made, 0, sizeof(made));
    strcpy(name, wanted);
    set_xen_guest_handle(made.name, name);
    made.size = (uint16_t)(strlen(wanted) + 1);
    return made;
}

static int upload(const struct broken_payload *broken)
{
    struct xen_sysctl_livepatch_op *op =
        &start_request(XEN_SYSCTL_livepatch_op)->u.livepatch;

    memcpy(file, broken->bytes, broken->size);
    op->cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD;
    op->u.upload.name = request_name(broken->name);
    op->u.upload.size = broken->size;
    set_xen_guest_handle(op->u.upload.payload, file);
    return sysctl_send(request);
}

static int unload(const struct broken_payload *broken)
{
    struct xen_sysctl_livepatch_op *op =
        &start_request(XEN_SYSCTL_livepatch_op)->u.livepatch;

    op->cmd = XEN_SYSCTL_LIVEPATCH_ACTION;
    op->u.action.name = request_name(broken->name);
    op->u.action.cmd = LIVEPATCH_ACTION_UNLOAD;
    return sysctl_send(request);
}

/* Takes the log out of the hypervisor's ring. */
static void take_log(void)
{
    struct xen_sysctl_readconsole *op =
        &start_request(XEN_SYSCTL_readconsole)->u.readconsole;

    op->clear = 1;
    op->count = LOG_BYTES - 1;
    set_xen_guest_handle(op->buffer, text);
    text[sysctl_send(request) < 0 ? 0 : op->count] = '\0';
}

static uint64_t free_pages(void)
{
    start_request(XEN_SYSCTL_physinfo);
    if (sysctl_send(request) < 0) {
        fprintf(stderr, "broken-payloads: no physinfo\n");
        exit(1);
    }
    return request->u.physinfo.free_pages;
}

/* ---- one payload --------------------------------------------------------- */

/* Lines from this one on that are about the payload are those of unknown
 * symbols, of which there is one each. */
static bool are_unknown_symbols(const char *line, const char *prefix)
{
    static const char says[] = "unknown symbol '";

    for (; line; line = strstr(line + 1, prefix)) {
        const char *rest = line + strlen(prefix);

        if (strncmp(rest, says, sizeof(says) - 1) && strncmp(rest, "and ", 4)) {
            return false;
        }
    }
    return true;
}

/* One line of the log is about the payload, and holds what it is to hold. */
static bool is_log_right(const struct broken_payload *broken)
{
    char prefix[96];
    char *line;
    size_t rest;

    snprintf(prefix, sizeof(prefix), "livepatch: %s: ", broken->name);
    line = strstr(text, prefix);
    if (!line ||
        (strstr(line + 1, prefix) && !are_unknown_symbols(line, prefix))) {
        return false;
    }
    line += strlen(prefix);
    rest = strcspn(line, "\n");
    return rest > 0 && memmem(line, rest, broken->says, strlen(broken->says));
}

static bool is_answer_right(const struct broken_payload *broken, int rc)
{
    return broken->error == BROKEN_ANY ? rc <= 0 : rc == broken->error;
}

static void tell_why(const struct broken_payload *broken, int rc)
{
    printf("# %s: %d, expected %d with '%s' in:\n# %s\n", broken->name, rc,
           broken->error, broken->says, text);
}

/* Uploads it, and unloads what loads. True when all was as it is to be. */
static bool try_payload(const struct broken_payload *broken, bool *has_loaded)
{
    const int rc = upload(broken);
    bool is_right;

    take_log();
    is_right = is_answer_right(broken, rc) && is_log_right(broken);
    if (!is_right) {
        tell_why(broken, rc);
    }
    *has_loaded = rc == 0;
    if (rc == 0 && unload(broken) != 0) {
        printf("# %s: loaded, and does not unload\n", broken->name);
        is_right = false;
    }
    return is_right;
}

/* ---- commands ------------------------------------------------------------ */

static int try_rows(void)
{
    for (unsigned int i = 0; i < broken_nr_rows(); i++) {
        struct broken_payload broken;
        bool has_loaded;

        broken_make_row(i, &broken);
        printf("%s %s\n", try_payload(&broken, &has_loaded) ? "pass" : "fail",
               broken.name);
        broken_discard(&broken);
    }
    return 0;
}

static int try_flips(void)
{
    unsigned int nr_wrong = 0, nr_loaded = 0;

    for (unsigned int i = 0; i < BROKEN_NR_FLIPS && nr_wrong < MOST_SHOWN;
         i++) {
        struct broken_payload broken;
        bool has_loaded;

        broken_make_flip(i, &broken);
        nr_wrong += !try_payload(&broken, &has_loaded);
        nr_loaded += has_loaded;
        broken_discard(&broken);
    }
    printf("%s %u payloads with a flipped bit are refused with a message, or "
           "load and unload\n",
           nr_wrong ? "fail" : "pass", BROKEN_NR_FLIPS);
    printf("# %u of them loaded\n", nr_loaded);
    return 0;
}

static int try_row(const char *wanted)
{
    struct broken_payload broken;
    bool has_loaded;

    for (unsigned int i = 0; i < broken_nr_rows(); i++) {
        broken_make_row(i, &broken);
        if (!strcmp(broken.name, wanted)) {
            printf("%s %s\n",
                   try_payload(&broken, &has_loaded) ? "pass" : "fail", wanted);
            fputs(text, stdout);
            return 0;
        }
        broken_discard(&broken);
    }
    fprintf(stderr, "broken-payloads: no row %s\n", wanted);
    return 2;
}

/* Uploads it to stock Xen, and says whether the answer is the one `wanted`. */
static bool is_as_said(const struct broken_payload *broken, const char *wanted)
{
    const int rc = upload(broken);
    bool is_right = !strcmp(wanted, "any") || rc == atoi(wanted);

    if (rc == 0) {
        is_right &= unload(broken) == 0;
    }
    if (!is_right) {
        printf("# %s: stock Xen says %d, verify said %s\n", broken->name, rc,
               wanted);
    }
    return is_right;
}

/* Tries it, unless its line of answers says that it must not be. False: verify
 * said something else, or the line is about another payload. */
static bool try_as_said(const struct broken_payload *broken, FILE *answers)
{
    char said_name[128] = "", answer[16] = "";

    if (fscanf(answers, "%127s %15s", said_name, answer) != 2 ||
        strcmp(said_name, broken->name)) {
        printf("# %s: verify was asked about '%s'\n", broken->name, said_name);
        return false;
    }
    return !strcmp(answer, "deadly") || is_as_said(broken, answer);
}

static int try_stock(const char *path)
{
    FILE *answers = fopen(path, "r");
    unsigned int nr_wrong = 0;

    if (!answers) {
        perror(path);
        return 2;
    }
    broken_for_stock();
    for (unsigned int i = 0; i < BROKEN_NR; i++) {
        struct broken_payload broken;
        bool is_right;

        broken_make(i, &broken);
        is_right = try_as_said(&broken, answers);
        if (i < broken_nr_rows()) {
            printf("%s %s\n", is_right ? "pass" : "fail", broken.name);
        } else {
            nr_wrong += !is_right;
        }
        broken_discard(&broken);
    }
    fclose(answers);
    printf("%s %u payloads with a flipped bit are answered as verify says\n",
           nr_wrong ? "fail" : "pass", BROKEN_NR_FLIPS);
    return 0;
}

static int try_deadly(unsigned int i)
{
    struct broken_payload broken;

    broken_for_stock();
    broken_make(i, &broken);
    printf("trying %s\n", broken.name);
    printf("survived: %d\n", upload(&broken));
    return 0;
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

    setlinebuf(stdout);
    request = sysctl_open();
    file = sysctl_buffer(MOST_BYTES);
    name = sysctl_buffer(4096);
    text = sysctl_buffer(LOG_BYTES);
    if (!strcmp(command, "rows")) {
        return try_rows();
    }
    if (!strcmp(command, "flips")) {
        return try_flips();
    }
    if (!strcmp(command, "memory")) {
        printf("%llu\n", (unsigned long long)free_pages());
        return 0;
    }
    if (!strcmp(command, "row") && argc == 3) {
        return try_row(argv[2]);
    }
    if (!strcmp(command, "stock") && argc == 3) {
        return try_stock(argv[2]);
    }
    if (!strcmp(command, "deadly") && argc == 3) {
        return try_deadly((unsigned int)strtoul(argv[2], NULL, 10));
    }
    fprintf(stderr, "usage: broken-payloads rows|flips|memory|row NAME|"
                    "stock ANSWERS|deadly N\n");
    return 2;
}
