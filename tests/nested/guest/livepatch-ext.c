/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's extension of the livepatch sysctl, raw: sets in one stop,
 * the history, the telemetry; and actions without a pause. Prints a line for
 * each answer, errnos by name. What the answers should be is the scenario's
 * business.
 *
 *     livepatch-ext [-c CPU] [-t TIMEOUT_NS] COMMAND
 *
 *     apply NAME...     a set, each on top of the one before it
 *     revert NAME...    a set
 *     cycle NR NAME     NR times APPLY, REVERT: how many of each answer
 *     history FROM      all records from this number on
 *     telemetry         of all stops and of each pCPU
 *
 * -c: on this CPU only.
 */
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "hypervisor.h"
#include "livepatch_ext.h"

#define MAX_RECORDS 256
#define MAX_CPUS 64

static struct xen_sysctl *request;
static uint32_t timeout_ns;

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

/* ---- the command line ------------------------------------------------------
 */

static int usage(void)
{
    fprintf(stderr, "usage: livepatch-ext [-c CPU] [-t TIMEOUT_NS] "
                    "apply|revert NAME... | cycle NR NAME | history FROM | "
                    "telemetry\n");
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
    return nr == 1 && !strcmp(words[0], "telemetry") ? telemetry() : usage();
}

int main(int argc, char **argv)
{
    int option;

    while ((option = getopt(argc, argv, "c:t:")) != -1) {
        if (option == 'c') {
            stay_on(strtoul(optarg, NULL, 10));
        } else if (option == 't') {
            timeout_ns = strtoul(optarg, NULL, 10);
        } else {
            return usage();
        }
    }
    request = sysctl_open();
    return run(argc - optind, argv + optind);
}
