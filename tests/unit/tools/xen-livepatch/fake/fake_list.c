/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The bytes of LIST in both layouts. Before interface version 0x13 lists have
 * no sizes and no metadata, and 128 bytes for each name.
 */
#include "fake/fake_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_memory.h"
#include "fake/wire_bytes.h"

#define SYSCTL_BYTES 136U

void check_zero(const unsigned char *sysctl, unsigned int from, unsigned int to)
{
    for (unsigned int i = from; i < to; i++) {
        if (sysctl[i]) {
            fail_msg("byte %u of the sysctl is 0x%02x, expected 0", i,
                     sysctl[i]);
        }
    }
}

static uint32_t name_bytes_of(const struct fake_entry *entry)
{
    return entry->name_bytes ? entry->name_bytes
                             : (uint32_t)strlen(entry->name) + 1;
}

static void answer_list_sizes(unsigned char *sysctl,
                              const struct fake_listing *listing)
{
    uint32_t name_bytes = 0;
    uint32_t metadata_bytes = 0;

    for (uint32_t i = 0; i < listing->window->nr_given; i++) {
        name_bytes += name_bytes_of(&listing->entries[i]);
        metadata_bytes += listing->entries[i].metadata_bytes;
    }
    put_u32(sysctl, 16, listing->window->version);
    put_u32(sysctl, 24, listing->window->nr_given);
    if (!listing->is_before_0x13) {
        put_u32(sysctl, 32, name_bytes);
        put_u32(sysctl, 36, metadata_bytes);
    }
}

/* Where a LIST answer goes, and how far it has come. */
struct list_output {
    unsigned char *statuses;
    uint64_t names;
    unsigned char *name_lengths;
    uint64_t metadata;
    unsigned char *metadata_lengths;
    uint32_t name_offset;
    uint32_t metadata_offset;
};

static void write_entry(struct list_output *output, uint32_t i,
                        const struct fake_entry *entry)
{
    uint32_t length = (uint32_t)strlen(entry->name) + 1;

    put_u32(output->statuses, i * 8, entry->state);
    put_u32(output->statuses, i * 8 + 4, (uint32_t)entry->rc);
    memcpy(fake_memory_at(output->names + output->name_offset, length),
           entry->name, length);
    put_u32(output->name_lengths, i * 4, name_bytes_of(entry));
    if (entry->metadata) {
        memcpy(fake_memory_at(output->metadata + output->metadata_offset,
                              entry->metadata_bytes),
               entry->metadata, entry->metadata_bytes);
    }
    put_u32(output->metadata_lengths, i * 4, entry->metadata_bytes);
    output->name_offset += name_bytes_of(entry);
    output->metadata_offset += entry->metadata_bytes;
}

/* 40 status, 48 name, 56 len, 64 metadata, 72 metadata_len handles */
static int answer_list_window(unsigned char *sysctl,
                              const struct fake_listing *listing)
{
    uint32_t nr_asked = listing->window->nr_asked;
    struct list_output output = {
        .statuses = fake_memory_at(u64_at(sysctl, 40), nr_asked * 8),
        .names = u64_at(sysctl, 48),
        .name_lengths = fake_memory_at(u64_at(sysctl, 56), nr_asked * 4),
        .metadata = u64_at(sysctl, 64),
        .metadata_lengths = fake_memory_at(u64_at(sysctl, 72), nr_asked * 4),
    };

    /* Capacities are read by later interface versions: they must be true. */
    fake_memory_at(output.names, u32_at(sysctl, 32));
    fake_memory_at(output.metadata, u32_at(sysctl, 36));
    if (listing->rc) {
        return listing->rc;
    }
    for (uint32_t i = 0; i < listing->window->nr_given && i < nr_asked; i++) {
        write_entry(&output, i, &listing->entries[listing->window->index + i]);
    }
    put_u32(sysctl, 16, listing->window->version);
    put_u32(sysctl, 24, 0);
    put_u32(sysctl, 32, output.name_offset);
    put_u32(sysctl, 36, output.metadata_offset);
    return (int)listing->window->nr_given;
}

/* 32 status, 40 name, 48 len handles */
static int answer_old_list_window(unsigned char *sysctl,
                                  const struct fake_listing *listing)
{
    uint32_t nr_asked = listing->window->nr_asked;
    unsigned char *statuses = fake_memory_at(u64_at(sysctl, 32), nr_asked * 8);
    char *names = fake_memory_at(u64_at(sysctl, 40), nr_asked * 128);
    unsigned char *lengths = fake_memory_at(u64_at(sysctl, 48), nr_asked * 4);

    check_zero(sysctl, 56, SYSCTL_BYTES);
    if (listing->rc) {
        return listing->rc;
    }
    for (uint32_t i = 0; i < listing->window->nr_given && i < nr_asked; i++) {
        const struct fake_entry *entry =
            &listing->entries[listing->window->index + i];

        put_u32(statuses, i * 8, entry->state);
        put_u32(statuses, i * 8 + 4, (uint32_t)entry->rc);
        strcpy(names + (size_t)i * 128, entry->name);
        put_u32(lengths, i * 4, name_bytes_of(entry));
    }
    put_u32(sysctl, 16, listing->window->version);
    put_u32(sysctl, 24, 0);
    return (int)listing->window->nr_given;
}

/* 16 version, 20 idx, 24 nr, 28 pad; since 0x13: 32 name bytes, 36 metadata
 * bytes */
int fake_list_answer(unsigned char *sysctl, const struct fake_listing *listing)
{
    assert_int_equal(u32_at(sysctl, 20), listing->window->index);
    assert_int_equal(u32_at(sysctl, 24), listing->window->nr_asked);
    check_zero(sysctl, 28, 32);
    check_zero(sysctl, 80, SYSCTL_BYTES);
    if (listing->window->nr_asked) {
        return listing->is_before_0x13 ? answer_old_list_window(sysctl, listing)
                                       : answer_list_window(sysctl, listing);
    }
    check_zero(sysctl, 16, SYSCTL_BYTES);
    answer_list_sizes(sysctl, listing);
    return listing->rc;
}
