/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A plan by hand: objects, all of them or what some functions need, without a
 * comparison that has found anything.
 */
#ifndef TEST_BY_HAND_H
#define TEST_BY_HAND_H

#include "choose/plan.h"
#include "lib/payload_file.h"

#define BY_HAND_OBJECTS_MAX 4
#define BY_HAND_REPLACEMENTS_MAX 64

struct by_hand {
    struct object objects[BY_HAND_OBJECTS_MAX];
    size_t nr_objects;
    struct replacement replacements[BY_HAND_REPLACEMENTS_MAX];
    const char *metadata[4];
    struct plan plan;
};

/* Opens and cuts objects; paths end with NULL. Fails the test on errors. */
void by_hand_open(struct by_hand *hand, const char *const *paths);
void by_hand_close(struct by_hand *hand);

/* A function or variable of that name in one of the objects. */
struct piece *by_hand_find(struct by_hand *hand, const char *name);

/* Marks a piece and all that it needs of the objects. */
void by_hand_want(struct piece *piece);

/* All pieces but entries of .livepatch.funcs. */
void by_hand_want_all(struct by_hand *hand);

/* What is marked becomes inclusions, with symbols as in the objects; what is
 * not, but used, is the hypervisor's. */
void by_hand_include(struct by_hand *hand);

/* After by_hand_include(): its function takes the place of one. */
struct replacement *by_hand_replace(struct by_hand *hand, const char *name,
                                    const struct piece *by);

/* payload_make(), which is to succeed. */
struct payload_file by_hand_write(struct by_hand *hand);

#endif
