/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads ACPI's static tables: finds the root pointer, walks the root table,
 * and takes from MADT and FADT the few fields that the hypervisor needs. The
 * tables stay as they are for dom0. Firmware's lengths are checked before
 * anything behind them is read.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/string.h>
#include <asm/acpi.h>

#define BIOS_START 0xe0000
#define BIOS_END 0x100000
#define EBDA_SEGMENT_PADDR 0x40e
#define EBDA_BYTES 1024

#define MADT_ENTRIES_OFFSET 44
#define MADT_LOCAL_APIC 0
#define MADT_LOCAL_X2APIC 9
#define MADT_ENABLED 1

#define FADT_PM_TIMER_OFFSET 76
#define FADT_FLAGS_OFFSET 112
#define FADT_RESET_REGISTER_OFFSET 116
#define FADT_RESET_VALUE_OFFSET 128
#define FADT_HAS_RESET_REGISTER (1u << 10)
#define ADDRESS_SPACE_IO 1

struct root_pointer {
    char signature[8];
    uint8_t checksum;
    char oem[6];
    uint8_t revision;
    uint32_t rsdt;
    uint32_t length;
    uint64_t xsdt;
    uint8_t extended_checksum;
    uint8_t reserved[3];
} __packed;

struct table_header {
    char signature[4];
    uint32_t length;
    uint8_t revision, checksum;
    char oem[6], oem_table[8];
    uint32_t oem_revision, creator, creator_revision;
} __packed;

struct madt_cpu {
    uint8_t type, length, processor, apic_id;
    uint32_t flags;
} __packed;

static const struct table_header *madt __initdata;
static const struct table_header *fadt __initdata;
static struct acpi_cpus found_cpus __initdata;

static bool __init sums_to_zero(const void *start, uint32_t bytes)
{
    const uint8_t *at = start;
    uint8_t sum = 0;

    for (uint32_t i = 0; i < bytes; i++) {
        sum += at[i];
    }
    return sum == 0;
}

static const struct root_pointer *__init scan_for_root(paddr_t start,
                                                       size_t bytes)
{
    const uint8_t *area = boot_map(start, bytes);

    for (size_t at = 0; area && at + sizeof(struct root_pointer) <= bytes;
         at += 16) {
        if (memcmp(area + at, "RSD PTR ", 8) == 0 &&
            sums_to_zero(area + at, 20)) {
            return (const struct root_pointer *)(area + at);
        }
    }
    return NULL;
}

static const struct root_pointer *__init find_root(void)
{
    const struct root_pointer *root =
        scan_for_root(BIOS_START, BIOS_END - BIOS_START);
    const uint16_t *segment = boot_map(EBDA_SEGMENT_PADDR, sizeof(*segment));

    if (root == NULL && segment && *segment) {
        root = scan_for_root((paddr_t)*segment << 4, EBDA_BYTES);
    }
    return root;
}

/* The table at the address, checked, or NULL. */
static const struct table_header *__init map_table(paddr_t at)
{
    const struct table_header *header = boot_map(at, sizeof(*header));

    if (header == NULL || header->length < sizeof(*header) ||
        header->length > MB(16) || boot_map(at, header->length) == NULL ||
        !sums_to_zero(header, header->length)) {
        printk(XENLOG_WARNING "ACPI: no sound table at %#lx\n", at);
        return NULL;
    }
    return header;
}

static void __init note_table(paddr_t at)
{
    const struct table_header *table = map_table(at);

    if (table && memcmp(table->signature, "APIC", 4) == 0) {
        madt = table;
    } else if (table && memcmp(table->signature, "FACP", 4) == 0) {
        fadt = table;
    }
}

void __init acpi_init(void)
{
    const struct root_pointer *root = find_root();
    const struct table_header *list;
    uint32_t entry_bytes;
    bool has_xsdt;

    if (root == NULL) {
        panic("ACPI: no root pointer\n");
    }
    has_xsdt = root->revision >= 2 && root->xsdt;
    entry_bytes = has_xsdt ? 8 : 4;
    list = map_table(has_xsdt ? root->xsdt : root->rsdt);
    for (uint32_t at = sizeof(*list); list && at + entry_bytes <= list->length;
         at += entry_bytes) {
        paddr_t table = 0;

        memcpy(&table, (const uint8_t *)list + at, entry_bytes);
        note_table(table);
    }
    if (madt == NULL || fadt == NULL) {
        panic("ACPI: no %s\n", madt == NULL ? "MADT" : "FADT");
    }
}

static void __init note_cpu(const struct madt_cpu *cpu)
{
    if (cpu->type == MADT_LOCAL_X2APIC) {
        printk(XENLOG_WARNING "ACPI: x2APIC pCPUs are not supported\n");
        return;
    }
    if (cpu->type != MADT_LOCAL_APIC || cpu->length < sizeof(*cpu) ||
        !(cpu->flags & MADT_ENABLED)) {
        return;
    }
    if (found_cpus.nr == NR_CPUS) {
        printk(XENLOG_WARNING "pCPU with APIC id %u left out: %u at most\n",
               cpu->apic_id, NR_CPUS);
        return;
    }
    found_cpus.apic_id[found_cpus.nr++] = cpu->apic_id;
}

const struct acpi_cpus *__init acpi_find_cpus(void)
{
    const uint8_t *base = (const uint8_t *)madt;
    uint32_t at = MADT_ENTRIES_OFFSET;

    while (at + 2 <= madt->length && base[at + 1] >= 2 &&
           at + base[at + 1] <= madt->length) {
        note_cpu((const struct madt_cpu *)(base + at));
        at += base[at + 1];
    }
    return &found_cpus;
}

/* A field of the FADT, 0 where the table is too short to have it. */
static uint32_t __init fadt_field(uint32_t offset, uint32_t bytes)
{
    uint32_t value = 0;

    if (offset + bytes <= fadt->length) {
        memcpy(&value, (const uint8_t *)fadt + offset, bytes);
    }
    return value;
}

uint16_t __init acpi_find_pm_timer(void)
{
    return fadt_field(FADT_PM_TIMER_OFFSET, 4);
}

struct acpi_register __init acpi_find_reset(void)
{
    bool present =
        (fadt_field(FADT_FLAGS_OFFSET, 4) & FADT_HAS_RESET_REGISTER) &&
        fadt_field(FADT_RESET_REGISTER_OFFSET, 1) == ADDRESS_SPACE_IO;

    return (struct acpi_register){
        .port = present ? fadt_field(FADT_RESET_REGISTER_OFFSET + 4, 4) : 0,
        .value = fadt_field(FADT_RESET_VALUE_OFFSET, 1),
    };
}
