/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Resetting the machine. Power off is dom0's own through ACPI, whose registers
 * it has.
 */
#include <xen/cache.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/shutdown.h>
#include <asm/cpu.h>
#include <asm/shutdown.h>
#include <asm/system.h>

#define RESET_PATIENCE_READS 200000
#define DELAY_PORT 0x80

#define RESET_CONTROL_PORT 0xcf9
#define RESET_CONTROL_HARD 0x06
#define KEYBOARD_PORT 0x64
#define KEYBOARD_RESET 0xfe

static struct acpi_register __ro_after_init reset_register;

void __init shutdown_set_reset(struct acpi_register reset)
{
    reset_register = reset;
}

/* By port reads of about a microsecond: a panic may come before there is time.
 */
static void wait_for_reset(void)
{
    for (unsigned int i = 0; i < RESET_PATIENCE_READS; i++) {
        (void)inb(DELAY_PORT);
    }
}

/* An exception that cannot be delivered: the CPU shuts down. */
static void triple_fault(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __packed nothing = {0, 0};

    __asm__ __volatile__("lidt %0; ud2" : : "m"(nothing));
}

void noreturn machine_reset(void)
{
    if (reset_register.port) {
        outb(reset_register.port, reset_register.value);
        wait_for_reset();
    }
    outb(RESET_CONTROL_PORT, RESET_CONTROL_HARD);
    wait_for_reset();
    outb(KEYBOARD_PORT, KEYBOARD_RESET);
    wait_for_reset();
    triple_fault();
    halt_forever();
}

void noreturn machine_power_off(void)
{
    panic("dom0 asked for power off by hypercall, not by ACPI\n");
}
