/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a word of the command line is, operand or value of an option: how it is
 * checked and what completion offers for it.
 */
#ifndef XEN_LIVEPATCH_WORD_KIND_H
#define XEN_LIVEPATCH_WORD_KIND_H

enum word_kind {
    WORD_NONE, /* an option without a value; the end of the operands */
    WORD_FILE,
    WORD_PAYLOAD_FILE,
    WORD_FOLDER,
    WORD_DURATION,
    WORD_NUMBER,
    WORD_STATE,
    WORD_COMMAND,
    WORD_ATTENTION,    /* a code of what needs attention */
    WORD_NEW_NAME,     /* for a payload that is not loaded yet */
    WORD_NAME,         /* of any loaded payload */
    WORD_NAME_CHECKED, /* of one that is not applied */
    WORD_NAME_APPLIED,
    WORD_NAME_OR_FILE,
    WORD_SIGNATURE_KIND, /* of a key: rsa2048 ... */
};

/* The kind as completion knows it, such as "payload_file". */
const char *word_kind_text(enum word_kind kind);

#endif
