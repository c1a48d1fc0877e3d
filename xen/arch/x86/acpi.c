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
#include <xen/unaligned.h>
#include <asm/acpi.h>

#define BIOS_START 0xe0000
#define BIOS_END 0x100000
#define EBDA_SEGMENT_PADDR 0x40e
#define EBDA_BYTES 1024

/* Of a root pointer. */
#define ROOT_BYTES 36
#define ROOT_SUMMED_BYTES 20
#define ROOT_REVISION_OFFSET 15
#define ROOT_RSDT_OFFSET 16
#define ROOT_XSDT_OFFSET 24

/* Of each table: its signature, and how long it is. */
#define HEADER_BYTES 36
#define HEADER_LENGTH_OFFSET 4

#define MADT_ENTRIES_OFFSET 44
#define MADT_LOCAL_APIC 0
#define MADT_LOCAL_X2APIC 9

/* Of a pCPU's entry there. */
#define CPU_BYTES 8
#define CPU_APIC_ID_OFFSET 3
#define CPU_FLAGS_OFFSET 4
#define CPU_ENABLED 1

#define FADT_PM_TIMER_OFFSET 76
#define FADT_FLAGS_OFFSET 112
#define FADT_RESET_REGISTER_OFFSET 116
#define FADT_RESET_VALUE_OFFSET 128
#define FADT_HAS_RESET_REGISTER (1u << 10)
#define ADDRESS_SPACE_IO 1

/*@ predicate is_table{L}(uint8_t *table) =
      readable(table, HEADER_BYTES) &&
      HEADER_BYTES <= u32_at(table + HEADER_LENGTH_OFFSET) <= MB(16) &&
      readable(table, u32_at(table + HEADER_LENGTH_OFFSET));
 */

static const uint8_t *madt __initdata;
static const uint8_t *fadt __initdata;
static struct acpi_cpus found_cpus __initdata;

/*@ requires is_table(table);
    assigns \nothing;
    ensures \result == u32_at(table + HEADER_LENGTH_OFFSET);
 */
static uint32_t __init length_of(const uint8_t *table)
{
    return read_u32(table + HEADER_LENGTH_OFFSET);
}

/*@ requires readable(at, bytes); assigns \nothing; */
static bool __init sums_to_zero(const uint8_t *at, uint32_t bytes)
{
    uint8_t sum = 0;

    /*@ loop invariant 0 <= i <= bytes;
        loop assigns i, sum;
        loop variant bytes - i;
     */
    for (uint32_t i = 0; i < bytes; i++) {
        sum += at[i];
    }
    return sum == 0;
}

/*@ requires ROOT_BYTES <= bytes <= MB(1);
    assigns \nothing;
    ensures \result == NULL || readable(\result, ROOT_BYTES);
 */
static const uint8_t *__init scan_for_root(paddr_t start, size_t bytes)
{
    const uint8_t *area = boot_map(start, bytes);

    /*@ loop invariant at <= bytes + 16;
        loop assigns at;
        loop variant bytes - at;
     */
    for (size_t at = 0; area && at + ROOT_BYTES <= bytes; at += 16) {
        if (memcmp(area + at, "RSD PTR ", 8) == 0 &&
            sums_to_zero(area + at, ROOT_SUMMED_BYTES)) {
            return area + at;
        }
    }
    return NULL;
}

/*@ assigns \nothing;
    ensures \result == NULL || readable(\result, ROOT_BYTES);
 */
static const uint8_t *__init find_root(void)
{
    const uint8_t *root = scan_for_root(BIOS_START, BIOS_END - BIOS_START);
    const uint8_t *segment = boot_map(EBDA_SEGMENT_PADDR, sizeof(uint16_t));

    if (root == NULL && segment && read_u16(segment)) {
        root = scan_for_root((paddr_t)read_u16(segment) * 16, EBDA_BYTES);
    }
    return root;
}

/* The table at the address, checked, or NULL. */
/*@ assigns \nothing;
    ensures \result == NULL || is_table(\result);
 */
static const uint8_t *__init map_table(paddr_t at)
{
    const uint8_t *table = boot_map(at, HEADER_BYTES);
    const uint32_t bytes = table ? read_u32(table + HEADER_LENGTH_OFFSET) : 0;

    if (bytes < HEADER_BYTES || bytes > MB(16) || boot_map(at, bytes) == NULL ||
        !sums_to_zero(table, bytes)) {
        printk(XENLOG_WARNING "ACPI: no sound table at %#lx\n", at);
        return NULL;
    }
    return table;
}

/*@ predicate are_noted{L}(uint8_t *apic, uint8_t *facp) =
      (apic == NULL || is_table(apic)) && (facp == NULL || is_table(facp));
 */

/*@ requires are_noted(madt, fadt);
    assigns madt, fadt;
    ensures are_noted(madt, fadt);
 */
static void __init note_table(paddr_t at)
{
    const uint8_t *table = map_table(at);

    if (table && memcmp(table, "APIC", 4) == 0) {
        madt = table;
    } else if (table && memcmp(table, "FACP", 4) == 0) {
        fadt = table;
    }
}

/*@ requires readable(list, at + entry_bytes);
    requires entry_bytes == 4 || entry_bytes == 8;
    assigns \nothing;
 */
static paddr_t __init address_in(const uint8_t *list, uint32_t at,
                                 uint32_t entry_bytes)
{
    return entry_bytes == 8 ? read_u64(list + at) : read_u32(list + at);
}

/*@ requires are_noted(madt, fadt);
    assigns madt, fadt;
    ensures is_table(madt) && is_table(fadt);
 */
void __init acpi_init(void)
{
    const uint8_t *root = find_root();
    const uint8_t *list;
    uint32_t entry_bytes, bytes;
    bool has_xsdt;

    if (root == NULL) {
        panic("ACPI: no root pointer\n");
    }
    has_xsdt =
        root[ROOT_REVISION_OFFSET] >= 2 && read_u64(root + ROOT_XSDT_OFFSET);
    entry_bytes = has_xsdt ? 8 : 4;
    list = map_table(has_xsdt ? read_u64(root + ROOT_XSDT_OFFSET)
                              : read_u32(root + ROOT_RSDT_OFFSET));
    bytes = list ? length_of(list) : 0;
    /*@ loop invariant HEADER_BYTES <= at <= MB(16) + 8;
        loop invariant are_noted(madt, fadt);
        loop assigns at, madt, fadt;
        loop variant bytes - at;
     */
    for (uint32_t at = HEADER_BYTES; at + entry_bytes <= bytes;
         at += entry_bytes) {
        note_table(address_in(list, at, entry_bytes));
    }
    if (madt == NULL || fadt == NULL) {
        panic("ACPI: no %s\n", madt == NULL ? "MADT" : "FADT");
    }
}

/*@ requires readable(cpu, 2) && (cpu[1] >= CPU_BYTES ==> readable(cpu, 8));
    requires found_cpus.nr <= NR_CPUS;
    assigns found_cpus;
    ensures found_cpus.nr <= NR_CPUS;
 */
static void __init note_cpu(const uint8_t *cpu)
{
    if (cpu[0] == MADT_LOCAL_X2APIC) {
        printk(XENLOG_WARNING "ACPI: x2APIC pCPUs are not supported\n");
        return;
    }
    if (cpu[0] != MADT_LOCAL_APIC || cpu[1] < CPU_BYTES ||
        !(read_u32(cpu + CPU_FLAGS_OFFSET) & CPU_ENABLED)) {
        return;
    }
    if (found_cpus.nr == NR_CPUS) {
        printk(XENLOG_WARNING "pCPU with APIC id %u left out: %u at most\n",
               cpu[CPU_APIC_ID_OFFSET], NR_CPUS);
        return;
    }
    found_cpus.apic_id[found_cpus.nr++] = cpu[CPU_APIC_ID_OFFSET];
}

/*@ requires is_table(madt) && found_cpus.nr <= NR_CPUS;
    assigns found_cpus;
 */
const struct acpi_cpus *__init acpi_find_cpus(void)
{
    const uint32_t bytes = length_of(madt);
    uint32_t at = MADT_ENTRIES_OFFSET;

    /*@ loop invariant at <= MB(16) + 255 && found_cpus.nr <= NR_CPUS;
        loop assigns at, found_cpus;
        loop variant MB(16) + 255 - at;
     */
    while (at + 2 <= bytes && madt[at + 1] >= 2 && at + madt[at + 1] <= bytes) {
        const uint8_t *entry = madt + at;

        at += entry[1];
        note_cpu(entry);
    }
    return &found_cpus;
}

/* A field of the FADT, 0 where the table is too short to have it. */
/*@ requires is_table(fadt) && offset <= MB(1) && (bytes == 1 || bytes == 4);
    assigns \nothing;
 */
static uint32_t __init fadt_field(uint32_t offset, uint32_t bytes)
{
    if (offset + bytes > length_of(fadt)) {
        return 0;
    }
    return bytes == 4 ? read_u32(fadt + offset) : fadt[offset];
}

/*@ requires is_table(fadt); assigns \nothing; */
uint16_t __init acpi_find_pm_timer(void)
{
    return fadt_field(FADT_PM_TIMER_OFFSET, 4);
}

/*@ requires is_table(fadt); assigns \nothing; */
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
