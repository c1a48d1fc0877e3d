/* SPDX-License-Identifier: GPL-2.0 */
/* QEMU as a child, and its monitor. */
#include "machine/machine.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/memory.h"
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

static void add_option(struct text_list *words, const char *letter,
                       const char *value)
{
    if (value != NULL) {
        text_list_add(words, letter);
        text_list_add(words, value);
    }
}

static void add_number(struct text_list *words, const char *letter,
                       unsigned int value)
{
    text_list_add(words, letter);
    text_list_take(words, must_format("%u", value));
}

/* What the harness's boot is called with. */
static struct text_list boot_words(const struct machine_wanted *wanted)
{
    struct text_list words = {0};

    text_list_take(&words, parts_path("boot"));
    add_option(&words, "-f", wanted->kind);
    add_option(&words, "-x", wanted->hypervisor);
    add_option(&words, "-k", wanted->kernel);
    add_option(&words, "-i", wanted->initramfs);
    add_option(&words, "-g", wanted->accelerator);
    add_option(&words, "-a", wanted->cmdline);
    add_option(&words, "-o", wanted->prefix);
    add_option(&words, "-q", wanted->socket);
    add_option(&words, "-d", wanted->root);
    add_number(&words, "-c", wanted->nr_cpus);
    add_number(&words, "-m", wanted->mib);
    add_number(&words, "-t", wanted->seconds);
    text_list_add(&words, "-r");
    text_list_add(&words, wanted->has_person ? "-p" : "-s");
    return words;
}

int machine_start(const struct machine_wanted *wanted, struct machine *machine)
{
    struct text_list words = boot_words(wanted);
    const char *const *argv = (const char *const *)words.items;
    char *output = must_format("%s.words", wanted->prefix);
    pid_t pid =
        wanted->has_person ? child_start_here(argv) : child_start(argv, output);

    *machine = (struct machine){.pid = pid, .is_over = pid < 0};
    if (pid >= 0 && wanted->socket != NULL) {
        open_monitor(machine, wanted->socket);
    }
    text_list_free(&words);
    free(output);
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
