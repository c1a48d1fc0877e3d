/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tries what dom0 must not be able to do: as a program, which sees physical
 * memory through /dev/mem, and as a kernel, through the module's /dev/border.
 * Says in one line what came of it; judging is the scenario's job.
 *
 *     border program FROM END        read, write, execute each page's first and
 *     border kernel FROM END         last bytes; physical addresses
 *     border crossing PAGE           words and copies that cross into the page
 *     border tables PAGE             dom0's page tables point there
 *     border devices FROM END        one access each GiB
 *     border rdmsr|wrmsr MSR [VALUE]
 *     border apic OFFSET VALUE [HIGH]
 *     border apic-odd                stores that are none to an APIC's register
 *     border nmis                    how many came since, by CPU
 *     border own                     a page of dom0's that may be tried
 *     border idt PAGE                an exception with its table there
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include "border.h"

#define PAGE_BYTES 4096
#define WORD sizeof(uint64_t)

static sigjmp_buf after_fault;

static void die(const char *what)
{
    fprintf(stderr, "border: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t number(const char *text)
{
    char *end;
    uint64_t value = strtoull(text, &end, 0);

    if (*text == '\0' || *end != '\0') {
        fprintf(stderr, "border: %s: not a number\n", text);
        exit(2);
    }
    return value;
}

static void tell(const struct border_request *r)
{
    printf("%" PRIu64 " tried, %" PRIu64 " passed", (uint64_t)r->tried,
           (uint64_t)r->passed);
    if (r->passed) {
        printf(", the first at %#" PRIx64, (uint64_t)r->first_passed);
    }
    printf("\n");
}

/* ---- the program -------------------------------------------------------- */

static void go_on(int signal)
{
    (void)signal;
    siglongjmp(after_fault, 1);
}

static void read_word(char *at)
{
    (void)*(volatile uint64_t *)at;
}

static void write_word(char *at)
{
    *(volatile uint64_t *)at = 0;
}

static void execute(char *at)
{
    ((void (*)(void))at)();
}

static void try_access(struct border_request *r, void (*access)(char *),
                       char *at, uint64_t where)
{
    r->tried++;
    if (sigsetjmp(after_fault, 0) == 0) {
        access(at);
        if (r->passed++ == 0) {
            r->first_passed = where;
        }
    }
}

static void try_as_program(struct border_request *r)
{
    static const struct sigaction action = {
        .sa_handler = go_on, .sa_flags = SA_NODEFER | SA_ONSTACK};
    const size_t bytes = r->end - r->address;
    int memory = open("/dev/mem", O_RDWR);
    char *map = memory < 0
                    ? MAP_FAILED
                    : mmap(NULL, bytes, PROT_READ | PROT_WRITE | PROT_EXEC,
                           MAP_SHARED, memory, (off_t)r->address);

    if (map == MAP_FAILED) {
        die("/dev/mem");
    }
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    sigaction(SIGILL, &action, NULL);
    for (size_t page = 0; page < bytes; page += PAGE_BYTES) {
        for (size_t i = 0; i < 2; i++) {
            const size_t at = page + i * (PAGE_BYTES - WORD);

            try_access(r, read_word, map + at, r->address + at);
            try_access(r, write_word, map + at, r->address + at);
            try_access(r, execute, map + at, r->address + at);
        }
    }
}

/* ---- the kernel --------------------------------------------------------- */

static int open_border(void)
{
    int border = open("/dev/border", O_RDWR);

    if (border < 0) {
        die("/dev/border");
    }
    return border;
}

static void ask(unsigned long what, struct border_request *r)
{
    if (ioctl(open_border(), what, r)) {
        die("ioctl");
    }
}

static void show_nmis(void)
{
    struct border_nmis nmis;

    if (ioctl(open_border(), BORDER_NMIS, &nmis)) {
        die("ioctl");
    }
    for (long cpu = 0; cpu < sysconf(_SC_NPROCESSORS_CONF); cpu++) {
        printf("%s%" PRIu64, cpu ? " " : "", (uint64_t)nmis.count[cpu]);
    }
    printf("\n");
}

enum telling {
    COUNTS,
    REFUSAL,
    VALUE
};

static const struct {
    const char *name;
    unsigned long what; /* 0: as a program */
    enum telling telling;
} requests[] = {
    {"program", 0, COUNTS},
    {"kernel", BORDER_MEMORY, COUNTS},
    {"crossing", BORDER_CROSS, COUNTS},
    {"tables", BORDER_TABLES, COUNTS},
    {"devices", BORDER_DEVICES, COUNTS},
    {"apic-odd", BORDER_APIC_ODD, COUNTS},
    {"rdmsr", BORDER_RDMSR, REFUSAL},
    {"wrmsr", BORDER_WRMSR, REFUSAL},
    {"apic", BORDER_APIC, VALUE},
    {"own", BORDER_OWN, VALUE},
    {"idt", BORDER_IDT, COUNTS},
};

static void tell_as(enum telling telling, const struct border_request *r)
{
    if (telling == COUNTS) {
        tell(r);
    } else if (r->passed == 0) {
        printf("refused\n");
    } else {
        printf("%#" PRIx64 "\n", (uint64_t)r->value);
    }
}

/* The two numbers behind the first are what the request makes of them. */
static struct border_request read_request(int nr, char *const *numbers)
{
    struct border_request r = {0};

    r.address = nr > 0 ? number(numbers[0]) : 0;
    r.end = r.value = nr > 1 ? number(numbers[1]) : 0;
    r.high = nr > 2 ? number(numbers[2]) : 0;
    return r;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "nmis")) {
        show_nmis();
        return 0;
    }
    for (size_t i = 0; argc > 1 && i < sizeof(requests) / sizeof(*requests);
         i++) {
        if (!strcmp(argv[1], requests[i].name)) {
            struct border_request r = read_request(argc - 2, argv + 2);

            if (requests[i].what) {
                ask(requests[i].what, &r);
            } else {
                try_as_program(&r);
            }
            tell_as(requests[i].telling, &r);
            return 0;
        }
    }
    fprintf(stderr, "usage: border WHAT [NUMBER...]\n");
    return 2;
}
