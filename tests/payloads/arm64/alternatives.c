/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with alternatives: for the feature that all CPUs have, for one that
 * none has, with more than one instruction, with one that refers to a page, and
 * with a call: the last two work only if their distances were made right. Its
 * function shows in dom0 which of them stand in its code, a letter each.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/alternative.h>
#include <asm/cpufeature.h>
#include <function_sizes.h>

#define HAS LIVEPATCH_FEATURE
#define HAS_NOT 5

/* Upper case: the alternative's code ran. */
#define CHOOSE(original, other, number)                                        \
    ({                                                                         \
        register int letter __asm__("w0");                                     \
                                                                               \
        __asm__ __volatile__(ALTERNATIVE(original, other, "%c[feature]")       \
                             : "=r"(letter)                                    \
                             : [feature] "i"(number)                           \
                             : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", \
                               "x9", "x10", "x11", "x12", "x13", "x14", "x15", \
                               "x16", "x17", "x30", "cc", "memory");           \
        (char)letter;                                                          \
    })

int called_letter(void);
extern const char page_letter[];

/* Their addresses count: the call and the page stand in alternatives' code. */
int noinline called_letter(void)
{
    return 'D';
}
const char page_letter[] __aligned(16) = "C";

static const char *chosen_extra_version(void)
{
    static char letters[8] = "-";

    letters[1] = CHOOSE("mov w0, 'a'", "mov w0, 'A'", HAS);
    letters[2] = CHOOSE("mov w0, 'b'", "mov w0, 'B'", HAS_NOT);
    letters[3] = CHOOSE("mov w0, 'c'\n nop\n nop",
                        "adrp x1, page_letter\n"
                        "add x1, x1, :lo12:page_letter\n"
                        "ldrb w0, [x1]",
                        HAS);
    letters[4] = CHOOSE("mov w0, 'd'", "bl called_letter", HAS);
    return letters;
}

LIVEPATCH_FUNC(xen_extra_version, chosen_extra_version,
               FUNCTION_SIZE(xen_extra_version));
