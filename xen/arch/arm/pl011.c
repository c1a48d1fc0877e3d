/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where console characters go beside the ring: an Arm PL011 (Arm DDI 0183), as
 * the firmware has set it up, until dom0 owns it. Polls, never for ever.
 */
#include <xen/cache.h>
#include <xen/console.h>
#include <xen/init.h>
#include <xen/paging.h>
#include <asm/pl011.h>

#define UART_DATA 0x00
#define UART_FLAGS 0x18
#define UART_CONTROL 0x30
#define FLAG_TRANSMIT_FULL (1u << 5)
#define CONTROL_ENABLE_TRANSMIT ((1u << 8) | (1u << 0))
#define TRANSMIT_POLLS 200000

static volatile uint32_t *__ro_after_init uart;
static bool dom0_owns_uart;

void __init pl011_init(paddr_t paddr)
{
    uart = iomap_page(paddr);
    uart[UART_CONTROL / 4] |= CONTROL_ENABLE_TRANSMIT;
}

static void put(char c)
{
    for (unsigned int i = 0; i < TRANSMIT_POLLS; i++) {
        if (!(uart[UART_FLAGS / 4] & FLAG_TRANSMIT_FULL)) {
            break;
        }
    }
    uart[UART_DATA / 4] = (unsigned char)c;
}

void arch_console_write(const char *text, size_t bytes)
{
    if (uart == NULL || dom0_owns_uart) {
        return;
    }
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            put('\r');
        }
        put(text[i]);
    }
}

void console_give_to_dom0(void)
{
    dom0_owns_uart = true;
}

void console_take_back(void)
{
    dom0_owns_uart = false;
    if (uart) {
        uart[UART_CONTROL / 4] |= CONTROL_ENABLE_TRANSMIT;
    }
}
