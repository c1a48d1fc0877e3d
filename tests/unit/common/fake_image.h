/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The bounds of a hypervisor image of four pages: text, read-only data, init,
 * data. Laid out like the image in symbols_image/.
 */
#ifndef FAKE_IMAGE_H
#define FAKE_IMAGE_H

#define FAKE_TEXT 0x0000
#define FAKE_RODATA 0x1000
#define FAKE_INIT 0x2000
#define FAKE_DATA 0x3000
#define FAKE_BYTES 0x4000

/*
 * Bug frames, of file "fake.c":
 *     text + 16  warn, line 7      text + 48  assert, line 16383, "a < b"
 *     text + 32  bug, line 300     init + 16  warn, line 8
 * Exception table:
 *     text + 0 -> text + 1, text + 9 -> text + 3, init + 2 -> init + 4
 */

/* A build-id of twenty bytes: 0, 1, ... 19. */
#define FAKE_BUILD_ID_BYTES 20

/* What happens while rcu_barrier() waits for readers; NULL: nothing. */
void fake_rcu_at_barrier(void (*look)(void));

#endif
