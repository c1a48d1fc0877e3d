/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own loader of payloads (xen/common/livepatch), in this
 * process, over the image of a hypervisor that is not running: what it answers
 * is what that hypervisor would answer, in the same words. Code of a payload is
 * never run: hooks count as having said yes, those that take the place of an
 * action as having done its work.
 *
 * There is one loader at a time. What it says comes to the listener, a line of
 * the hypervisor's log each; addresses in it are as linked, not as they are
 * here. What is in `err` messages is about xen-syms or this machine, and ends
 * with a newline.
 *
 * Not known here, and so not judged: what pointers and text that a hypervisor
 * changes when it boots hold then (alternatives; the text takes an expectation
 * of such bytes as true, with a warning), how much memory it has, what it has
 * loaded already beside the payloads that the caller loads first.
 */
#ifndef TOOLS_LOADER_H
#define TOOLS_LOADER_H

#include "lib/loader/arch.h"
#include "lib/payload_elf.h"

struct loader;

/* A line of the log, without its newline, and its form: the format that made
 * it, which lives as long as the program; nothing of a payload is in that.
 * `arg` is the listener's own. */
typedef void loader_listener(void *arg, enum loader_level level,
                             const char *form, const char *line);

/*
 * A loader for the hypervisor of xen-syms, which must outlive it. Gives 0 and
 * *loader; or after a message on `err` -EOPNOTSUPP (its machine), -EINVAL (no
 * hypervisor), -ENOMEM, -EBUSY (there is a loader).
 */
int loader_open(const struct elf_file *xen, FILE *err, struct loader **loader);

/*
 * One for a hypervisor of which nothing is known but its build-id, whose bytes
 * must outlive it. What a payload refers to is there, each name 16 KiB away
 * from the next, text and data at once and with the bytes that are expected of
 * it. No payload can lie below another one. As loader_open().
 */
int loader_open_unknown(uint16_t machine, struct build_id id, FILE *err,
                        struct loader **loader);

/* Reverts and unloads everything, and frees. NULL is allowed. */
void loader_close(struct loader *loader);

void loader_listen(struct loader *loader, loader_listener *listener, void *arg);

/*
 * What the hypervisor answers to the request: 0, or a negative errno, of which
 * it said why to the listener. For an action that is the payload's own rc, too.
 * `name` is at most 127 bytes long. The file's bytes are copied.
 */
int loader_load(struct loader *loader, const char *name, const void *bytes,
                size_t nr_bytes);
int loader_unload(struct loader *loader, const char *name);
int loader_apply(struct loader *loader, const char *name, bool ignores_base);
int loader_replace(struct loader *loader, const char *name);
int loader_revert(struct loader *loader, const char *name);

/* The address of a name as the hypervisor links it; 0: it knows none, or one
 * that is gone after boot. */
uint64_t loader_find(const struct loader *loader, const char *name);

/* Whether the hypervisor exchanges one of these bytes of its text, at an
 * address as linked, when it boots: what stands there then is not known. */
bool loader_exchanges(const struct loader *loader, uint64_t address,
                      uint64_t nr_bytes);

#endif
