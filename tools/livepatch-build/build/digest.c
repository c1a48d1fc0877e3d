/* SPDX-License-Identifier: GPL-2.0 */
/* SHA-256 by libcrypto. Each part goes in as what it is, its length, itself. */
#include "build/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/file_bytes.h"
#include "lib/memory.h"

struct digest {
    EVP_MD_CTX *state;
    FILE *err;
};

struct digest *digest_new(void)
{
    struct digest *digest = must_alloc(sizeof(*digest));

    digest->state = EVP_MD_CTX_new();
    if (digest->state == NULL ||
        EVP_DigestInit_ex(digest->state, EVP_sha256(), NULL) != 1) {
        fputs("livepatch-build: libcrypto has no SHA-256\n", stderr);
        exit(1);
    }
    return digest;
}

static void add_part(struct digest *digest, const char *what, const char *bytes,
                     size_t nr)
{
    char *head = must_format("%s %zu\n", what, nr);

    EVP_DigestUpdate(digest->state, head, strlen(head));
    EVP_DigestUpdate(digest->state, bytes, nr);
    free(head);
}

void digest_text(struct digest *digest, const char *what, const char *text)
{
    add_part(digest, what, text, strlen(text));
}

int digest_file(struct digest *digest, const char *what, const char *path,
                FILE *err)
{
    struct file_bytes file;
    int rc = file_bytes_open(path, &file);

    if (rc != 0) {
        fprintf(err, "livepatch-build: %s: %s\n", path, strerror(-rc));
        return rc;
    }
    add_part(digest, what, file.bytes, file.nr);
    file_bytes_close(&file);
    return 0;
}

static int add_entry(const FTSENT *entry, const char *path, void *opaque)
{
    struct digest *digest = opaque;
    char target[4096];
    ssize_t nr;

    digest_text(digest, "path", path);
    switch (entry->fts_info) {
    case FTS_F:
        return digest_file(
            digest,
            (entry->fts_statp->st_mode & S_IXUSR) != 0 ? "program" : "file",
            entry->fts_accpath, digest->err);
    case FTS_SL:
    case FTS_SLNONE:
        nr = readlink(entry->fts_accpath, target, sizeof(target));
        add_part(digest, "link", target, nr > 0 ? (size_t)nr : 0);
        return 0;
    default:
        return 0;
    }
}

int digest_tree(struct digest *digest, const char *root,
                const struct tree_filter *filter, FILE *err)
{
    digest->err = err;
    return tree_walk(root, filter, add_entry, digest, err);
}

void digest_finish(struct digest *digest, char text[DIGEST_TEXT_BYTES])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int nr = 0;

    EVP_DigestFinal_ex(digest->state, bytes, &nr);
    for (unsigned int i = 0; i < nr && i < DIGEST_TEXT_BYTES / 2; i++) {
        snprintf(text + (size_t)2 * i, 3, "%02x", bytes[i]);
    }
    EVP_MD_CTX_free(digest->state);
    free(digest);
}
