/* SPDX-License-Identifier: GPL-2.0 */
/* Mapping files to read them. */
#include "build/file_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int map_file(int file, struct file_bytes *bytes)
{
    struct stat facts;

    if (fstat(file, &facts) != 0) {
        return -errno;
    }
    if (!S_ISREG(facts.st_mode)) {
        return -EINVAL;
    }
    *bytes = (struct file_bytes){"", (size_t)facts.st_size};
    if (bytes->nr != 0) {
        void *at = mmap(NULL, bytes->nr, PROT_READ, MAP_PRIVATE, file, 0);

        if (at == MAP_FAILED) {
            return -errno;
        }
        bytes->bytes = at;
    }
    return 0;
}

int file_bytes_open(const char *path, struct file_bytes *file)
{
    *file = (struct file_bytes){"", 0};

    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int rc = descriptor < 0 ? -errno : map_file(descriptor, file);

    if (descriptor >= 0) {
        close(descriptor);
    }
    return rc;
}

void file_bytes_close(struct file_bytes *file)
{
    if (file->nr != 0) {
        munmap((void *)file->bytes, file->nr);
    }
    *file = (struct file_bytes){"", 0};
}

int file_bytes_write(const char *path, const struct file_bytes *file)
{
    FILE *to = fopen(path, "we");
    int rc = to == NULL ? -errno : 0;

    if (to != NULL) {
        if (fwrite(file->bytes, 1, file->nr, to) != file->nr) {
            rc = -errno;
        }
        if (fclose(to) != 0 && rc == 0) {
            rc = -errno;
        }
    }
    return rc;
}

bool has_same_bytes(const char *one, const char *other)
{
    struct file_bytes a, b;
    bool is_same = false;

    if (file_bytes_open(one, &a) != 0) {
        return false;
    }
    if (file_bytes_open(other, &b) == 0) {
        is_same = a.nr == b.nr && memcmp(a.bytes, b.bytes, a.nr) == 0;
        file_bytes_close(&b);
    }
    file_bytes_close(&a);
    return is_same;
}
