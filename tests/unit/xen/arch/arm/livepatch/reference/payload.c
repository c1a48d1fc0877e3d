// SPDX-License-Identifier: GPL-2.0
/*
 * A payload for the user-mode host's fake hypervisor, from C: a replacement
 * that calls the hypervisor, reads its data and has data of its own, a table of
 * functions, a switch that becomes a table, and NOPs.
 */
#include <xen/livepatch_payload.h>

/* What the fake hypervisor's build-id is. */
#define NOTE                                                                   \
    {                                                                          \
        4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xa0, 0xa1,     \
            0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac,  \
            0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3                           \
    }

static const uint8_t
    xen_depends[] __used_section(".livepatch.xen_depends") = NOTE;
static const uint8_t depends[] __used_section(".livepatch.depends") = NOTE;

extern int question(void);
extern const uint32_t constant;

int calls;
uint8_t last_byte;
uint16_t last_half;

static int twice(int n)
{
    last_byte = (uint8_t)n;
    return 2 * n;
}

static int half(int n)
{
    last_half = (uint16_t)n;
    return n / 2;
}

int (*const table[])(int n) = {twice, half};

const char *new_name(unsigned int n);
const char *new_name(unsigned int n)
{
    switch (n) {
    case 0:
        return "none";
    case 1:
        return "one";
    case 2:
        return "two";
    case 3:
        return "three";
    case 4:
        return "four";
    default:
        return "many";
    }
}

int new_answer(void);
int new_answer(void)
{
    calls++;
    return table[calls & 1](question() + (int)constant);
}

LIVEPATCH_FUNC_NAMED("answer", answer, new_answer, 16);
LIVEPATCH_ENTRY("common/file.c#local", local, NULL, 8, 16);
