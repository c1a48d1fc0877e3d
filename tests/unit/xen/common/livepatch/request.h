/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Livepatch requests as bytes: written at the offsets that the ABI has
 * (interface version 0x15) and read there, without the public structures.
 * Offsets are from the start of xen_sysctl_livepatch_op, which stands at byte
 * 8 of struct xen_sysctl.
 */
#ifndef TEST_REQUEST_H
#define TEST_REQUEST_H

#include "steps.h"

#define OP_BYTES 72

enum command {
    UPLOAD = 0,
    GET = 1,
    LIST = 2,
    ACTION = 3,
};

enum action {
    UNLOAD = 1,
    REVERT = 2,
    APPLY = 3,
    REPLACE = 4,
};

/* Offsets common to all but LIST. */
#define AT_COMMAND 0
#define AT_OP_PAD 4
#define AT_NAME 8
#define AT_NAME_SIZE 16
#define AT_NAME_PAD 18

#define AT_UPLOAD_SIZE 24
#define AT_UPLOAD_PAYLOAD 32

#define AT_GET_STATE 24
#define AT_GET_RC 28

#define AT_LIST_VERSION 8
#define AT_LIST_IDX 12
#define AT_LIST_NR 16
#define AT_LIST_PAD 20
#define AT_LIST_NAME_TOTAL 24
#define AT_LIST_METADATA_TOTAL 28
#define AT_LIST_STATUS 32
#define AT_LIST_NAME 40
#define AT_LIST_LEN 48
#define AT_LIST_METADATA 56
#define AT_LIST_METADATA_LEN 64

#define AT_ACTION_COMMAND 24
#define AT_ACTION_TIMEOUT 28
#define AT_ACTION_FLAGS 32
#define AT_ACTION_PAD 36

struct request {
    uint8_t byte[OP_BYTES] __attribute__((aligned(8)));
};

/* One field, little endian. */
void put(struct request *request, unsigned int at, uint64_t value,
         unsigned int bytes);
uint32_t get32(const struct request *request, unsigned int at);

/* Makes the hypercall; its result. */
int send_request(struct request *request);

/* A request about a name, of `size` bytes at `name` in the guest, or a string
 * that is put there. */
struct request request_for_bytes(enum command command, const void *name,
                                 uint16_t size);
struct request request_for(enum command command, const char *name);

struct request upload_request(const char *name,
                              const struct payload_file *file);
struct request action_request(const char *name, enum action action);

/* Whole requests: their results. */
int upload_described(const char *name, const struct payload_description *what);
int upload(const char *name);
int act(const char *name, enum action action);

#endif
