// SPDX-License-Identifier: GPL-2.0
/*
 * Calls through pointers that become direct when the payload is loaded: by
 * <xen/alternative-call.h>, and as Xen up to 4.20 says it, by an alternative
 * for all CPUs whose code is a call to itself. Pointers of the payload's own
 * and one of the hypervisor's. What the calls have become, it tells by a letter
 * each: upper case for a direct call, `!` for one that still goes through its
 * pointer; and it tells whether each function was called with what it was given
 * and gave back what it should.
 */
#include <xen/alternative-call.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/alternative.h>
#include <asm/cpufeature.h>
#include <function_sizes.h>

#define CALL_REL32 0xe8
#define SUM 654321

static noinline unsigned long sum(unsigned long a, unsigned int b,
                                  const unsigned int *c, unsigned long d,
                                  unsigned long e, unsigned long f)
{
    return a + 10 * b + 100 * *c + 1000 * d + 10000 * e + 100000 * f;
}

static unsigned int nr_noted;

static noinline void note(void)
{
    nr_noted++;
}

static unsigned long (*sum_pointer)(unsigned long, unsigned int,
                                    const unsigned int *, unsigned long,
                                    unsigned long, unsigned long) = sum;
static void (*const note_pointer)(void) = note;
static void (*const no_pointer)(void);

/* The hypervisor's own, set at its boot; a static of its. */
extern void (*console_output)(const char *text, size_t bytes)
    LIVEPATCH_SYMBOL("arch/x86/serial.c#console_output");

extern const unsigned char old_site[], null_site[], console_site[];

/* A call as Xen 4.17 marks it. */
static noinline void call_of_the_old_form(void)
{
    __asm__ __volatile__(
        ".globl old_site\n"
        "old_site: call *%c[pointer](%%rip)\n"
        ".pushsection .altinstructions, \"a\", @progbits\n"
        ".long old_site - ., 74f - .\n"
        ".word %c[always]\n"
        ".byte 6, 5, 0, 0\n"
        ".popsection\n"
        ".pushsection .altinstr_replacement, \"ax\", @progbits\n"
        "74: call .\n"
        ".popsection\n"
        :
        : [pointer] "i"(&note_pointer), [always] "i"(X86_FEATURE_ALWAYS)
        : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc",
          "memory");
}

/* Never made: through a pointer that is NULL it is a trap. */
static noinline void call_of_nothing(void)
{
    __asm__ __volatile__(".globl null_site\n null_site:" ::: "memory");
    alternative_vcall(no_pointer);
}

static noinline void say(const char *text, size_t bytes)
{
    __asm__ __volatile__(".globl console_site\n console_site:" ::: "memory");
    alternative_vcall(console_output, text, bytes);
}

static const unsigned char *find_call(const unsigned char *code,
                                      unsigned char opcode)
{
    for (unsigned int i = 0; i < 64; i++) {
        if (code[i] == opcode) {
            return code + i;
        }
    }
    return code;
}

static const void *called_by(const unsigned char *call)
{
    return call + 5 + *(const int *)(call + 1);
}

static char letter(const unsigned char *call, const void *function, char name)
{
    return *call == CALL_REL32 && called_by(call) == function ? name : '!';
}

static const char *text_of_calls(void)
{
    static char text[] = "-?????";
    const unsigned int c = 3;
    const unsigned long answer =
        alternative_call(sum_pointer, 1UL, 2U, &c, 4UL, 5UL, 6UL);
    const unsigned int noted = nr_noted;

    __asm__ __volatile__("" ::: "memory");
    call_of_the_old_form();
    text[1] = answer == SUM ? 'A' : '!';
    text[2] = nr_noted == noted + 1 ? 'B' : '!';
    text[3] = letter(old_site, note, 'C');
    text[4] = find_call(null_site, 0x0f)[1] == 0x0b ? 'D' : '!';
    text[5] = letter(find_call(console_site, CALL_REL32), console_output, 'E');
    say("calls\n", 6);
    if (!text[0]) {
        call_of_nothing();
    }
    return text;
}
LIVEPATCH_FUNC(xen_extra_version, text_of_calls,
               FUNCTION_SIZE(xen_extra_version));
