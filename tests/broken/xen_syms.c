/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file, mapped.
 */
#include "broken/xen_syms.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "lib/payload_elf.h"

int xen_build_id(const void **bytes, unsigned int *len);

static struct build_id id;

int xen_build_id(const void **bytes, unsigned int *len)
{
    *bytes = id.bytes;
    *len = (unsigned int)id.nr_bytes;
    return 0;
}

bool xen_syms_open(const char *path, struct elf_file *xen)
{
    int fd = open(path, O_RDONLY);
    struct stat stat;
    void *bytes;

    if (fd < 0 || fstat(fd, &stat)) {
        perror(path);
        return false;
    }
    bytes = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED ||
        elf_file_open(path, bytes, (size_t)stat.st_size, xen, stderr)) {
        return false;
    }
    id = payload_build_id(xen, SECTION_OWN_ID);
    return true;
}
