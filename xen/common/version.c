// SPDX-License-Identifier: GPL-2.0
/*
 * What this hypervisor calls itself. Each string and number comes from a
 * function of its own that is long enough to be replaced while it is in use;
 * the values that a build decides come from <xen/compile.h>, which the build
 * writes. Telling a guest is version_op.c's job.
 */
#include <xen/compile.h>
#include <xen/compiler.h>
#include <xen/elfstructs.h>
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/version.h>

/* Callers know nothing of the body: they call it, whatever it is now. A
 * compiler without a word for that (clang) knows nothing of a body in another
 * file, and all callers are in others. */
#if __has_attribute(__noipa__)
#define PATCHABLE __attribute__((__noipa__))
#else
#define PATCHABLE noinline
#endif

/* No-operations, at least one, up to a multiple of 16 bytes (the alignment of
 * functions): a body with this inside has room for any trampoline behind a
 * landing pad. */
#define PAD_FUNCTION() __asm__ __volatile__("nop\n\t.p2align 4")

PATCHABLE unsigned int xen_major_version(void)
{
    PAD_FUNCTION();
    return 4;
}

PATCHABLE unsigned int xen_minor_version(void)
{
    PAD_FUNCTION();
    return 17;
}

PATCHABLE const char *xen_extra_version(void)
{
    PAD_FUNCTION();
    return "-xsplice";
}

PATCHABLE const char *xen_compile_date(void)
{
    PAD_FUNCTION();
    return XEN_COMPILE_DATE;
}

PATCHABLE const char *xen_compile_by(void)
{
    PAD_FUNCTION();
    return "xsplice";
}

PATCHABLE const char *xen_compile_domain(void)
{
    PAD_FUNCTION();
    return "localdomain";
}

PATCHABLE const char *xen_compiler(void)
{
    PAD_FUNCTION();
    return XEN_COMPILER;
}

PATCHABLE const char *xen_changeset(void)
{
    PAD_FUNCTION();
    return XEN_CHANGESET;
}

PATCHABLE const char *xen_capabilities(void)
{
    PAD_FUNCTION();
    return XEN_CAPABILITIES;
}

/* From the linker script; empty when the linker made no note. */
extern const Elf_Note __note_gnu_build_id_start[], __note_gnu_build_id_end[];

/* The note's name is "GNU" with its NUL: no padding before the descriptor. */
int xen_build_id(const void **p, unsigned int *len)
{
    static const char owner[] = "GNU";
    const Elf_Note *note = __note_gnu_build_id_start;
    const char *name = (const char *)(note + 1);
    const size_t bytes = (uintptr_t)__note_gnu_build_id_end - (uintptr_t)note;

    if (bytes < sizeof(*note) + sizeof(owner) ||
        note->n_type != NT_GNU_BUILD_ID || note->n_namesz != sizeof(owner) ||
        memcmp(name, owner, sizeof(owner)) != 0 ||
        note->n_descsz > bytes - sizeof(*note) - sizeof(owner)) {
        return -ENODATA;
    }
    *p = name + sizeof(owner);
    *len = note->n_descsz;
    return 0;
}
