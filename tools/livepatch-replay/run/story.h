/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What dom0 tells, line by line (dom0/report has the words), becomes verdicts
 * of a suite's cases. Takes lines and the time at which each was heard; waits
 * for nothing and reads nothing itself.
 */
#ifndef LIVEPATCH_REPLAY_STORY_H
#define LIVEPATCH_REPLAY_STORY_H

#include "result/result.h"

typedef void story_listener(void *arg, const struct test_case *decided);

struct story {
    struct suite *suite;
    struct test_case *current; /* NULL: between two steps */
    double began;              /* the current case */
    bool has_started;          /* dom0 has said a word */
    bool has_ended;            /* dom0 has said its last */
    unsigned int nr_odd;       /* lines that nobody knows */
    story_listener *listener;  /* of each verdict; NULL: nobody */
    void *listener_arg;
};

/* The story begins with the case of the boot; times are in seconds. */
struct story story_begin(struct suite *suite, double now);

void story_hear(struct story *story, const char *line, double now);

/* The case that the story is at, or would come to next; NULL: all that dom0
 * does was done. */
struct test_case *story_reached(const struct story *story);

/*
 * Nothing more is to come before the story's end: the case that it has reached
 * gets this verdict. One of a boot is broken, whatever is asked for.
 */
void story_break_off(struct story *story, enum verdict verdict, const char *why,
                     double now);

/* Decide a case that dom0 does not tell about. */
void story_decide(struct story *story, struct test_case *decided,
                  enum verdict verdict, const char *why);

#endif
