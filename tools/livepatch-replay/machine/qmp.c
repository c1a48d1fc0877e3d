/* SPDX-License-Identifier: GPL-2.0 */
/* QMP with json-c: an object a line, answers and events in between. */
#include "machine/qmp.h"

#include <errno.h>
#include <json-c/json.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/memory.h"
#include "machine/child.h"

#define PATIENCE_SECONDS 30.0

struct qmp {
    int fd;
    char *bytes; /* received, and not yet looked at */
    size_t nr_bytes;
    char *reason;
};

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || strlen(path) >= sizeof(address.sun_path)) {
        return -1;
    }
    strcpy(address.sun_path, path);
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void mind_event(struct qmp *qmp, struct json_object *object)
{
    struct json_object *event, *data, *reason;

    if (json_object_object_get_ex(object, "event", &event) &&
        strcmp(json_object_get_string(event), "SHUTDOWN") == 0 &&
        json_object_object_get_ex(object, "data", &data) &&
        json_object_object_get_ex(data, "reason", &reason) &&
        qmp->reason == NULL) {
        qmp->reason = must_copy(json_object_get_string(reason));
    }
}

/* The next whole line as an object; NULL: none is there. */
static struct json_object *take_object(struct qmp *qmp)
{
    char *end =
        qmp->nr_bytes != 0 ? memchr(qmp->bytes, '\n', qmp->nr_bytes) : NULL;
    struct json_object *object;
    size_t length;

    if (end == NULL) {
        return NULL;
    }
    *end = '\0';
    object = json_tokener_parse(qmp->bytes);
    length = (size_t)(end + 1 - qmp->bytes);
    qmp->nr_bytes -= length;
    memmove(qmp->bytes, end + 1, qmp->nr_bytes);
    return object != NULL ? object : json_object_new_object();
}

/* False: QEMU is gone, or nothing came within `ms`. */
static bool receive(struct qmp *qmp, int ms)
{
    struct pollfd poll_fd = {.fd = qmp->fd, .events = POLLIN};
    ssize_t got;

    if (poll(&poll_fd, 1, ms) <= 0) {
        return false;
    }
    qmp->bytes = must_resize(qmp->bytes, qmp->nr_bytes + 4096, 1);
    got = read(qmp->fd, qmp->bytes + qmp->nr_bytes, 4096);
    qmp->nr_bytes += got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* The answer to the last command, which is what is no event; NULL: none. */
static struct json_object *await_answer(struct qmp *qmp)
{
    double until = child_now() + PATIENCE_SECONDS;
    struct json_object *object, *answer;

    while (child_now() < until) {
        while ((object = take_object(qmp)) != NULL) {
            if (json_object_object_get_ex(object, "return", &answer)) {
                json_object_get(answer);
                json_object_put(object);
                return answer;
            }
            mind_event(qmp, object);
            json_object_put(object);
        }
        if (!receive(qmp, 1000) && errno != EINTR) {
            break;
        }
    }
    return NULL;
}

static struct json_object *ask(struct qmp *qmp, struct json_object *command)
{
    const char *text =
        json_object_to_json_string_ext(command, JSON_C_TO_STRING_PLAIN);
    size_t length = strlen(text);
    bool is_sent =
        send(qmp->fd, text, length, MSG_NOSIGNAL) == (ssize_t)length &&
        send(qmp->fd, "\n", 1, MSG_NOSIGNAL) == 1;

    json_object_put(command);
    return is_sent ? await_answer(qmp) : NULL;
}

struct qmp *qmp_open(const char *path)
{
    struct json_object *command, *answer;
    struct qmp *qmp;
    int fd = connect_to(path);

    if (fd < 0) {
        return NULL;
    }
    qmp = must_alloc(sizeof(*qmp));
    qmp->fd = fd;
    command = json_object_new_object();
    json_object_object_add(command, "execute",
                           json_object_new_string("qmp_capabilities"));
    answer = ask(qmp, command);
    if (answer == NULL) {
        qmp_close(qmp);
        return NULL;
    }
    json_object_put(answer);
    return qmp;
}

void qmp_close(struct qmp *qmp)
{
    if (qmp != NULL) {
        close(qmp->fd);
        free(qmp->bytes);
        free(qmp->reason);
    }
    free(qmp);
}

char *qmp_monitor(struct qmp *qmp, const char *words, int cpu)
{
    struct json_object *command = json_object_new_object();
    struct json_object *arguments = json_object_new_object();
    struct json_object *answer;
    char *text;

    json_object_object_add(command, "execute",
                           json_object_new_string("human-monitor-command"));
    json_object_object_add(arguments, "command-line",
                           json_object_new_string(words));
    json_object_object_add(arguments, "cpu-index", json_object_new_int(cpu));
    json_object_object_add(command, "arguments", arguments);
    answer = ask(qmp, command);
    if (answer == NULL) {
        return NULL;
    }
    text = must_copy(json_object_get_string(answer));
    json_object_put(answer);
    return text;
}

const char *qmp_shutdown_reason(struct qmp *qmp)
{
    struct json_object *object;

    while (receive(qmp, 0)) {
    }
    while ((object = take_object(qmp)) != NULL) {
        mind_event(qmp, object);
        json_object_put(object);
    }
    return qmp->reason;
}
