/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the command keeps and finds files when no option says otherwise. Apart
 * so that tests can replace it at link time.
 */
#ifndef XEN_LIVEPATCH_PLACES_H
#define XEN_LIVEPATCH_PLACES_H

extern const char place_of_log[];      /* --log */
extern const char place_of_state[];    /* --state-dir */
extern const char place_of_payloads[]; /* sync --dir */
extern const char place_of_vendor[];   /* sync --vendor-dir */
extern const char place_of_lock[];     /* of sync */

#endif
