/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Linux's answers. A static binary has no name service, so users are looked up
 * in /etc/passwd only.
 */
#include "session/machine.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"
#define LOGIN_UID_FILE "/proc/self/loginuid"
#define NO_LOGIN_UID 4294967295UL

/* The first word of a file, "" when there is none. */
static void read_word(const char *path, char *word, size_t nr_bytes)
{
    FILE *file = fopen(path, "re");

    word[0] = '\0';
    if (!file) {
        return;
    }
    if (!fgets(word, (int)nr_bytes, file)) {
        word[0] = '\0';
    }
    word[strcspn(word, " \n")] = '\0';
    fclose(file);
}

void machine_boot_id(char id[BOOT_ID_BYTES])
{
    read_word(BOOT_ID_FILE, id, BOOT_ID_BYTES);
}

uint64_t machine_uptime_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec;
}

int64_t machine_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void name_of_user(unsigned long uid, char *name, size_t nr_bytes)
{
    FILE *file = fopen("/etc/passwd", "re");
    const struct passwd *entry = NULL;

    snprintf(name, nr_bytes, "%lu", uid);
    if (!file) {
        return;
    }
    do {
        entry = fgetpwent(file);
    } while (entry && entry->pw_uid != uid);
    if (entry) {
        snprintf(name, nr_bytes, "%s", entry->pw_name);
    }
    fclose(file);
}

void machine_user(char *name, size_t nr_bytes)
{
    const char *caller = getenv("SUDO_USER");
    char word[16];

    read_word(LOGIN_UID_FILE, word, sizeof(word));
    if (word[0] && strtoul(word, NULL, 10) != NO_LOGIN_UID) {
        name_of_user(strtoul(word, NULL, 10), name, nr_bytes);
    } else if (caller && *caller) {
        snprintf(name, nr_bytes, "%s", caller);
    } else {
        name_of_user(getuid(), name, nr_bytes);
    }
}
