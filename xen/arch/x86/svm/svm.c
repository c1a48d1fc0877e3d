/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Turning on SVM: checks what the hardware has, makes the MSR bitmap that all
 * vCPUs share, and gives each pCPU its host save area. From svm_init_pcpu() on
 * the global interrupt flag is clear whenever host code runs, except in the
 * two places of entry.S.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <asm/cpu.h>
#include <asm/guest_msr.h>
#include <asm/svm.h>

#define LEAF_EXTENDED 0x80000001
#define EXTENDED_ECX_SVM (1u << 2)
#define LEAF_SVM 0x8000000a
#define SVM_EDX_NESTED_PAGING (1u << 0)
#define VM_CR_SVM_DISABLED (1u << 4)

#define MSR_BITMAP_PAGES 2

static uint8_t *msr_bitmap;

paddr_t svm_msr_bitmap(void)
{
    return virt_to_maddr(msr_bitmap);
}

static void __init check_hardware(void)
{
    uint64_t vm_cr = 0;

    if (!(cpuid(LEAF_EXTENDED, 0).ecx & EXTENDED_ECX_SVM)) {
        panic("this CPU has no SVM\n");
    }
    if (rdmsr_safe(MSR_VM_CR, &vm_cr) || (vm_cr & VM_CR_SVM_DISABLED)) {
        panic("the firmware has disabled SVM\n");
    }
    if (!(cpuid(LEAF_SVM, 0).edx & SVM_EDX_NESTED_PAGING)) {
        panic("this CPU has no nested paging\n");
    }
}

void __init svm_init(void)
{
    check_hardware();
    msr_bitmap = alloc_xenheap_pages(MSR_BITMAP_PAGES);
    if (msr_bitmap == NULL) {
        panic("no memory for the MSR bitmap\n");
    }
    memset(msr_bitmap, 0, MSR_BITMAP_PAGES * PAGE_SIZE);
    guest_msr_fill_bitmap(msr_bitmap);
    svm_init_pcpu();
}

void __init svm_init_pcpu(void)
{
    void *save_area = alloc_xenheap_pages(1);

    if (save_area == NULL) {
        panic("no memory for the host save area\n");
    }
    wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SVME);
    wrmsr(MSR_VM_HSAVE_PA, virt_to_maddr(save_area));
    __asm__ __volatile__("clgi" : : : "memory");
}
