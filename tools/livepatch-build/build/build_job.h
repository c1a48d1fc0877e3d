/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run of the stage: what was asked for, with what was found out about it.
 * Within the stage only.
 */
#ifndef LIVEPATCH_BUILD_BUILD_JOB_H
#define LIVEPATCH_BUILD_BUILD_JOB_H

#include "build/build.h"
#include "build/build_cache.h"
#include "build/build_system.h"
#include "build/tool_log.h"
#include "build/tree_copy.h"

struct build_job {
    const struct build_request *request;
    const struct build_system *system;
    enum build_arch arch;
    struct tree_filter filter; /* of the tree given */
    bool has_products;         /* somebody has built in it */
    struct text_list identities;
    struct build_cache *cache;
    FILE *err;
};

#endif
