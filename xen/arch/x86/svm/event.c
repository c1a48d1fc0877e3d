/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What becomes of an event whose delivery an exit interrupted. Pure: words of
 * the VMCB's EXITINTINFO and EVENTINJ (AMD APM vol. 2, 15.7.2 and 15.20).
 */
#include <asm/event.h>

#define FIRST_INTERRUPT_VECTOR 32

static uint64_t type_of(uint64_t event)
{
    return event & EVENT_TYPE_MASK;
}

static unsigned int vector_of(uint64_t event)
{
    return event & EVENT_VECTOR_MASK;
}

/* Exceptions that are an instruction's way to call: its RIP is still that of
 * the instruction, which calls again. */
static bool is_called_by_instruction(unsigned int vector)
{
    return vector == VECTOR_BREAKPOINT || vector == VECTOR_OVERFLOW;
}

uint64_t event_to_repeat(uint64_t event)
{
    if (!(event & EVENT_VALID)) {
        return 0;
    }
    switch (type_of(event)) {
    case EVENT_INTERRUPT:
    case EVENT_NMI:
        return event;
    case EVENT_EXCEPTION:
        /* An emulator may call an external interrupt an exception. */
        if (vector_of(event) >= FIRST_INTERRUPT_VECTOR) {
            return EVENT_VALID | EVENT_INTERRUPT | vector_of(event);
        }
        return is_called_by_instruction(vector_of(event)) ? 0 : event;
    default:
        return 0;
    }
}

static uint64_t exception_with_error_0(unsigned int vector)
{
    return EVENT_VALID | EVENT_HAS_ERROR | EVENT_EXCEPTION | vector;
}

/* Exceptions after which one more of their kind is a double fault (AMD APM
 * vol. 2, 8.2.9). */
static bool is_contributory(unsigned int vector)
{
    return vector == VECTOR_DIVIDE || (vector >= VECTOR_INVALID_TSS &&
                                       vector <= VECTOR_GENERAL_PROTECTION);
}

uint64_t event_protection_fault(uint64_t interrupted)
{
    const unsigned int vector = vector_of(interrupted);

    if (!(interrupted & EVENT_VALID) ||
        type_of(interrupted) != EVENT_EXCEPTION) {
        return exception_with_error_0(VECTOR_GENERAL_PROTECTION);
    }
    if (vector == VECTOR_DOUBLE_FAULT) {
        return 0;
    }
    return exception_with_error_0(is_contributory(vector) ||
                                          vector == VECTOR_PAGE_FAULT
                                      ? VECTOR_DOUBLE_FAULT
                                      : VECTOR_GENERAL_PROTECTION);
}
