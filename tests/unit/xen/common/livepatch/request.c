// SPDX-License-Identifier: GPL-2.0
/*
 * Requests; see request.h.
 */
#include "request.h"

#include <xen/livepatch.h>

#include "host/guest.h"

void put(struct request *request, unsigned int at, uint64_t value,
         unsigned int bytes)
{
    memcpy(request->byte + at, &value, bytes);
}

uint32_t get32(const struct request *request, unsigned int at)
{
    uint32_t value;

    memcpy(&value, request->byte + at, sizeof(value));
    return value;
}

int send_request(struct request *request)
{
    return livepatch_op((void *)request->byte, 0x15);
}

/* A request about a name of `size` bytes at `name` in the guest. */
struct request request_for_bytes(enum command command, const void *name,
                                 uint16_t size)
{
    struct request request = {{0}};

    put(&request, AT_COMMAND, command, 4);
    put(&request, AT_NAME, (uint64_t)name, 8);
    put(&request, AT_NAME_SIZE, size, 2);
    return request;
}

struct request request_for(enum command command, const char *name)
{
    return request_for_bytes(command, host_guest_put_string(name),
                             strlen(name) + 1);
}

struct request upload_request(const char *name, const struct payload_file *file)
{
    struct request request = request_for(UPLOAD, name);

    put(&request, AT_UPLOAD_SIZE, file->size, 8);
    put(&request, AT_UPLOAD_PAYLOAD,
        (uint64_t)host_guest_put(file->bytes, file->size), 8);
    return request;
}

int upload_described(const char *name, const struct payload_description *what)
{
    struct payload_file file = payload_make(what);
    struct request request = upload_request(name, &file);

    payload_file_free(&file);
    return send_request(&request);
}

int upload(const char *name)
{
    return upload_described(name, &payload_simple);
}

struct request action_request(const char *name, enum action action)
{
    struct request request = request_for(ACTION, name);

    put(&request, AT_ACTION_COMMAND, action, 4);
    return request;
}

int act(const char *name, enum action action)
{
    struct request request = action_request(name, action);

    return send_request(&request);
}
