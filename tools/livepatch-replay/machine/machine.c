/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU as a child, and its monitor. */
#include "machine/machine.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "console/backtrace.h"
#include "machine/child.h"
#include "machine/parts.h"

#define MONITOR_SECONDS 60.0
#define PAUSE_NS 20000000L

/* QEMU listens once it has begun, which a busy host can put off. */
static void open_monitor(struct machine *machine, const char *socket)
{
    double until = child_now() + MONITOR_SECONDS;

    do {
        machine->qmp = qmp_open(socket);
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    } while (machine->qmp == NULL && child_now() < until &&
             !child_interrupted() && !machine_is_over(machine));
}

int machine_start(const struct machine_wanted *wanted, struct machine *machine)
{
    char *boot = parts_path("boot");
    char *cpus = must_format("%u", wanted->nr_cpus);
    char *mib = must_format("%u", wanted->mib);
    char *seconds = must_format("%u", wanted->seconds);
    char *words = must_format("%s.words", wanted->prefix);
    const char *argv[] = {
        boot,
        "-f",
        wanted->kind,
        "-x",
        wanted->hypervisor,
        "-k",
        wanted->kernel,
        "-i",
        wanted->initramfs,
        "-g",
        wanted->accelerator,
        "-a",
        wanted->cmdline,
        "-o",
        wanted->prefix,
        "-q",
        wanted->socket,
        "-c",
        cpus,
        "-m",
        mib,
        "-t",
        seconds,
        "-s",
        NULL,
    };
    pid_t pid = child_start(argv, words);

    *machine = (struct machine){.pid = pid, .is_over = pid < 0};
    if (pid >= 0) {
        open_monitor(machine, wanted->socket);
    }
    free(boot);
    free(cpus);
    free(mib);
    free(seconds);
    free(words);
    return pid < 0 ? (int)pid : 0;
}

bool machine_is_over(struct machine *machine)
{
    if (!machine->is_over) {
        machine->is_over = child_is_over(machine->pid, &machine->status);
    }
    return machine->is_over;
}

const char *machine_reason(const struct machine *machine)
{
    const char *reason =
        machine->qmp != NULL ? qmp_shutdown_reason(machine->qmp) : NULL;

    return reason != NULL ? reason : "";
}

/* The words on top of a CPU's stack, below a heading. */
static void add_stack(struct machine *machine, unsigned int cpu,
                      const char *top, char **text)
{
    char *command = must_format("x /128gx 0x%.16s", top);
    char *stack = qmp_monitor(machine->qmp, command, (int)cpu);
    char *longer = must_format("%s\n" BACKTRACE_STACK_OF "%u\n%s", *text, cpu,
                               stack != NULL ? stack : "");

    free(command);
    free(stack);
    free(*text);
    *text = longer;
}

char *machine_registers(struct machine *machine)
{
    char *registers = machine->qmp != NULL
                          ? qmp_monitor(machine->qmp, "info registers -a", 0)
                          : NULL;
    char *text = registers != NULL ? must_copy(registers) : NULL;
    const char *at = registers;

    while (at != NULL && (at = strstr(at, "CPU#")) != NULL) {
        unsigned int cpu = (unsigned int)strtoul(at + 4, NULL, 10);

        at = strstr(at, "RSP=");
        if (at != NULL) {
            add_stack(machine, cpu, at + 4, &text);
        }
    }
    free(registers);
    return text;
}

void machine_end(struct machine *machine)
{
    if (!machine_is_over(machine)) {
        machine->status = child_end(machine->pid);
        machine->is_over = true;
    }
}

void machine_free(struct machine *machine)
{
    qmp_close(machine->qmp);
    machine->qmp = NULL;
}
