/* SPDX-License-Identifier: GPL-2.0 */
/*
 * This program in the place of a tool: called by the name of a compiler,
 * linker, objcopy or ar, it runs the tool of that name that follows in PATH and
 * logs what that made. A build finds it by the folder of shims first in its
 * PATH, so that no command line and no makefile knows of it.
 */
#ifndef LIVEPATCH_BUILD_TOOL_SHIM_H
#define LIVEPATCH_BUILD_TOOL_SHIM_H

/* What a shim is told by its environment. */
#define SHIM_FOLDER_VARIABLE "LIVEPATCH_BUILD_SHIMS"
#define SHIM_LOG_VARIABLE "LIVEPATCH_BUILD_LOG"

/* Run as the tool `name`; gives the tool's exit status, 127 when there is none.
 * The link of an image is logged, not run, and fails: the build ends there. */
int tool_shim_run(const char *name, int argc, char **argv);

#endif
