/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pCPU with an MMU, in a program: page tables are the hypervisor's own
 * (paging.c), and a load of CR3 makes the program's mappings what they say.
 * So a write goes where the tables lead, or ends in a fault. Knows the region
 * of patching aliases and the hypervisor's text; one pCPU.
 */
#ifndef TEST_MACHINE_H
#define TEST_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text of the hypervisor: read-only, each page in another place of physical
 * memory than the one before it. */
#define TEXT_VIRT 0x300000000000UL
#define TEXT_PAGES 8

/* Everything as after boot: no page of text mapped but [0, pages). */
void machine_start(unsigned int pages);

/* Maps more pages of text than there is memory for them: page i shows what
 * page i % TEXT_PAGES does. At any address of its own top-level entry. */
void machine_map_many(unsigned long virt, unsigned int pages);

/* What stands at the address, by the page tables of the boot. */
const uint8_t *machine_text(unsigned long virt);

/* Fills all text with a pattern in which no two neighbours are alike. */
void machine_fill_text(void);
uint8_t machine_filling(unsigned long virt);

/* The n-th allocation from now on fails; 0: none. */
void machine_fail_nth(unsigned int n);
unsigned int machine_allocations(void);

/* Pages that could be written during the last write; entries for such pages
 * that stand now, in CR3's tables or in those of that write. */
unsigned int machine_pages_opened(void);
unsigned int machine_pages_open(void);

/* What maps the page by the tables in CR3, and by those of the boot; 0:
 * nothing.
 */
uint64_t machine_entry(unsigned long virt);
uint64_t machine_boot_entry(unsigned long virt);

/* Another set of tables with the same mappings, as CR3 takes it. */
unsigned long machine_other_cr3(void);

/* What the pCPU has done: one letter each, see machine.c. */
const char *machine_deeds(void);
void machine_forget_deeds(void);
void machine_note(char deed);

#endif
