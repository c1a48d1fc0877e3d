// SPDX-License-Identifier: GPL-2.0
/*
 * Two pages of kernel addresses whose page-table entries are written by hand:
 * whatever physical page is asked for, readable, writable and executable.
 */
#include <linux/kdebug.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include <asm/nospec-branch.h>
#include <asm/tlbflush.h>
#include "probe.h"

#define PAGES 2
#define ENTRY (_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)
#define WORD sizeof(u64)
#define GIB (1ULL << 30)

static u8 *window;
static u64 own_page;
static pte_t *entry[PAGES];
static pte_t original[PAGES];

/* Where a call into the window goes on when it is refused. */
unsigned long border_resume_ip, border_resume_sp;
static bool was_refused;

static void set_page(unsigned int i, pte_t value)
{
    WRITE_ONCE(*entry[i], value);
    asm volatile("invlpg (%0)" : : "r"(window + i * PAGE_SIZE) : "memory");
}

/* Until close_page() on the same CPU; preemption is off meanwhile. */
static void open_page(unsigned int i, u64 paddr)
{
    preempt_disable();
    set_page(i, __pte((paddr & PAGE_MASK) | ENTRY));
}

static void close_page(unsigned int i)
{
    set_page(i, original[i]);
    preempt_enable();
}

void *window_show(u64 paddr)
{
    open_page(0, paddr);
    return window;
}

static bool is_in_window(unsigned long at)
{
    return at - (unsigned long)window < PAGES * PAGE_SIZE;
}

/* A refused fetch: nothing in the exception table, for the address of the
 * instruction is the window's. */
static int go_on_after_fetch(struct notifier_block *block, unsigned long what,
                             void *argument)
{
    struct pt_regs *regs = ((struct die_args *)argument)->regs;

    if (what != DIE_GPF || user_mode(regs) || !is_in_window(regs->ip)) {
        return NOTIFY_DONE;
    }
    was_refused = true;
    regs->ip = border_resume_ip;
    regs->sp = border_resume_sp;
    return NOTIFY_STOP;
}

static struct notifier_block notifier = {.notifier_call = go_on_after_fetch};

/* What is executed when it is not refused is anybody's guess. */
static noinline bool probe_fetch(void *at)
{
    was_refused = false;
    asm volatile("mov %%rsp, border_resume_sp(%%rip)\n"
                 "lea 1f(%%rip), %%rcx\n"
                 "mov %%rcx, border_resume_ip(%%rip)\n" ANNOTATE_RETPOLINE_SAFE
                 "call *%%rax\n"
                 "1:\n"
                 : "+a"(at), ASM_CALL_CONSTRAINT
                 :
                 : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
                   "memory", "cc");
    return !was_refused;
}

static void try_page(struct border_request *r, u64 page)
{
    static const unsigned int place[] = {0, PAGE_SIZE - WORD};
    unsigned int i;

    open_page(0, page);
    for (i = 0; i < ARRAY_SIZE(place); i++) {
        u8 *at = window + place[i];

        count_probe(r, page + place[i], probe_read(at));
        count_probe(r, page + place[i], probe_write(at));
        count_probe(r, page + place[i], probe_fetch(at));
    }
    close_page(0);
}

void window_give_own(struct border_request *r)
{
    r->tried = r->passed = 1;
    r->value = own_page;
}

void window_try_memory(struct border_request *r)
{
    u64 page;

    for (page = r->address; page < r->end; page += PAGE_SIZE) {
        try_page(r, page);
        cond_resched();
    }
}

/* Devices that are not there: all that one can see is whether they fault. */
void window_try_devices(struct border_request *r)
{
    u64 page;

    for (page = r->address; page < r->end; page += GIB) {
        open_page(0, page);
        count_probe(r, page, probe_read(window));
        close_page(0);
        cond_resched();
    }
}

/* Copies until it is refused; how many bytes are left. */
static unsigned long copy(void *to, const void *from, unsigned long bytes)
{
    asm volatile("1: rep movsb\n"
                 "2:\n" _ASM_EXTABLE(1b, 2b)
                 : "+D"(to), "+S"(from), "+c"(bytes)
                 :
                 : "memory");
    return bytes;
}

/* The page of the hypervisor's lies at `theirs` of the window, a page of dom0's
 * beside it. */
static void try_words(struct border_request *r, u64 page, unsigned int theirs)
{
    u8 *at = window + PAGE_SIZE - WORD / 2;
    u8 *ours = theirs ? at : window + PAGE_SIZE;
    const u32 before = 0x5a5a5a5a;

    memcpy(ours, &before, sizeof(before));
    count_probe(r, page, probe_read(at));
    count_probe(r, page, probe_write(at));
    /* A word that is refused is refused whole. */
    count_probe(r, page, memcmp(ours, &before, sizeof(before)) != 0);
}

/* All bytes of dom0's page go, none of the next. */
static void try_strings(struct border_request *r, u64 page)
{
    static u8 here[WORD];
    u8 *at = window + PAGE_SIZE - WORD / 2;

    count_probe(r, page, copy(here, at, WORD) != WORD / 2);
    count_probe(r, page, copy(at, here, WORD) != WORD / 2);
}

void window_try_crossing(struct border_request *r)
{
    unsigned int theirs;

    for (theirs = 0; theirs < PAGES; theirs++) {
        open_page(theirs, r->address);
        try_words(r, r->address, theirs);
        if (theirs) {
            try_strings(r, r->address);
        }
        close_page(theirs);
    }
}

int window_open(void)
{
    unsigned int level, i;

    window = vzalloc(PAGES * PAGE_SIZE);
    if (!window) {
        return -ENOMEM;
    }
    for (i = 0; i < PAGES; i++) {
        entry[i] =
            lookup_address((unsigned long)window + i * PAGE_SIZE, &level);
        if (!entry[i] || level != PG_LEVEL_4K) {
            vfree(window);
            return -ENXIO;
        }
        original[i] = *entry[i];
    }
    own_page = __pa(__get_free_page(GFP_KERNEL | __GFP_NOFAIL));
    return register_die_notifier(&notifier);
}

void window_close(void)
{
    unregister_die_notifier(&notifier);
    free_page((unsigned long)__va(own_page));
    vfree(window);
}
