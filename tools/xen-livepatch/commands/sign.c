/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb sign: gives a payload's file a note that says what the file is to
 * be: a signature by a key in a file (--key) or one that was made elsewhere
 * (--signature), or without either the digest. --digest prints what is to be
 * signed elsewhere and changes nothing. No hypervisor is asked.
 */
#include "commands/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/durable_file.h"
#include "lib/payload_mark.h"
#include "lib/payload_signature.h"
#include "lib/report.h"

/* What --digest may name. */
static const struct kind {
    const char *word;
    uint8_t algorithm;
    size_t nr_bytes;
} kinds[] = {
    {"rsa2048", LIVEPATCH_SIGNED_RSA, 256},
    {"rsa3072", LIVEPATCH_SIGNED_RSA, 384},
    {"rsa4096", LIVEPATCH_SIGNED_RSA, 512},
    {"p256", LIVEPATCH_SIGNED_P256, 64},
};

/* How the file is to be signed; none of the three: by its digest. */
struct signer {
    struct signing_key *key;
    struct detached_signature detached; /* .nr_bytes 0: there is none */
    const struct kind *kind;            /* of --digest */
};

static const struct kind *find_kind(const char *word)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!strcmp(kinds[i].word, word)) {
            return &kinds[i];
        }
    }
    return NULL;
}

static enum outcome open_signer(struct session *session, struct signer *signer)
{
    const char *key = option_value(&session->options, OPTION_KEY);
    const char *detached = option_value(&session->options, OPTION_SIGNATURE);
    const char *kind = option_value(&session->options, OPTION_DIGEST);

    if (!!key + !!detached + !!kind > 1) {
        fputs("sign: --key, --signature, --digest: one of them.\n",
              session->err);
        return OUTCOME_BAD_USAGE;
    }
    if (kind && !(signer->kind = find_kind(kind))) {
        fprintf(session->err,
                "sign: --digest: '%s' is none of rsa2048, "
                "rsa3072, rsa4096, p256.\n",
                kind);
        return OUTCOME_BAD_USAGE;
    }
    if ((key && signing_key_read(key, &signer->key, session->err)) ||
        (detached &&
         detached_signature_read(detached, &signer->detached, session->err))) {
        return OUTCOME_BAD_FILE;
    }
    return OUTCOME_DONE;
}

static void tell_digest(const struct session *session,
                        const uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    report_add_hex(session->report, "digest", digest, LIVEPATCH_DIGEST_BYTES);
    for (size_t i = 0; !session->report && i < LIVEPATCH_DIGEST_BYTES; i++) {
        fprintf(session->out, "%02x", digest[i]);
    }
    if (!session->report) {
        fputc('\n', session->out);
    }
}

/* What is there says how it was signed. */
static void tell_saved(const struct session *session, const char *path,
                       const struct payload_file *file)
{
    struct elf_file elf;
    struct payload_signature signature = {.nr_bytes = 0};

    if (elf_file_try(file->bytes, file->nr_bytes, &elf)) {
        signature = payload_signature_of(&elf);
    }
    report_add_text(session->report, "output", path);
    report_add_text(session->report, "signed_by",
                    payload_signature_word(&signature));
    if (!session->report) {
        fprintf(session->out, "%s: %s, %zu bytes%s.\n", path,
                signature.algorithm == LIVEPATCH_SIGNED_NOT ? "has its digest"
                                                            : "signed",
                file->nr_bytes,
                session->options.is_dry_run ? "; not written" : "");
    }
}

static enum outcome save(const struct session *session, const char *path,
                         const struct payload_file *file)
{
    const char *output = option_value(&session->options, OPTION_OUTPUT);
    const char *to = output ? output : path;
    int rc =
        session->options.is_dry_run
            ? 0
            : durable_replace(to, (const char *)file->bytes, file->nr_bytes);

    if (rc) {
        fprintf(session->err, "%s: cannot be written: %s.\n", to,
                strerror(-rc));
        return OUTCOME_NO_OUTPUT;
    }
    tell_saved(session, to, file);
    return OUTCOME_DONE;
}

/* In two steps: `room` has a note with zeros. */
static enum outcome sign_room(struct session *session,
                              const struct signer *signer,
                              const struct payload_file *room, const char *path)
{
    struct payload_signature signature;
    struct elf_file elf;
    uint8_t digest[LIVEPATCH_DIGEST_BYTES];

    if (elf_file_open(path, room->bytes, room->nr_bytes, &elf, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    signature = payload_signature_of(&elf);
    if (signer->kind) {
        payload_signature_digest(room, &signature, digest);
        tell_digest(session, digest);
        return OUTCOME_DONE;
    }
    memcpy(room->bytes + signature.at, signer->detached.bytes,
           signature.nr_bytes);
    return save(session, path, room);
}

static enum outcome sign_in_steps(struct session *session,
                                  const struct signer *signer,
                                  const struct elf_file *elf)
{
    const struct kind *kind = signer->kind;
    struct payload_file room = {.nr_bytes = 0};
    enum outcome outcome = OUTCOME_BAD_FILE;

    if (!payload_signature_make_room(
            elf, kind ? kind->algorithm : signer->detached.algorithm,
            kind ? kind->nr_bytes : signer->detached.nr_bytes, &room,
            session->err)) {
        outcome = sign_room(session, signer, &room, elf->path);
    }
    payload_file_free(&room);
    return outcome;
}

static enum outcome sign_file(struct session *session,
                              const struct signer *signer, const char *path,
                              struct payload_file *file)
{
    struct elf_file elf;

    if (!signer->kind && !signer->detached.nr_bytes) {
        return payload_mark(path, file, signer->key, session->err)
                   ? OUTCOME_BAD_FILE
                   : save(session, path, file);
    }
    return elf_file_open(path, file->bytes, file->nr_bytes, &elf, session->err)
               ? OUTCOME_BAD_FILE
               : sign_in_steps(session, signer, &elf);
}

enum outcome cmd_sign(struct session *session, int nr_args, char **args)
{
    struct signer signer = {.key = NULL};
    struct payload_file file = {.nr_bytes = 0};
    enum outcome outcome = open_signer(session, &signer);

    (void)nr_args; /* one, by the table of commands */
    if (outcome == OUTCOME_DONE &&
        payload_file_read(args[0], &file, session->err)) {
        outcome = OUTCOME_BAD_FILE;
    }
    if (outcome == OUTCOME_DONE) {
        outcome = sign_file(session, &signer, args[0], &file);
    }
    payload_file_free(&file);
    signing_key_free(signer.key);
    return outcome;
}
