/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Asking in C, not by #ifdef, whether an option of the build is set: an option
 * CONFIG_NAME is either defined to 1 or not defined at all.
 */
#ifndef XEN_KCONFIG_H
#define XEN_KCONFIG_H

/*
 * 1 when the option is set, else 0; also in #if. KCONFIG_SEEN_ with the value
 * behind it is a macro that brings a comma along when the value is 1, so that
 * the 1 is second of what KCONFIG_SECOND() gets; otherwise it is one name that
 * means nothing, and the 0 is second.
 */
#define IS_ENABLED(option) KCONFIG_VALUE(option)
#define KCONFIG_VALUE(value) KCONFIG_CHOOSE(KCONFIG_SEEN_##value 1, 0)
#define KCONFIG_CHOOSE(...) KCONFIG_SECOND(__VA_ARGS__, 0)
#define KCONFIG_SECOND(first, second, ...) second
#define KCONFIG_SEEN_1 0,

#endif
