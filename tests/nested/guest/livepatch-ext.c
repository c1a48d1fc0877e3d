/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's extension of the livepatch sysctl, raw: sets in one stop,
 * the history, the telemetry, the payloads, dry runs; and actions without a
 * pause. Prints a line for each answer, errnos by name. What the answers should
 * be is the scenario's business.
 *
 *     livepatch-ext [-c CPU] [-t TIMEOUT_NS] [ODD] COMMAND
 *
 *     apply NAME...     a set, each on top of the one before it
 *     revert NAME...    a set
 *     cycle NR NAME     NR times APPLY, REVERT: how many of each answer
 *     history FROM      all records from this number on
 *     telemetry         of all stops and of each pCPU
 *     payloads          all that are loaded
 *     dry-upload FILE NAME [VERB]   and then the action
 *     dry-action VERB NAME...       on a payload or a set
 *
 * -c: on this CPU only. ODD is what is wrong in a request of the last three: -p
 * padding that is not 0, -f pointers that lead nowhere, -g flags, -k command,
 * -n names or records, -u room for uses, -s bytes of a record, each as a
 * number.
 */
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "dom0/hypervisor.h"
#include "livepatch_ext.h"

#define MAX_RECORDS 256
#define MAX_CPUS 64
#define MAX_FILE_BYTES (1U << 20)

#define NOWHERE 8 /* no page of a program is there */
#define UNWRITTEN 77777U
#define AS_IT_IS UINT32_MAX

static struct xen_sysctl *request;
static uint32_t timeout_ns;

/* What is odd about the request. */
static struct {
    bool has_pad, is_lost;
    uint32_t flags;
    uint32_t cmd, nr, nr_uses, stride; /* or AS_IT_IS */
} odd = {false, false, 0, AS_IT_IS, AS_IT_IS, AS_IT_IS, AS_IT_IS};

static const char *name_of(int rc)
{
    return rc < 0 ? strerrorname_np(-rc) : "0";
}

static int send_extension(uint32_t cmd)
{
    request->interface_version = XEN_SYSCTL_INTERFACE_VERSION;
    request->cmd = XEN_SYSCTL_livepatch_op;
    request->u.livepatch.cmd = cmd;
    request->u.livepatch.pad = 0;
    return sysctl_send(request);
}

/* ---- actions ------------------------------------------------------------- */

static uint32_t put_names(char *to, char **names, unsigned int nr)
{
    const char *start = to;

    for (unsigned int i = 0; i < nr; i++) {
        to = stpcpy(to, names[i]) + 1;
    }
    return (uint32_t)(to - start);
}

static int send_set(uint32_t cmd, char *text, char **names, unsigned int nr)
{
    struct livepatch_ext_action_set *set = (void *)&request->u.livepatch.u;

    *set = (struct livepatch_ext_action_set){
        .names = (uintptr_t)text,
        .names_bytes = put_names(text, names, nr),
        .nr = nr,
        .cmd = cmd,
        .timeout = timeout_ns,
    };
    return send_extension(LIVEPATCH_EXT_ACTION_SET);
}

static char *room_for_names(unsigned int nr)
{
    return sysctl_buffer(nr * LIVEPATCH_EXT_NAME_BYTES);
}

static int act(uint32_t cmd, char **names, unsigned int nr)
{
    const struct livepatch_ext_action_set *set =
        (const void *)&request->u.livepatch.u;
    const int rc = send_set(cmd, room_for_names(nr), names, nr);

    printf("answer %s, rc %s, failed %u\n", name_of(rc), name_of(set->rc),
           set->failed);
    return 0;
}

/* How often each errno was the result, whether as answer or as rc. */
static void cycle_once(uint32_t cmd, char *text, char **name, unsigned int *nr)
{
    const struct livepatch_ext_action_set *set =
        (const void *)&request->u.livepatch.u;
    const int rc = send_set(cmd, text, name, 1);

    nr[-(rc ? rc : set->rc)]++;
}

static int cycle(unsigned int nr, char **name)
{
    char *text = room_for_names(1);
    unsigned int results[256] = {0};

    for (unsigned int i = 0; i < nr; i++) {
        cycle_once(LIVEPATCH_ACTION_APPLY, text, name, results);
        cycle_once(LIVEPATCH_ACTION_REVERT, text, name, results);
    }
    for (int i = 0; i < 256; i++) {
        if (results[i]) {
            printf("%s %u\n", name_of(-i), results[i]);
        }
    }
    return 0;
}

/* ---- what is remembered ----------------------------------------------------
 */

static const char *verb_of(uint32_t cmd)
{
    static const char *const verbs[] = {"upload", "unload", "revert", "apply",
                                        "replace"};

    return cmd < 5 ? verbs[cmd] : "unknown";
}

static void show_late(const struct livepatch_ext_late *late)
{
    static const char *const where[] = {"unknown", "guest", "hypervisor"};

    printf(", late %u d%uv%u %s", late->cpu, late->domain, late->vcpu,
           where[late->where % 3]);
}

static void show_record(const struct livepatch_ext_record *record)
{
    printf("%" PRIu64 " %s %s %s, %u payloads, %u functions, %u cpus",
           record->sequence, verb_of(record->cmd), record->name,
           name_of(record->rc), record->nr_payloads, record->nr_functions,
           record->nr_cpus);
    for (unsigned int i = 0; i < record->nr_late && i < LIVEPATCH_EXT_MAX_LATE;
         i++) {
        show_late(&record->late[i]);
    }
    putchar('\n');
}

static int history(uint64_t from)
{
    struct livepatch_ext_history *asked = (void *)&request->u.livepatch.u;
    const struct livepatch_ext_record *records =
        sysctl_buffer(MAX_RECORDS * sizeof(*records));
    int rc;

    *asked = (struct livepatch_ext_history){.records = (uintptr_t)records,
                                            .from = from,
                                            .nr = MAX_RECORDS,
                                            .stride = sizeof(*records)};
    rc = send_extension(LIVEPATCH_EXT_HISTORY);
    for (unsigned int i = 0; rc == 0 && i < asked->nr; i++) {
        show_record(&records[i]);
    }
    printf("answer %s\n", name_of(rc));
    return 0;
}

static void show_spread(const char *what,
                        const struct livepatch_ext_spread *spread)
{
    printf("%s %" PRIu64 " min %" PRIu64 " median %" PRIu64 " max %" PRIu64
           "\n",
           what, spread->nr, spread->min, spread->median, spread->max);
}

static int telemetry(void)
{
    struct livepatch_ext_telemetry *asked = (void *)&request->u.livepatch.u;
    const struct livepatch_ext_summary *summary =
        sysctl_buffer(sizeof(*summary));
    const struct livepatch_ext_cpu *cpus =
        sysctl_buffer(MAX_CPUS * sizeof(*cpus));
    int rc;

    *asked = (struct livepatch_ext_telemetry){
        .summary = (uintptr_t)summary,
        .cpus = (uintptr_t)cpus,
        .summary_stride = sizeof(*summary),
        .cpu_stride = sizeof(*cpus),
        .nr = MAX_CPUS,
    };
    rc = send_extension(LIVEPATCH_EXT_TELEMETRY);
    printf("answer %s, %u cpus, %" PRIu64 " stops, %" PRIu64 " missed\n",
           name_of(rc), asked->nr_online, summary->nr_stops,
           summary->nr_missed);
    show_spread("gather", &summary->gather);
    show_spread("stop", &summary->stop);
    show_spread("total", &summary->total);
    for (unsigned int i = 0; rc == 0 && i < asked->nr; i++) {
        printf("cpu %u late %" PRIu64 " ", cpus[i].cpu, cpus[i].nr_late);
        show_spread("stopped", &cpus[i].stopped);
    }
    return 0;
}

/* ---- payloads, dry runs ----------------------------------------------------
 */

static uint32_t or_odd(uint32_t value, uint32_t instead)
{
    return instead == AS_IT_IS ? value : instead;
}

static uint64_t place_of(const void *buffer)
{
    return odd.is_lost ? NOWHERE : (uintptr_t)buffer;
}

static int payloads(void)
{
    struct livepatch_ext_payloads *asked = (void *)&request->u.livepatch.u;
    const struct livepatch_ext_payload *records =
        sysctl_buffer(MAX_RECORDS * sizeof(*records));
    const uint64_t *uses = sysctl_buffer(MAX_RECORDS * sizeof(*uses));
    int rc;

    *asked = (struct livepatch_ext_payloads){
        .payloads = place_of(records),
        .uses = place_of(uses),
        .nr = or_odd(MAX_RECORDS, odd.nr),
        .nr_uses = or_odd(MAX_RECORDS, odd.nr_uses),
        .stride = or_odd(sizeof(*records), odd.stride),
        .pad = odd.has_pad,
    };
    rc = send_extension(LIVEPATCH_EXT_PAYLOADS);
    for (unsigned int i = 0; rc == 0 && i < asked->nr; i++) {
        const struct livepatch_ext_payload *payload = &records[i];

        printf("%s state %u, place %u, used by %u, uses", payload->name,
               payload->state, payload->place, payload->nr_users);
        for (unsigned int k = 0; k < payload->nr_uses; k++) {
            printf(" %" PRIu64, uses[payload->first_use + k]);
        }
        putchar('\n');
    }
    printf("answer %s, %u of %u\n", name_of(rc), rc ? 0 : asked->nr,
           asked->nr_loaded);
    return 0;
}

static uint32_t cmd_of(const char *verb)
{
    uint32_t cmd = 0;

    while (cmd < 5 && strcmp(verb_of(cmd), verb)) {
        cmd++;
    }
    return or_odd(cmd, odd.cmd);
}

/* "-": the hypervisor has not written it. */
static void show_answer(int rc, const char *what, uint32_t value,
                        uint32_t nr_unasked)
{
    printf("answer %s, %s ", name_of(rc), what);
    if (value == UNWRITTEN) {
        puts("-");
    } else {
        printf("%u, unasked %u\n", value, nr_unasked);
    }
}

static void *read_payload(const char *path, size_t *nr_bytes)
{
    FILE *stream = fopen(path, "rb");
    void *bytes = sysctl_buffer(MAX_FILE_BYTES);

    if (!stream) {
        perror(path);
        exit(2);
    }
    *nr_bytes = fread(bytes, 1, MAX_FILE_BYTES, stream);
    fclose(stream);
    return bytes;
}

static int dry_upload(const char *path, const char *name, const char *verb)
{
    struct livepatch_ext_dry_run_upload *asked =
        (void *)&request->u.livepatch.u;
    size_t nr_bytes;
    const void *bytes = read_payload(path, &nr_bytes);
    char *text = room_for_names(1);
    int rc;

    *asked = (struct livepatch_ext_dry_run_upload){
        .name = (uintptr_t)text,
        .name_bytes = (uint16_t)put_names(text, (char **)&name, 1),
        .size = nr_bytes,
        .payload = place_of(bytes),
        .cmd = cmd_of(verb),
        .flags = odd.flags,
        .refused = UNWRITTEN,
        .pad = odd.has_pad,
    };
    rc = send_extension(LIVEPATCH_EXT_DRY_RUN_UPLOAD);
    show_answer(rc, "refused", asked->refused, asked->nr_unasked);
    return 0;
}

static int dry_action(const char *verb, char **names, unsigned int nr)
{
    struct livepatch_ext_dry_run_action *asked =
        (void *)&request->u.livepatch.u;
    char *text = room_for_names(nr);
    int rc;

    *asked = (struct livepatch_ext_dry_run_action){
        .names = place_of(text),
        .names_bytes = put_names(text, names, nr),
        .nr = or_odd(nr, odd.nr),
        .cmd = cmd_of(verb),
        .flags = odd.flags,
        .failed = UNWRITTEN,
        .pad = odd.has_pad,
    };
    rc = send_extension(LIVEPATCH_EXT_DRY_RUN_ACTION);
    show_answer(rc, "failed", asked->failed, asked->nr_unasked);
    return 0;
}

/* ---- the command line ------------------------------------------------------
 */

static int usage(void)
{
    fputs("usage: livepatch-ext [-c CPU] [-t TIMEOUT_NS] [-p] [-f] "
          "[-g FLAGS] [-k CMD] [-n NR] [-u NR] [-s BYTES] "
          "apply|revert NAME... | cycle NR NAME | history FROM | telemetry | "
          "payloads | dry-upload FILE NAME [VERB] | dry-action VERB NAME...\n",
          stderr);
    return 2;
}

static void stay_on(unsigned int cpu)
{
    cpu_set_t one;

    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof(one), &one)) {
        perror("livepatch-ext: -c");
        exit(2);
    }
}

static int run(int nr, char **words)
{
    if (nr > 1 && !strcmp(words[0], "apply")) {
        return act(LIVEPATCH_ACTION_APPLY, words + 1, nr - 1);
    }
    if (nr > 1 && !strcmp(words[0], "revert")) {
        return act(LIVEPATCH_ACTION_REVERT, words + 1, nr - 1);
    }
    if (nr == 3 && !strcmp(words[0], "cycle")) {
        return cycle(strtoul(words[1], NULL, 10), words + 2);
    }
    if (nr == 2 && !strcmp(words[0], "history")) {
        return history(strtoul(words[1], NULL, 10));
    }
    if (nr > 2 && !strcmp(words[0], "dry-upload")) {
        return dry_upload(words[1], words[2], nr > 3 ? words[3] : "upload");
    }
    if (nr > 2 && !strcmp(words[0], "dry-action")) {
        return dry_action(words[1], words + 2, nr - 2);
    }
    if (nr == 1 && !strcmp(words[0], "payloads")) {
        return payloads();
    }
    return nr == 1 && !strcmp(words[0], "telemetry") ? telemetry() : usage();
}

/* False: there is no such option. */
static bool take_odd(int option, const char *value)
{
    const struct {
        char option;
        uint32_t *number;
    } numbers[] = {
        {'g', &odd.flags},   {'k', &odd.cmd},    {'n', &odd.nr},
        {'u', &odd.nr_uses}, {'s', &odd.stride},
    };

    odd.has_pad |= option == 'p';
    odd.is_lost |= option == 'f';
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (option == numbers[i].option) {
            *numbers[i].number = strtoul(value, NULL, 0);
            return true;
        }
    }
    return option == 'p' || option == 'f';
}

int main(int argc, char **argv)
{
    int option;

    while ((option = getopt(argc, argv, "c:t:pfg:k:n:u:s:")) != -1) {
        if (option == 'c') {
            stay_on(strtoul(optarg, NULL, 10));
        } else if (option == 't') {
            timeout_ns = strtoul(optarg, NULL, 10);
        } else if (!take_odd(option, optarg)) {
            return usage();
        }
    }
    request = sysctl_open();
    return run(argc - optind, argv + optind);
}
