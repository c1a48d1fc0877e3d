/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with alternatives: for a feature that the CPU has, for one that it
 * has not, for one that it is not to have, with more code than the original,
 * and with a call, which works only if its distance was made right. Its
 * function shows in dom0 which of them stand in its code, a letter each.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/alternative.h>
#include <asm/cpufeature.h>
#include <asm/livepatch.h>
#include <function_sizes.h>

#define HAS X86_FEATURE_SVM
#define HAS_NOT X86_FEATURE_AVX512F

/* Upper case: the alternative's code ran. */
#define CHOOSE(original, other, number)                                        \
    ({                                                                         \
        int letter;                                                            \
                                                                               \
        __asm__ __volatile__(ALTERNATIVE("mov $'" original "', %[letter]",     \
                                         other, "%c[feature]")                 \
                             : [letter] "=a"(letter)                           \
                             : [feature] "i"(number)                           \
                             : "rdx");                                         \
        (char)letter;                                                          \
    })

int called_letter(void);

/* Its address counts: the call to it stands in the alternative's code. */
int noinline called_letter(void)
{
    return 'E';
}

static const char *chosen_extra_version(void)
{
    static char letters[8] = "-";

    letters[1] = CHOOSE("a", "mov $'A', %[letter]", HAS);
    letters[2] = CHOOSE("b", "mov $'B', %[letter]", HAS_NOT);
    letters[3] = CHOOSE("c", "mov $'C', %[letter]", HAS_NOT | ALT_NEGATED);
    letters[4] = CHOOSE("d", "mov $'C', %%edx; lea 1(%%rdx), %[letter]",
                        LIVEPATCH_FEATURE);
    letters[5] = CHOOSE("e", "call called_letter", HAS);
    letters[6] = CHOOSE("f", "", HAS | ALT_NEGATED);
    return letters;
}

LIVEPATCH_FUNC(xen_extra_version, chosen_extra_version,
               FUNCTION_SIZE(xen_extra_version));
