/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where console characters go beside the ring: the first serial port, 115200
 * 8N1, until dom0 owns it, and the debug port of emulators. Polls, never
 * waits forever on a port that is not there.
 */
#include <xen/alternative-call.h>
#include <xen/console.h>
#include <xen/init.h>
#include <asm/cpu.h>
#include <asm/serial.h>

#define COM1 0x3f8
#define UART_DATA 0
#define UART_INTERRUPT_ENABLE 1
#define UART_DIVISOR_HIGH 1
#define UART_FIFO_CONTROL 2
#define UART_LINE_CONTROL 3
#define UART_MODEM_CONTROL 4
#define UART_LINE_STATUS 5
#define UART_SCRATCH 7
#define LINE_DIVISOR_ACCESS 0x80
#define LINE_8N1 0x03
#define FIFO_ENABLE_CLEAR 0x07
#define MODEM_DTR_RTS 0x03
#define STATUS_TRANSMIT_EMPTY 0x20
#define TRANSMIT_POLLS 200000

#define DEBUG_PORT 0xe9 /* reads back its own number where it exists */

static bool has_uart;
static bool dom0_owns_uart;

static void write_nowhere(const char *text, size_t bytes)
{
    (void)text;
    (void)bytes;
}

/* What this machine has; found out by serial_init(). */
static void (*console_output)(const char *text, size_t bytes) = write_nowhere;

static void program_uart(void)
{
    outb(COM1 + UART_INTERRUPT_ENABLE, 0);
    outb(COM1 + UART_LINE_CONTROL, LINE_DIVISOR_ACCESS);
    outb(COM1 + UART_DATA, 1); /* 115200 baud */
    outb(COM1 + UART_DIVISOR_HIGH, 0);
    outb(COM1 + UART_LINE_CONTROL, LINE_8N1);
    outb(COM1 + UART_FIFO_CONTROL, FIFO_ENABLE_CLEAR);
    outb(COM1 + UART_MODEM_CONTROL, MODEM_DTR_RTS);
}

static void uart_putc(char c)
{
    for (unsigned int i = 0; i < TRANSMIT_POLLS; i++) {
        if (inb(COM1 + UART_LINE_STATUS) & STATUS_TRANSMIT_EMPTY) {
            break;
        }
    }
    outb(COM1 + UART_DATA, c);
}

static void write_debug_port(const char *text, size_t bytes)
{
    outsb(DEBUG_PORT, text, bytes);
}

static void write_uart(const char *text, size_t bytes)
{
    if (dom0_owns_uart) {
        return;
    }
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            uart_putc('\r');
        }
        uart_putc(text[i]);
    }
}

static void write_both(const char *text, size_t bytes)
{
    write_debug_port(text, bytes);
    write_uart(text, bytes);
}

void __init serial_init(void)
{
    const bool has_debug_port = inb(DEBUG_PORT) == DEBUG_PORT;

    outb(COM1 + UART_SCRATCH, 0x5a);
    has_uart = inb(COM1 + UART_SCRATCH) == 0x5a;
    if (has_uart) {
        program_uart();
        console_output = has_debug_port ? write_both : write_uart;
    } else if (has_debug_port) {
        console_output = write_debug_port;
    }
}

void arch_console_write(const char *text, size_t bytes)
{
    alternative_vcall(console_output, text, bytes);
}

void console_give_to_dom0(void)
{
    dom0_owns_uart = true;
}

void console_take_back(void)
{
    if (has_uart && dom0_owns_uart) {
        program_uart();
        dom0_owns_uart = false;
    }
}
