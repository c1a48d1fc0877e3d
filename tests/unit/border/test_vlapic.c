// SPDX-License-Identifier: GPL-2.0
/*
 * dom0's stores to its local APIC, from the instruction to what reaches the
 * hardware or other vCPUs.
 */
#include "unit.h"
#include <string.h>
#include <asm/apic.h>
#include <asm/guest_memory.h>
#include <asm/vlapic.h>

#include "fake_printk.h"

#define NR 4

static struct vmcb vmcb;
static struct vcpu vcpus[NR];
static uint32_t hardware[0x1000 / 16];
static unsigned int nr_writes;
static uint8_t code[15];
static unsigned int code_bytes;
static bool is_64bit;
static unsigned int inits, nmis, startups; /* bit masks of vCPUs */
static unsigned int startup_vector;

uint32_t apic_read(unsigned int offset)
{
    return hardware[offset / 16];
}

void apic_write(unsigned int offset, uint32_t value)
{
    hardware[offset / 16] = value;
    nr_writes++;
}

unsigned int nr_vcpus(void)
{
    return NR;
}

struct vcpu *vcpu_of(unsigned int id)
{
    return &vcpus[id];
}

void vcpu_send_init(struct vcpu *v)
{
    inits |= 1u << v->id;
}

void vcpu_send_startup(struct vcpu *v, unsigned int vector)
{
    startups |= 1u << v->id;
    startup_vector = vector;
}

void vcpu_send_nmi(struct vcpu *v)
{
    nmis |= 1u << v->id;
}

void vcpu_skip_instruction(struct vcpu *v, unsigned int bytes)
{
    v->vmcb->rip += bytes;
}

unsigned int guest_read_code(const struct vcpu *v, uint8_t *to,
                             unsigned int bytes)
{
    (void)v;
    assert_int_equal(bytes, sizeof(code));
    memcpy(to, code, code_bytes);
    return code_bytes;
}

bool guest_is_64bit(const struct vcpu *v)
{
    (void)v;
    return is_64bit;
}

static int set_up(void **state)
{
    static const uint8_t store[] = {0x89, 0x07}; /* mov %eax, (%rdi) */

    (void)state;
    for (unsigned int i = 0; i < NR; i++) {
        vcpus[i] = (struct vcpu){
            .id = i,
            .apic_id = i * 2,
            .ldr = 1u << (24 + i),
            .dfr = ~0u,
            .vmcb = &vmcb,
        };
    }
    memset(hardware, 0, sizeof(hardware));
    memcpy(code, store, sizeof(store));
    code_bytes = sizeof(store);
    is_64bit = true;
    vmcb.rip = nr_writes = inits = nmis = startups = 0;
    fake_log_clear();
    return 0;
}

static bool store(unsigned int offset, uint32_t value)
{
    vcpus[1].regs[REG_RAX] = value;
    return vlapic_serve_store(&vcpus[1], offset);
}

static void store_reaches_the_hardware_and_is_stepped_over(void **state)
{
    (void)state;
    assert_true(store(0x80, 0x55));
    assert_int_equal(hardware[0x80 / 16], 0x55);
    assert_int_equal(vmcb.rip, 2);
}

static void what_cannot_be_decoded_does_nothing(void **state)
{
    (void)state;
    code[0] = 0x87;
    assert_false(store(0x80, 1));
    set_up(NULL);
    code_bytes = 1;
    assert_false(store(0x80, 1));
    set_up(NULL);
    is_64bit = false;
    assert_false(store(0x80, 1));
    assert_int_equal(nr_writes, 0);
    assert_int_equal(vmcb.rip, 0);
}

static void store_beside_a_register_does_nothing(void **state)
{
    (void)state;
    for (unsigned int offset = 0; offset < 0x1000; offset++) {
        if (offset % 16) {
            assert_false(store(offset, 0x4500));
        }
    }
    assert_int_equal(nr_writes, 0);
    assert_int_equal(inits, 0);
}

static void init_nmi_and_startup_reach_vcpus_alone(void **state)
{
    (void)state;
    hardware[APIC_ICR_HIGH / 16] = 6 << 24;
    assert_true(store(APIC_ICR_LOW, 0x4500));
    assert_int_equal(inits, 8);
    assert_true(store(APIC_ICR_LOW, 0x469a));
    assert_int_equal(startups, 8);
    assert_int_equal(startup_vector, 0x9a);
    assert_true(store(APIC_ICR_LOW, 0xc4400));
    assert_int_equal(nmis, 0xd); /* all but the sender */
    assert_int_equal(nr_writes, 0);
}

static void deasserted_init_does_nothing(void **state)
{
    (void)state;
    assert_true(store(APIC_ICR_LOW, 0x88500));
    assert_int_equal(inits, 0);
    assert_int_equal(nr_writes, 0);
}

static void management_interrupt_and_odd_modes_reach_nobody(void **state)
{
    static const uint32_t commands[] = {0xc4200, 0x84200, 0x4200, 0x4300,
                                        0x4700};

    (void)state;
    for (unsigned int i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        assert_true(store(APIC_ICR_LOW, commands[i]));
        assert_int_equal(vmcb.rip, 2 * (i + 1));
    }
    assert_int_equal(nr_writes, 0);
    assert_int_equal(inits | nmis | startups, 0);
}

static void plain_interrupt_passes(void **state)
{
    (void)state;
    assert_true(store(APIC_ICR_LOW, 0xc08fd));
    assert_int_equal(hardware[APIC_ICR_LOW / 16], 0xc08fd);
}

static void destinations_are_those_that_were_written(void **state)
{
    (void)state;
    assert_true(store(APIC_LDR, 0x12000000));
    assert_true(store(APIC_DFR, 0x0fffffff));
    assert_int_equal(vcpus[1].ldr, 0x12000000);
    assert_int_equal(vcpus[1].dfr, 0x0fffffff);
    assert_int_equal(hardware[APIC_LDR / 16], 0x12000000);
    hardware[APIC_ICR_HIGH / 16] = 0x12u << 24;
    assert_true(store(APIC_ICR_LOW, 0x4c00));
    assert_int_equal(nmis, 2); /* cluster 1 has vCPU 1 alone */
}

static void id_stays_and_local_reset_is_masked(void **state)
{
    (void)state;
    hardware[APIC_ID / 16] = 2 << 24;
    assert_true(store(APIC_ID, 7 << 24));
    assert_int_equal(hardware[APIC_ID / 16], 2 << 24);
    assert_true(store(0x350, 0x5f0));
    assert_int_equal(hardware[0x350 / 16], 0x105f0);
}

static void repeated_drops_are_told_of_now_and_then(void **state)
{
    unsigned int nr = 0;

    (void)state;
    for (unsigned int i = 0; i < 1000; i++) {
        fake_log_clear();
        assert_true(store(APIC_ID, 7 << 24));
        nr += strstr(fake_log, "APIC write of 0x7000000 at 0x20 ignored (") !=
              NULL;
    }
    assert_in_range(nr, 1, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(store_reaches_the_hardware_and_is_stepped_over,
                               set_up),
        cmocka_unit_test_setup(what_cannot_be_decoded_does_nothing, set_up),
        cmocka_unit_test_setup(store_beside_a_register_does_nothing, set_up),
        cmocka_unit_test_setup(init_nmi_and_startup_reach_vcpus_alone, set_up),
        cmocka_unit_test_setup(deasserted_init_does_nothing, set_up),
        cmocka_unit_test_setup(management_interrupt_and_odd_modes_reach_nobody,
                               set_up),
        cmocka_unit_test_setup(plain_interrupt_passes, set_up),
        cmocka_unit_test_setup(destinations_are_those_that_were_written,
                               set_up),
        cmocka_unit_test_setup(id_stays_and_local_reset_is_masked, set_up),
        cmocka_unit_test_setup(repeated_drops_are_told_of_now_and_then, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
