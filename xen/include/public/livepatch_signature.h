/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The note by which a payload is known to be whole, or signed: section
 * `.note.Xen.signature`, of type SHT_NOTE, with one ELF note and nothing else:
 * owner "Xen", type 0, and as its descriptor this header and the signature's
 * bytes. All numbers are little-endian.
 *
 * What is signed is SHA-256 of the whole file in which the signature's bytes
 * (not the header) are zeros. Version 1 with RSA is what has been proposed for
 * Xen; the other algorithms are of this project.
 */
#ifndef PUBLIC_LIVEPATCH_SIGNATURE_H
#define PUBLIC_LIVEPATCH_SIGNATURE_H

#ifdef __XEN__
#include <xen/types.h>
#else
#include <stdint.h>
#endif

#define LIVEPATCH_SIGNATURE_SECTION ".note.Xen.signature"
#define LIVEPATCH_SIGNATURE_OWNER "Xen"
#define LIVEPATCH_SIGNATURE_TYPE 0
#define LIVEPATCH_SIGNATURE_VERSION 1

/* How it is signed, and how many bytes the signature has then: */
#define LIVEPATCH_SIGNED_RSA                                                   \
    0 /* PKCS #1 v1.5: those of the modulus, which                             \
         has 2,048, 3,072 or 4,096 bits */
#define LIVEPATCH_SIGNED_P256                                                  \
    0x80 /* ECDSA P-256: r and s, 32 bytes each, big-endian */
#define LIVEPATCH_SIGNED_NOT 0xff /* by nobody: the digest itself, 32 bytes */

#define LIVEPATCH_DIGEST_SHA256 0
#define LIVEPATCH_DIGEST_BYTES 32

#define LIVEPATCH_SIGNATURE_MOST_BYTES 512

struct livepatch_signature_header {
    uint16_t version;  /* LIVEPATCH_SIGNATURE_VERSION */
    uint8_t algorithm; /* LIVEPATCH_SIGNED_* */
    uint8_t digest;    /* LIVEPATCH_DIGEST_* */
    uint32_t nr_bytes; /* of the signature, behind this */
};

/* What a hypervisor asks of a payload, each more than the one before. A note
 * that is there must be right whatever is asked. */
#define LIVEPATCH_VERIFY_NONE 0      /* nothing */
#define LIVEPATCH_VERIFY_DIGEST 1    /* a note */
#define LIVEPATCH_VERIFY_SIGNATURE 2 /* a note by a key of the hypervisor's */

#endif
