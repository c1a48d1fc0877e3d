/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Uploads a payload again and again while all that a program keeps in the CPU
 * beside its general registers is in use: XMM registers, the x87, MXCSR and
 * the thread's own memory (FS base), in the very instruction that enters the
 * kernel, and in a thread on each other CPU. Says whether any of it changed.
 *
 *     live-vectors NAME FILE TIMES
 *
 * Prints `TIMES uploads, the last: ERRNO; nothing changed`, or what did, and
 * then ends with status 1. An upload that succeeds ends the program: FILE is to
 * be refused, after it has been verified.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "dom0/hypervisor.h"

#define MAX_PAYLOAD_BYTES (2u << 20)
#define NR_XMM 16
#define MXCSR_UNUSUAL 0x7f80 /* rounds towards zero */
#define THREAD_MARK 0x5a5a1234

/* Linux, include/uapi/xen/privcmd.h */
struct privcmd_call {
    uint64_t op;
    uint64_t arg[5];
};
#define PRIVCMD_CALL _IOC(_IOC_NONE, 'P', 0, sizeof(struct privcmd_call))

struct vectors {
    uint8_t xmm[NR_XMM][16];
    double x87;
    uint32_t mxcsr;
} __attribute__((aligned(16)));

static __thread uint64_t mark = THREAD_MARK;
static volatile bool is_over;
static volatile bool has_changed;

static struct vectors unusual(uint8_t seed)
{
    struct vectors made = {.x87 = 1.0 / 3.0 + seed, .mxcsr = MXCSR_UNUSUAL};

    for (unsigned int i = 0; i < sizeof(made.xmm); i++) {
        made.xmm[i / 16][i % 16] = (uint8_t)(seed + 7 * i);
    }
    return made;
}

#define EACH_XMM(do)                                                           \
    do                                                                         \
    (0) do(1) do(2) do(3) do(4) do(5) do(6) do(7) do(8) do(9) do(10) do(       \
        11) do(12) do(13) do(14) do(15)
#define LOAD(n) "movaps " #n "*16(%[in]), %%xmm" #n "\n"
#define STORE(n) "movaps %%xmm" #n ", " #n "*16(%[out])\n"
#define NAME_OF(n) "xmm" #n,

/* One system call with *in in the registers; what is in them then: *out. */
static long call_with(long number, long a, long b, long c,
                      const struct vectors *in, struct vectors *out)
{
    uint32_t usual;
    long rc = number;

    __asm__ __volatile__(
        "stmxcsr %[usual]\n"
        "ldmxcsr %[mxcsr_in]\n"
        "fldl %[x87_in]\n" EACH_XMM(LOAD) "syscall\n" EACH_XMM(
            STORE) "fstpl %[x87_out]\n"
                   "stmxcsr %[mxcsr_out]\n"
                   "ldmxcsr %[usual]\n"
        : "+a"(rc), [usual] "=m"(usual), [x87_out] "=m"(out->x87),
          [mxcsr_out] "=m"(out->mxcsr)
        : "D"(a), "S"(b), "d"(c), [in] "r"(in->xmm), [out] "r"(out->xmm),
          [x87_in] "m"(in->x87), [mxcsr_in] "m"(in->mxcsr)
        : EACH_XMM(NAME_OF) "rcx", "r11", "st", "memory");
    return rc;
}

static void check(const struct vectors *in, const struct vectors *out)
{
    uint64_t *self;

    __asm__ __volatile__("mov %%fs:0, %0" : "=r"(self));
    if (memcmp(in->xmm, out->xmm, sizeof(in->xmm)) || in->x87 != out->x87 ||
        in->mxcsr != out->mxcsr || mark != THREAD_MARK ||
        *self != (uintptr_t)self) {
        has_changed = true;
    }
}

/* The cheapest system call there is, all the time. */
static void *watch(void *arg)
{
    uint8_t seed = (uint8_t)(uintptr_t)arg;

    while (!is_over && !has_changed) {
        const struct vectors in = unusual(seed++);
        struct vectors out = {.mxcsr = 0};

        call_with(SYS_getppid, 0, 0, 0, &in, &out);
        check(&in, &out);
    }
    return NULL;
}

static struct xen_sysctl *read_request(const char *name, const char *path)
{
    struct xen_sysctl *request = sysctl_open();
    struct xen_sysctl_livepatch_upload *upload = &request->u.livepatch.u.upload;
    char *own_name = sysctl_buffer(XEN_LIVEPATCH_NAME_SIZE);
    char *bytes = sysctl_buffer(MAX_PAYLOAD_BYTES);
    FILE *file = fopen(path, "r");

    if (!file) {
        perror(path);
        exit(1);
    }
    strncpy(own_name, name, XEN_LIVEPATCH_NAME_SIZE - 1);
    request->cmd = XEN_SYSCTL_livepatch_op;
    request->u.livepatch.cmd = XEN_SYSCTL_LIVEPATCH_UPLOAD;
    set_xen_guest_handle(upload->name.name, own_name);
    upload->name.size = (uint16_t)(strlen(own_name) + 1);
    upload->size = fread(bytes, 1, MAX_PAYLOAD_BYTES, file);
    set_xen_guest_handle(upload->payload, (uint8_t *)bytes);
    fclose(file);
    return request;
}

static long upload_often(const struct xen_sysctl *request, unsigned int times)
{
    struct privcmd_call call = {.op = __HYPERVISOR_sysctl,
                                .arg = {(uintptr_t)request}};
    const int device = open("/dev/xen/privcmd", O_RDWR);
    long rc = -ENODEV;

    for (unsigned int i = 0; device >= 0 && i < times && !has_changed; i++) {
        const struct vectors in = unusual((uint8_t)i);
        struct vectors out = {.mxcsr = 0};

        rc = call_with(SYS_ioctl, device, (long)PRIVCMD_CALL, (long)&call, &in,
                       &out);
        check(&in, &out);
        if (rc >= 0) {
            break;
        }
    }
    return rc;
}

int main(int argc, char **argv)
{
    const long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);
    struct xen_sysctl *request;
    pthread_t thread;
    long rc;

    if (argc != 4) {
        fputs("usage: live-vectors NAME FILE TIMES\n", stderr);
        return 2;
    }
    request = read_request(argv[1], argv[2]);
    for (long i = 1; i < nr_cpus; i++) {
        pthread_create(&thread, NULL, watch, (void *)(uintptr_t)i);
    }
    rc = upload_often(request, (unsigned int)atoi(argv[3]));
    is_over = true;
    printf("%s uploads, the last: %s; %s changed\n", argv[3],
           rc < 0 ? strerrorname_np((int)-rc) : "loaded",
           has_changed ? "something" : "nothing");
    return has_changed || rc >= 0;
}
