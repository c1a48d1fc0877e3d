/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Time that passes at once and is only counted.
 */
#include "fake/fake_hypervisor.h"
#include "session/delay.h"

unsigned int fake_delayed_ms;

void delay_ms(unsigned int ms)
{
    fake_delayed_ms += ms;
}
