/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Images by the banner that each hypervisor prints, and by the header that a
 * boot loader looks for.
 *
 * Source: Linux Documentation/arm64/booting.rst (the header of an arm64 Image).
 */
#include "input/hypervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARM64_MAGIC "ARM\x64"
#define ARM64_MAGIC_OFFSET 56U

static bool has_text(const unsigned char *bytes, size_t nr_bytes,
                     const char *text)
{
    return memmem(bytes, nr_bytes, text, strlen(text)) != NULL;
}

struct hypervisor_image hypervisor_recognize(const unsigned char *bytes,
                                             size_t nr_bytes)
{
    struct hypervisor_image image = {.arch = "x86"};

    if (nr_bytes >= ARM64_MAGIC_OFFSET + 4 &&
        memcmp(bytes + ARM64_MAGIC_OFFSET, ARM64_MAGIC, 4) == 0) {
        image.arch = "arm64";
    }
    if (has_text(bytes, nr_bytes, "xSplice, a Xen-style hypervisor")) {
        image.kind = "ours";
    } else if (has_text(bytes, nr_bytes, "Xen version %d.%d")) {
        image.kind = "stock";
    }
    return image;
}

int hypervisor_look_at(const char *path, struct hypervisor_image *image)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    void *bytes = MAP_FAILED;
    int rc = 0;

    if (fd < 0) {
        return -errno;
    }
    *image = (struct hypervisor_image){.arch = "x86"};
    if (fstat(fd, &stat) != 0) {
        rc = -errno;
    } else if (stat.st_size > 0) {
        bytes = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        rc = bytes == MAP_FAILED ? -errno : 0;
    }
    if (bytes != MAP_FAILED) {
        *image = hypervisor_recognize(bytes, (size_t)stat.st_size);
        munmap(bytes, (size_t)stat.st_size);
    }
    close(fd);
    return rc;
}
