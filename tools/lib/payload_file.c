/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads a payload file. Everything is asked of the descriptor, never again of
 * the path, so a file exchanged meanwhile cannot be checked as one and sent as
 * another. What the ELF contains is the hypervisor's to judge.
 */
#include "lib/payload_file.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static const unsigned char elf_magic[4] = {0x7f, 'E', 'L', 'F'};

static int complain_of_call(const char *what, const char *path, FILE *err)
{
    int error = errno;

    fprintf(err, "Could not %s %s.\nError %d: %s\n", what, path, error,
            strerror(error));
    return -error;
}

static const char *file_type(mode_t mode)
{
    if (S_ISDIR(mode)) {
        return "directory";
    }
    return S_ISFIFO(mode) || S_ISSOCK(mode) ? "pipe or socket" : "device";
}

static int check_status(const char *path, const struct stat *status,
                        size_t nr_bytes_max, FILE *err)
{
    if (!S_ISREG(status->st_mode)) {
        fprintf(err, "%s: file type: %s, expected a regular file.\n", path,
                file_type(status->st_mode));
        return -EINVAL;
    }
    if (status->st_size < 1 || (size_t)status->st_size > nr_bytes_max) {
        fprintf(err, "%s: size: %lld bytes, expected 1 to %zu.\n", path,
                (long long)status->st_size, nr_bytes_max);
        return -EINVAL;
    }
    return 0;
}

/* Read at most `nr_max` bytes; *nr_read tells how many there were. */
static int read_fully(int fd, unsigned char *bytes, size_t nr_max,
                      size_t *nr_read)
{
    size_t nr = 0;

    while (nr < nr_max) {
        ssize_t got = read(fd, bytes + nr, nr_max - nr);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -errno;
        }
        if (got == 0) {
            break;
        }
        nr += (size_t)got;
    }
    *nr_read = nr;
    return 0;
}

/* What a file is that is no ELF file, by its first bytes. */
static const char *content_word(const struct payload_file *file)
{
    static const struct {
        const char *start;
        const char *word;
    } starts[] = {
        {"#!", "a script"},
        {"\x1f\x8b", "compressed (gzip)"},
        {"\xfd"
         "7zXZ",
         "compressed (xz)"},
        {"\x28\xb5\x2f\xfd", "compressed (zstd)"},
        {"!<ar", "a package or an archive"},
        {"PK\x03\x04", "an archive (zip)"},
    };

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        size_t nr_bytes = strlen(starts[i].start);

        if (file->nr_bytes >= nr_bytes &&
            !memcmp(file->bytes, starts[i].start, nr_bytes)) {
            return starts[i].word;
        }
    }
    for (size_t i = 0; i < file->nr_bytes && i < 64; i++) {
        unsigned char byte = file->bytes[i];
        bool is_blank = byte == '\t' || byte == '\n' || byte == '\r';

        if ((byte < ' ' && !is_blank) || byte > '~') {
            return "data of another kind";
        }
    }
    return "text";
}

static int check_content(const char *path, const struct file_kind *kind,
                         const struct payload_file *file, size_t nr_expected,
                         FILE *err)
{
    size_t nr_magic = sizeof(elf_magic);

    if (file->nr_bytes != nr_expected) {
        fprintf(err, "%s: size: %s%zu bytes read, expected %zu.\n", path,
                file->nr_bytes > nr_expected ? "at least " : "", file->nr_bytes,
                nr_expected);
        return -EINVAL;
    }
    if (file->nr_bytes < nr_magic) {
        nr_magic = file->nr_bytes;
    }
    if (nr_magic < sizeof(elf_magic) ||
        memcmp(file->bytes, elf_magic, sizeof(elf_magic)) != 0) {
        fprintf(err, "%s: ELF magic:", path);
        for (size_t i = 0; i < nr_magic; i++) {
            fprintf(err, " %02x", file->bytes[i]);
        }
        fprintf(err, ", expected 7f 45 4c 46.\n%s: %s: %s.\n", path,
                content_word(file), kind->wanted);
        return -EINVAL;
    }
    return 0;
}

static int read_open_file(int fd, const char *path,
                          const struct file_kind *kind,
                          struct payload_file *file, FILE *err)
{
    struct payload_file found = {0};
    struct stat status;
    int rc;

    if (fstat(fd, &status)) {
        return complain_of_call("stat", path, err);
    }
    rc = check_status(path, &status, kind->nr_bytes_max, err);
    if (rc) {
        return rc;
    }
    /* One byte of room more shows a file that grew. */
    found.bytes = malloc((size_t)status.st_size + 1);
    if (!found.bytes || read_fully(fd, found.bytes, (size_t)status.st_size + 1,
                                   &found.nr_bytes)) {
        rc = complain_of_call("read", path, err);
    } else {
        rc = check_content(path, kind, &found, (size_t)status.st_size, err);
    }
    if (rc) {
        payload_file_free(&found);
        return rc;
    }
    *file = found;
    return 0;
}

int file_read(const char *path, const struct file_kind *kind,
              struct payload_file *file, FILE *err)
{
    /* O_NONBLOCK: a pipe without a writer must be refused, not waited for. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int rc;

    if (fd < 0) {
        return complain_of_call("open", path, err);
    }
    rc = read_open_file(fd, path, kind, file, err);
    close(fd);
    return rc;
}

int payload_file_read(const char *path, struct payload_file *file, FILE *err)
{
    static const struct file_kind payload = {
        PAYLOAD_BYTES_MAX,
        "no payload, which is an ELF file such as fix1.livepatch"};

    return file_read(path, &payload, file, err);
}

uint16_t payload_file_own_machine(void)
{
    static const struct {
        const char *name; /* as uname has it */
        uint16_t machine;
    } rows[] = {{"x86_64", EM_X86_64}, {"aarch64", EM_AARCH64}};
    struct utsname names;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!uname(&names) && !strcmp(names.machine, rows[i].name)) {
            return rows[i].machine;
        }
    }
    return EM_NONE;
}

int payload_file_check_machine(const char *path,
                               const struct payload_file *file, FILE *err)
{
    uint16_t wanted = payload_file_own_machine();
    Elf64_Ehdr header;

    if (file->nr_bytes < sizeof(header)) {
        return 0;
    }
    memcpy(&header, file->bytes, sizeof(header));
    if (header.e_ident[EI_CLASS] != ELFCLASS64 ||
        header.e_ident[EI_DATA] != ELFDATA2LSB) {
        fprintf(err,
                "%s: ELF class %u, byte order %u, expected %u (64 bits) and %u "
                "(little-endian).\n",
                path, header.e_ident[EI_CLASS], header.e_ident[EI_DATA],
                ELFCLASS64, ELFDATA2LSB);
        return -EINVAL;
    }
    if (header.e_type == ET_EXEC || header.e_type == ET_DYN ||
        header.e_type == ET_CORE) {
        fprintf(err,
                "%s: %s (ELF type %u), expected a relocatable file (1), such "
                "as fix1.livepatch.\n",
                path,
                header.e_type == ET_CORE ? "a core file"
                                         : "an executable or a library",
                header.e_type);
        return -EINVAL;
    }
    if (wanted != EM_NONE && header.e_machine != wanted) {
        fprintf(err, "%s: for machine %u, this one is %u (%s).\n", path,
                header.e_machine, wanted,
                wanted == EM_X86_64 ? "x86-64" : "arm64");
        return -EINVAL;
    }
    return 0;
}

void payload_file_free(struct payload_file *file)
{
    free(file->bytes);
}
