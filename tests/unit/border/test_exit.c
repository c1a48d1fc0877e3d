// SPDX-License-Identifier: GPL-2.0
/*
 * What is done about each exit, above all about an access that the nested page
 * tables do not allow: passed on, mapped, or refused, and never let through.
 *
 * lint: long file: one table of exits, whose tests share its fakes
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/livepatch.h>
#include <xen/version.h>
#include <asm/apic.h>
#include <asm/guest_cpuid.h>
#include <asm/guest_memory.h>
#include <asm/guest_msr.h>
#include <xen/memory.h>
#include <asm/npt.h>
#include <asm/shutdown.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>
#include <asm/vlapic.h>

#include "fake_panic.h"
#include "fake_printk.h"

#define OWN 0x200000UL
#define OWN_END 0x300000UL
#define APIC 0xfee00000UL
#define DEVICE 0x1000000000UL

#define GP (EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 13)
#define DF (EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | 8)
#define UD (EVENT_VALID | EVENT_EXCEPTION | 6)

static struct vmcb vmcb;
static struct vcpu vcpu = {.vmcb = &vmcb};
static unsigned int nr_stores, nr_devices, nr_hypercalls, nr_nmis, nr_msrs;
static unsigned int nr_looks; /* after hooks of payloads */
static bool store_is_odd, is_64bit;
static int device_rc;
static uint8_t opcode;

bool is_own_memory(paddr_t start, paddr_t end)
{
    return start < OWN_END && end > OWN;
}

paddr_t apic_paddr(void)
{
    return APIC;
}

bool vlapic_serve_store(struct vcpu *v, unsigned int offset)
{
    (void)v;
    assert_true(offset < 4096);
    nr_stores++;
    return !store_is_odd;
}

int npt_add_device(paddr_t gpa)
{
    assert_false(is_own_memory(gpa, gpa + 1));
    nr_devices++;
    return device_rc;
}

void vcpu_inject_exception(struct vcpu *v, unsigned int vector,
                           bool has_error_code, uint32_t error_code)
{
    assert_false(has_error_code);
    assert_int_equal(error_code, 0);
    v->vmcb->event_injection = EVENT_VALID | EVENT_EXCEPTION | vector;
}

void vcpu_skip_instruction(struct vcpu *v, unsigned int bytes)
{
    v->vmcb->rip += bytes;
}

long hypercall_dispatch(unsigned int nr, unsigned long a1, unsigned long a2,
                        unsigned long a3, unsigned long a4, unsigned long a5)
{
    nr_hypercalls++;
    return nr == 99
               ? HYPERCALL_RETRY
               : (long)(nr + a1 + a2 * 10 + a3 * 100 + a4 * 1000 + a5 * 10000);
}

unsigned int guest_read_code(const struct vcpu *v, uint8_t *code,
                             unsigned int bytes)
{
    (void)v;
    assert_int_equal(bytes, 1);
    *code = opcode;
    return opcode ? 1 : 0;
}

bool guest_is_64bit(const struct vcpu *v)
{
    (void)v;
    return is_64bit;
}

void guest_msr_serve(struct vcpu *v)
{
    (void)v;
    nr_msrs++;
}

bool livepatch_is_in_hook = true;

void livepatch_look(void)
{
    nr_looks++;
}

void take_pending_nmi(void)
{
    nr_nmis++;
}

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
    return (struct cpuid_regs){leaf, subleaf, 3, 4};
}

struct cpuid_regs guest_cpuid(const struct cpuid_question *question,
                              struct cpuid_regs raw)
{
    assert_int_equal(question->leaf, raw.eax);
    assert_int_equal(question->version, 4 << 16 | 17);
    raw.ebx |= 0x100;
    return raw;
}

unsigned long hypercall_server(unsigned long nr)
{
    return nr;
}

unsigned int xen_major_version(void)
{
    return 4;
}

unsigned int xen_minor_version(void)
{
    return 17;
}

/* Of a child process, too: shared with it. */
static struct {
    bool has_begun, is_shown;
} * report;

void begin_report(void)
{
    report->has_begun = true;
}

void vcpu_show(const struct vcpu *v)
{
    report->is_shown = report->has_begun && v == &vcpu;
}

/* It ends with the message, once dom0's state was shown in a report. */
static void assert_reported(void (*body)(void), const char *message)
{
    memset(report, 0, sizeof(*report));
    assert_panic(body, message);
    assert_true(report->is_shown);
}

static int set_up(void **state)
{
    (void)state;
    memset(&vmcb, 0, sizeof(vmcb));
    memset(vcpu.regs, 0, sizeof(vcpu.regs));
    nr_stores = nr_devices = nr_hypercalls = nr_nmis = nr_msrs = 0;
    nr_looks = 0;
    device_rc = 0;
    store_is_odd = false;
    is_64bit = true;
    fake_log_clear();
    return 0;
}

static void take_exit(uint64_t code)
{
    vmcb.exit_code = code;
    svm_serve_exit(&vcpu);
}

static void fault(paddr_t gpa, uint64_t what, uint64_t interrupted)
{
    vmcb.exit_info_1 = what;
    vmcb.exit_info_2 = gpa;
    vmcb.exit_int_info = interrupted;
    vmcb.rip = 0x1000;
    take_exit(SVM_EXIT_NPF);
}

static void access_to_own_memory_is_a_protection_fault(void **state)
{
    static const paddr_t places[] = {OWN, OWN + 0xfff, OWN_END - 1,
                                     OWN_END - 0x1000};
    static const uint64_t kinds[] = {
        0,
        NPF_WRITE,
        NPF_FETCH,
        NPF_PRESENT,
        NPF_TABLE_WALK,
        NPF_TABLE_WALK | NPF_WRITE,
        1UL << 32,
        NPF_WRITE | 1UL << 32 | 4,
    };

    (void)state;
    for (unsigned int i = 0; i < 4; i++) {
        for (unsigned int n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
            fault(places[i], kinds[n], 0);
            assert_int_equal(vmcb.event_injection, GP);
            assert_int_equal(vmcb.rip, 0x1000);
        }
    }
    assert_int_equal(nr_devices + nr_stores, 0);
    fault(OWN - 1, 0, 0);
    fault(OWN_END, 0, 0);
    assert_int_equal(vmcb.event_injection, 0);
    assert_int_equal(nr_devices, 2);
}

static void refused_delivery_of_an_event_is_not_repeated(void **state)
{
    (void)state;
    fault(OWN, 0, UD);
    assert_int_equal(vmcb.event_injection, GP);
    fault(OWN, 0, GP);
    assert_int_equal(vmcb.event_injection, DF);
    fault(OWN, 0, EVENT_VALID | EVENT_INTERRUPT | 0x40);
    assert_int_equal(vmcb.event_injection, GP);
}

static void refuse_delivery_of_double_fault(void)
{
    fault(OWN, 0, DF);
}

static void refused_delivery_of_a_double_fault_is_a_shutdown(void **state)
{
    (void)state;
    assert_panic(refuse_delivery_of_double_fault,
                 "dom0 shut down by a triple fault\n");
}

static void delivery_that_met_a_new_device_is_repeated(void **state)
{
    const uint64_t event = EVENT_VALID | EVENT_INTERRUPT | 0x40;

    (void)state;
    fault(DEVICE, 0, event);
    assert_int_equal(nr_devices, 1);
    assert_int_equal(vmcb.event_injection, event);
}

static void device_that_cannot_be_is_a_protection_fault(void **state)
{
    (void)state;
    device_rc = -EPERM;
    fault(DEVICE, 0, 0);
    assert_int_equal(vmcb.event_injection, GP);
    device_rc = -ENOMEM;
    fault(DEVICE, NPF_WRITE, 0);
    assert_int_equal(vmcb.event_injection, GP);
    nr_devices = 0;
    fault(DEVICE, NPF_PRESENT, 0);
    assert_int_equal(nr_devices, 0);
    assert_int_equal(vmcb.event_injection, GP);
}

static void store_to_the_apic_is_served(void **state)
{
    (void)state;
    fault(APIC + 0x300, NPF_WRITE | NPF_PRESENT | 1UL << 32 | 4, 0);
    assert_int_equal(nr_stores, 1);
    assert_int_equal(vmcb.event_injection, 0);
    store_is_odd = true;
    fault(APIC + 0x300, NPF_WRITE | NPF_PRESENT, 0);
    assert_int_equal(vmcb.event_injection, GP);
}

/* By the walk of dom0's tables, by an event's frame, or no store at all. */
static void access_to_the_apic_that_is_no_store_is_not_decoded(void **state)
{
    (void)state;
    fault(APIC + 0x300, NPF_WRITE | NPF_PRESENT | NPF_TABLE_WALK, 0);
    assert_int_equal(vmcb.event_injection, GP);
    fault(APIC + 0x300, NPF_WRITE | NPF_PRESENT, UD);
    assert_int_equal(vmcb.event_injection, GP);
    fault(APIC + 0x300, NPF_PRESENT, 0);
    assert_int_equal(vmcb.event_injection, GP);
    assert_int_equal(nr_stores, 0);
    assert_int_equal(nr_devices, 0);
}

static unsigned int count_lines(void)
{
    unsigned int nr = 0;

    for (const char *at = fake_log; *at; at++) {
        nr += *at == '\n';
    }
    return nr;
}

/* Goes on until a line is told. */
static const char *tell_of_access(uint64_t what)
{
    fake_log_clear();
    while (fake_log[0] == '\0') {
        fault(OWN + 8, what, 0);
    }
    return fake_log;
}

static void log_counts_what_was_refused(void **state)
{
    unsigned int first, second;
    const char *words = "hypervisor memory (";

    (void)state;
    first = atoi(strstr(tell_of_access(0), words) + strlen(words));
    second = atoi(strstr(tell_of_access(0), words) + strlen(words));
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
}

static void log_tells_what_kind_of_access_it_was(void **state)
{
    static const struct {
        uint64_t what;
        const char *says;
    } rows[] = {
        {0, "at 0x1000: read at 0x200008 refused: hypervisor memory"},
        {NPF_WRITE, "at 0x1000: write at 0x200008 refused"},
        {NPF_FETCH, "at 0x1000: fetch at 0x200008 refused"},
        {NPF_TABLE_WALK, "at 0x1000: page table at 0x200008 refused"},
        {NPF_TABLE_WALK | NPF_WRITE, "page table at 0x200008 refused"},
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_non_null(strstr(tell_of_access(rows[i].what), rows[i].says));
    }
}

static void log_tells_of_the_first_and_ever_fewer(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 5000; i++) {
        fault(OWN, NPF_WRITE, 0);
    }
    assert_in_range(count_lines(), 1, 22);
    device_rc = -EPERM;
    fake_log_clear();
    fault(DEVICE, NPF_FETCH, 0);
    assert_non_null(strstr(fake_log, "memory that cannot be there"));
}

static void hypercall_wants_ring_0_and_64_bits(void **state)
{
    (void)state;
    for (unsigned int cpl = 0; cpl < 4; cpl++) {
        vmcb.cpl = cpl;
        vmcb.rip = 0;
        vcpu.regs[REG_RAX] = 17;
        take_exit(SVM_EXIT_VMMCALL);
        assert_int_equal(vcpu.regs[REG_RAX], cpl ? -EPERM : 17);
        assert_int_equal(vmcb.rip, 3);
    }
    vmcb.cpl = 0;
    is_64bit = false;
    take_exit(SVM_EXIT_VMMCALL);
    assert_int_equal(vcpu.regs[REG_RAX], -ENOSYS);
    assert_int_equal(nr_hypercalls, 1);
}

static void hypercall_that_retries_stays_where_it_is(void **state)
{
    (void)state;
    vcpu.regs[REG_RAX] = 99;
    take_exit(SVM_EXIT_VMMCALL);
    assert_int_equal(vcpu.regs[REG_RAX], 99);
    assert_int_equal(vmcb.rip, 0);
}

static void hypercall_arguments_are_the_abis(void **state)
{
    (void)state;
    vcpu.regs[REG_RAX] = 0;
    vcpu.regs[REG_RDI] = 1;
    vcpu.regs[REG_RSI] = 2;
    vcpu.regs[REG_RDX] = 3;
    vcpu.regs[REG_R10] = 4;
    vcpu.regs[REG_R8] = 5;
    take_exit(SVM_EXIT_VMMCALL);
    assert_int_equal(vcpu.regs[REG_RAX], 54321);
}

static void svm_instructions_are_undefined(void **state)
{
    static const enum svm_exit codes[] = {
        SVM_EXIT_INVLPGA, SVM_EXIT_VMRUN,   SVM_EXIT_VMLOAD,
        SVM_EXIT_VMSAVE,  SVM_EXIT_STGI,    SVM_EXIT_CLGI,
        SVM_EXIT_SKINIT,  SVM_EXIT_MONITOR, SVM_EXIT_MWAIT,
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        vmcb.event_injection = 0;
        take_exit(codes[i]);
        assert_int_equal(vmcb.event_injection, UD);
        assert_int_equal(vmcb.rip, 0);
    }
}

static void nmi_is_taken_and_a_shadowed_halt_is_over(void **state)
{
    (void)state;
    opcode = 0xf4;
    take_exit(SVM_EXIT_NMI);
    assert_int_equal(nr_nmis, 1);
    assert_int_equal(vmcb.rip, 0);
    vmcb.interrupt_shadow = INTERRUPT_SHADOW;
    take_exit(SVM_EXIT_NMI);
    assert_int_equal(vmcb.rip, 1);
    vmcb.rip = 0;
    opcode = 0x90;
    take_exit(SVM_EXIT_NMI);
    opcode = 0;
    take_exit(SVM_EXIT_NMI);
    assert_int_equal(vmcb.rip, 0);
}

static void return_from_nmi_lets_the_next_one_come(void **state)
{
    (void)state;
    vcpu.nmi_blocked = true;
    vmcb.intercept_1 = INTERCEPT_IRET | INTERCEPT_NMI;
    take_exit(SVM_EXIT_IRET);
    assert_false(vcpu.nmi_blocked);
    assert_int_equal(vmcb.intercept_1, INTERCEPT_NMI);
}

static void cpuid_and_msr_are_served(void **state)
{
    (void)state;
    vcpu.regs[REG_RAX] = 0xffffffff0000000b;
    vcpu.regs[REG_RCX] = 1;
    take_exit(SVM_EXIT_CPUID);
    assert_int_equal(vcpu.regs[REG_RAX], 0xb);
    assert_int_equal(vcpu.regs[REG_RBX], 0x101);
    assert_int_equal(vmcb.rip, 2);
    take_exit(SVM_EXIT_MSR);
    assert_int_equal(nr_msrs, 1);
    assert_true(nr_looks > 0);
}

static void server_of_an_exit_is_told(void **state)
{
    (void)state;
    vcpu.regs[REG_RAX] = 35;
    vmcb.exit_code = SVM_EXIT_VMMCALL;
    assert_int_equal(svm_exit_server(&vcpu), 35);
    vmcb.exit_code = SVM_EXIT_MSR;
    assert_int_equal(svm_exit_server(&vcpu), (unsigned long)guest_msr_serve);
    vmcb.exit_code = ~0UL;
    assert_int_equal(svm_exit_server(&vcpu), 0);
}

static void shut_down(void)
{
    take_exit(SVM_EXIT_SHUTDOWN);
}

static void exit_unknown(void)
{
    take_exit(~0UL);
}

static void shutdown_and_unknown_exits_end_in_a_report(void **state)
{
    (void)state;
    assert_reported(shut_down, "dom0 shut down by a triple fault\n");
    assert_reported(exit_unknown, "an exit from dom0 that nothing serves: code "
                                  "0xffffffffffffffff\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(log_counts_what_was_refused, set_up),
        cmocka_unit_test_setup(log_tells_what_kind_of_access_it_was, set_up),
        cmocka_unit_test_setup(access_to_own_memory_is_a_protection_fault,
                               set_up),
        cmocka_unit_test_setup(refused_delivery_of_an_event_is_not_repeated,
                               set_up),
        cmocka_unit_test_setup(refused_delivery_of_a_double_fault_is_a_shutdown,
                               set_up),
        cmocka_unit_test_setup(delivery_that_met_a_new_device_is_repeated,
                               set_up),
        cmocka_unit_test_setup(device_that_cannot_be_is_a_protection_fault,
                               set_up),
        cmocka_unit_test_setup(store_to_the_apic_is_served, set_up),
        cmocka_unit_test_setup(
            access_to_the_apic_that_is_no_store_is_not_decoded, set_up),
        cmocka_unit_test_setup(log_tells_of_the_first_and_ever_fewer, set_up),
        cmocka_unit_test_setup(hypercall_wants_ring_0_and_64_bits, set_up),
        cmocka_unit_test_setup(hypercall_that_retries_stays_where_it_is,
                               set_up),
        cmocka_unit_test_setup(hypercall_arguments_are_the_abis, set_up),
        cmocka_unit_test_setup(svm_instructions_are_undefined, set_up),
        cmocka_unit_test_setup(nmi_is_taken_and_a_shadowed_halt_is_over,
                               set_up),
        cmocka_unit_test_setup(return_from_nmi_lets_the_next_one_come, set_up),
        cmocka_unit_test_setup(cpuid_and_msr_are_served, set_up),
        cmocka_unit_test_setup(server_of_an_exit_is_told, set_up),
        cmocka_unit_test_setup(shutdown_and_unknown_exits_end_in_a_report,
                               set_up),
    };

    report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
