/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long an action holds up dom0: seen by its caller, and by programs that
 * do nothing but look at the clock on every vCPU. Applies and reverts a loaded
 * payload in turn, and prints a line for each kind of figure, in ns.
 *
 *     stop-gaps yield
 *         nothing: gives the other pCPUs a turn, until it is killed
 *     stop-gaps latency NAME ROUNDS
 *         the action, from before the call until the payload's result is known
 *     stop-gaps refusals NAME ROUNDS
 *         actions back to back with no pause: how many were refused as busy
 *     stop-gaps gaps NAME ROUNDS MILLISECONDS
 *         the longest gap in the time stamp counter that a loop on a vCPU sees
 *         in a period with one action in its middle, and in a control period
 *         of the same length with a harmless sysctl in its place
 *
 *     stop-gaps cycles NAME ROUNDS
 *         actions one after the other while every vCPU loops: how many were
 *         refused, and the longest gap that any loop saw
 *
 * Loading the payload and comparing hypervisors is the caller's job.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>
#include "dom0/hypervisor.h"

#define MOST_CPUS 64
#define MOST_ROUNDS 4096
#define BUSY_RETRIES 100000
#define ACTION_TIMEOUT_NS 0 /* the hypervisor's own */

enum period {
    CONTROL,
    ACTION,
    PERIODS
};

static struct xen_sysctl *request;
static char *payload_name;
static uint16_t payload_name_bytes;
static double ns_per_tick;

static void die(const char *what, int error)
{
    fprintf(stderr, "stop-gaps: %s: %s\n", what, strerror(error));
    exit(1);
}

/* ---- the hypervisor ---- */

static void open_payload(const char *name)
{
    request = sysctl_open();
    payload_name_bytes = (uint16_t)(strlen(name) + 1);
    payload_name = sysctl_buffer(XEN_LIVEPATCH_NAME_SIZE);
    if (payload_name_bytes > XEN_LIVEPATCH_NAME_SIZE) {
        die(name, ENAMETOOLONG);
    }
    memcpy(payload_name, name, payload_name_bytes);
}

static void name_payload(struct xen_livepatch_name *name)
{
    memset(name, 0, sizeof(*name));
    set_xen_guest_handle(name->name, payload_name);
    name->size = payload_name_bytes;
}

static int32_t get_result(uint32_t *state)
{
    struct xen_sysctl_livepatch_op *op = &request->u.livepatch;
    int rc;

    request->cmd = XEN_SYSCTL_livepatch_op;
    memset(op, 0, sizeof(*op));
    op->cmd = XEN_SYSCTL_LIVEPATCH_GET;
    name_payload(&op->u.get.name);
    rc = sysctl_send(request);
    if (rc < 0) {
        die("GET", -rc);
    }
    *state = op->u.get.status.state;
    return op->u.get.status.rc;
}

/* Asks for the action and waits for its end: 0 or -errno. */
static int act(uint32_t cmd)
{
    struct xen_sysctl_livepatch_op *op = &request->u.livepatch;
    uint32_t state;
    int rc;

    request->cmd = XEN_SYSCTL_livepatch_op;
    memset(op, 0, sizeof(*op));
    op->cmd = XEN_SYSCTL_LIVEPATCH_ACTION;
    op->u.action.cmd = cmd;
    op->u.action.timeout = ACTION_TIMEOUT_NS;
    name_payload(&op->u.action.name);
    rc = sysctl_send(request);
    if (rc < 0) {
        return rc;
    }
    do {
        rc = get_result(&state);
    } while (rc == -EAGAIN);
    return rc;
}

/* The action that is due: apply what is not applied. */
static uint32_t next_action(void)
{
    uint32_t state;

    (void)get_result(&state);
    return state == LIVEPATCH_STATE_APPLIED ? LIVEPATCH_ACTION_REVERT
                                            : LIVEPATCH_ACTION_APPLY;
}

static unsigned int nr_busy;

/* Tries until the pCPUs come in time; the others are counted. */
static void act_patiently(uint32_t cmd)
{
    for (unsigned int i = 0; i < BUSY_RETRIES; i++) {
        const int rc = act(cmd);

        if (rc == 0) {
            return;
        }
        if (rc != -EBUSY) {
            die("ACTION", -rc);
        }
        nr_busy++;
    }
    die("ACTION", EBUSY);
}

/* As it was found, so that the next payload has the same ground. */
static void leave_reverted(void)
{
    if (next_action() == LIVEPATCH_ACTION_REVERT) {
        const unsigned int counted = nr_busy;

        act_patiently(LIVEPATCH_ACTION_REVERT);
        nr_busy = counted;
    }
}

/* ---- time ---- */

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void pause_ms(unsigned int ms)
{
    const struct timespec t = {ms / 1000, ms % 1000 * 1000000L};

    nanosleep(&t, NULL);
}

static void calibrate(void)
{
    const uint64_t ns = now_ns();
    const uint64_t ticks = __rdtsc();

    pause_ms(200);
    ns_per_tick = (double)(now_ns() - ns) / (double)(__rdtsc() - ticks);
}

static void pin_to(unsigned int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set)) {
        die("sched_setaffinity", errno);
    }
}

/* ---- figures ---- */

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void print_spread(const char *what, uint64_t *ticks, unsigned int nr)
{
    qsort(ticks, nr, sizeof(ticks[0]), compare);
    printf("%s %.0f %.0f %.0f\n", what, (double)ticks[0] * ns_per_tick,
           (double)ticks[nr / 2] * ns_per_tick,
           (double)ticks[nr - 1] * ns_per_tick);
}

static void measure_latency(unsigned int rounds)
{
    static uint64_t taken[MOST_ROUNDS];

    for (unsigned int i = 0; i < rounds; i++) {
        const uint32_t cmd = next_action();
        const uint64_t start = __rdtsc();

        act_patiently(cmd);
        taken[i] = __rdtsc() - start;
        pause_ms(5);
    }
    print_spread("latency", taken, rounds);
}

static void measure_refusals(unsigned int rounds)
{
    for (unsigned int i = 0; i < rounds; i++) {
        const int rc = act(next_action());

        if (rc == -EBUSY) {
            nr_busy++;
        } else if (rc) {
            die("ACTION", -rc);
        }
    }
}

/* ---- loops on every vCPU ---- */

/* What the loops record into; one word, so that a switch is seen at once. */
static volatile unsigned int slot;
static volatile bool is_over;
static uint64_t longest[MOST_CPUS][MOST_ROUNDS * PERIODS];

static void *look_at_clock(void *arg)
{
    const unsigned int cpu = (unsigned int)(uintptr_t)arg;
    uint64_t last;

    pin_to(cpu);
    last = __rdtsc();
    while (!is_over) {
        const uint64_t t = __rdtsc();

        if (t - last > longest[cpu][slot]) {
            longest[cpu][slot] = t - last;
        }
        last = t;
        /* On a machine that runs one pCPU at a time: now the next one. */
        _mm_pause();
    }
    return NULL;
}

static void be_first_in_line(void)
{
    const struct sched_param param = {.sched_priority = 50};

    if (sched_setscheduler(0, SCHED_FIFO, &param)) {
        die("sched_setscheduler", errno);
    }
}

static void run_period(unsigned int round, enum period period, unsigned int ms)
{
    const uint32_t cmd = next_action();
    uint32_t state;

    slot = round * PERIODS + period;
    pause_ms(ms / 2);
    if (period == ACTION) {
        act_patiently(cmd);
    } else {
        (void)get_result(&state);
    }
    pause_ms(ms / 2);
}

/* The longest gap that any loop saw, but for the vCPU of the caller, where
 * this program itself is in the way. */
static void print_gaps(const char *what, enum period period,
                       unsigned int rounds, unsigned int nr_cpus)
{
    static uint64_t worst[MOST_ROUNDS];

    for (unsigned int i = 0; i < rounds; i++) {
        worst[i] = 0;
        for (unsigned int cpu = 1; cpu < nr_cpus; cpu++) {
            const uint64_t seen = longest[cpu][i * PERIODS + period];

            worst[i] = seen > worst[i] ? seen : worst[i];
        }
    }
    print_spread(what, worst, rounds);
}

static pthread_t loop[MOST_CPUS];

static void start_loops(unsigned int nr_cpus)
{
    slot = MOST_ROUNDS * PERIODS - 1;
    for (unsigned int cpu = 0; cpu < nr_cpus; cpu++) {
        const int rc = pthread_create(&loop[cpu], NULL, look_at_clock,
                                      (void *)(uintptr_t)cpu);

        if (rc) {
            die("pthread_create", rc);
        }
    }
    be_first_in_line();
    pause_ms(100);
}

static void end_loops(unsigned int nr_cpus)
{
    is_over = true;
    for (unsigned int cpu = 0; cpu < nr_cpus; cpu++) {
        pthread_join(loop[cpu], NULL);
    }
}

static void measure_cycles(unsigned int rounds)
{
    const unsigned int nr_cpus = (unsigned int)sysconf(_SC_NPROCESSORS_ONLN);

    start_loops(nr_cpus);
    slot = 0;
    for (unsigned int i = 0; i < rounds; i++) {
        act_patiently(next_action());
        pause_ms(1);
    }
    end_loops(nr_cpus);
    print_gaps("gap-cycles", CONTROL, 1, nr_cpus);
}

static void measure_gaps(unsigned int rounds, unsigned int ms)
{
    const unsigned int nr_cpus = (unsigned int)sysconf(_SC_NPROCESSORS_ONLN);

    start_loops(nr_cpus);
    for (unsigned int i = 0; i < rounds; i++) {
        run_period(i, CONTROL, ms);
        run_period(i, ACTION, ms);
    }
    end_loops(nr_cpus);
    print_gaps("gap-control", CONTROL, rounds, nr_cpus);
    print_gaps("gap-action", ACTION, rounds, nr_cpus);
}

static _Noreturn void yield_turns(void)
{
    for (;;) {
        _mm_pause();
    }
}

static unsigned int number(const char *text, unsigned int most)
{
    char *end;
    const unsigned long value = strtoul(text, &end, 10);

    if (end == text || *end != '\0' || value == 0 || value > most) {
        fprintf(stderr, "stop-gaps: %s: not a number from 1 to %u\n", text,
                most);
        exit(2);
    }
    return (unsigned int)value;
}

int main(int argc, char **argv)
{
    /* The last slot is for what runs before the first period. */
    const unsigned int rounds = argc > 3 ? number(argv[3], MOST_ROUNDS - 1) : 0;

    if (argc == 2 && !strcmp(argv[1], "yield")) {
        yield_turns();
    }
    if (argc < 4) {
        fprintf(stderr, "usage: stop-gaps yield\n"
                        "       stop-gaps latency|refusals|cycles NAME "
                        "ROUNDS\n"
                        "       stop-gaps gaps NAME ROUNDS MILLISECONDS\n");
        return 2;
    }
    pin_to(0);
    open_payload(argv[2]);
    calibrate();
    if (!strcmp(argv[1], "latency")) {
        measure_latency(rounds);
    } else if (!strcmp(argv[1], "refusals")) {
        measure_refusals(rounds);
    } else if (!strcmp(argv[1], "cycles")) {
        measure_cycles(rounds);
    } else if (!strcmp(argv[1], "gaps") && argc == 5) {
        measure_gaps(rounds, number(argv[4], 10000));
    } else {
        fprintf(stderr, "stop-gaps: %s: unknown\n", argv[1]);
        return 2;
    }
    leave_reverted();
    printf("busy %u\n", nr_busy);
    return 0;
}
