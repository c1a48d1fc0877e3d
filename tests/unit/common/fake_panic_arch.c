// SPDX-License-Identifier: GPL-2.0
/*
 * What panic() needs of the arch, and the console's output, for tests. The
 * end of a panic is the end of the process, with the console's text.
 */
#include "unit.h"
#include <string.h>
#include <asm/current.h>
#include <xen/console.h>
#include <xen/panic.h>

#include "child.h"
#include "fake_panic_arch.h"

char fake_console[8192];
unsigned int fake_cpu;
void (*fake_backtrace)(void);

void fake_console_clear(void)
{
    fake_console[0] = '\0';
}

void arch_console_write(const char *text, size_t bytes)
{
    const size_t length = strlen(fake_console);

    assert_true(length + bytes < sizeof(fake_console));
    memcpy(fake_console + length, text, bytes);
    fake_console[length + bytes] = '\0';
}

static void print_line(const char *line)
{
    console_write(line, strlen(line));
}

void console_take_back(void)
{
    print_line("taken back\n");
}

void arch_halt_all(void)
{
}

void arch_dump_backtrace(void)
{
    if (fake_backtrace) {
        fake_backtrace();
    }
    print_line("backtrace\n");
}

void arch_panic_end(void)
{
    child_end(fake_console);
}

const char *console_of_panic(void (*body)(void))
{
    static char said[sizeof(fake_console)];

    run_child(body, said, sizeof(said));
    return said;
}
