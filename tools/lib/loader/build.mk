# SPDX-License-Identifier: GPL-2.0
#
# The loader: xen/common/livepatch with a host of its own in host/, compiled
# once for each architecture of payloads by the compiler of the tools, its
# symbols made local so that two of them can stand in one program. Takes the
# product's sources, gives BUILD/tools/loader/ARCH.o and, for unit tests,
# sanitized, BUILD/tests/unit/tools/loader/ARCH.o. What reads files beside it is
# a part of tools/lib.

LOADER := tools/lib/loader
LOADER_ARCHS := x86 arm

# What of the hypervisor runs in a program, for each architecture: the loader's
# and the tests' (tests/unit/build.mk). What is not listed is the host's.
USER_MODE_SOURCES = $(wildcard xen/common/livepatch/*.c) \
    xen/arch/$(1)/livepatch/reloc.c \
    xen/arch/$(1)/livepatch/trampoline.c \
    xen/arch/$(1)/livepatch/alternative.c \
    xen/arch/$(1)/livepatch/alternative_call.c \
    $(USER_MODE_SOURCES_$(1)) xen/common/livepatch_crypto.c \
    xen/common/bug.c xen/common/cpu.c xen/common/extable.c \
    xen/common/keyhandler.c xen/common/virtual_region.c \
    xen/common/strtoull.c xen/common/vsprintf.c
USER_MODE_SOURCES_x86 := xen/arch/x86/landing_pad.c \
    xen/arch/x86/insn_shape.c xen/arch/x86/nops.c
USER_MODE_SOURCES_arm := xen/arch/arm/insn.c

# Where images are linked, and how far payloads may be from there.
LOADER_PLACE_x86 := -DLOADER_USUAL_START=0xffff82d040200000 \
    -DLOADER_WINDOW_BYTES=0x3fe00000
LOADER_PLACE_arm := -DLOADER_USUAL_START=0x0a0000200000 \
    -DLOADER_WINDOW_BYTES=0x7e00000

LOADER_CFLAGS := -std=gnu11 -g -Wall -Wextra -Werror -Wstrict-prototypes \
    -Wmissing-prototypes -Wvla -fno-strict-aliasing \
    -ffile-prefix-map="$$PWD"=. -MMD -MP -D_GNU_SOURCE
LOADER_CPPFLAGS = -include xen/include/xen/config.h -iquote tools \
    -I$(LOADER)/bounds \
    -I$(LOADER)/include -Ixen/include -Ixen/arch/$(1)/include -Ixen/common \
    -isystem $(BUILD)/include -DLOADER_TABLE=loader_$(1) $(LOADER_PLACE_$(1))

# A payload's hooks are called by the loader's own hooks.c; the files of
# host/ that are for one architecture end in its name.
LOADER_HOST_COMMON := $(filter-out $(wildcard $(LOADER)/host/*_*.c), \
    $(wildcard $(LOADER)/host/*.c))
LOADER_SOURCES = $(filter-out xen/common/livepatch/hook_call.c, \
    $(call USER_MODE_SOURCES,$(1))) $(LOADER_HOST_COMMON) \
    $(wildcard $(LOADER)/host/*_$(1).c)

# Its formatting stands next to the C library's, and the log needs this one, by
# way of the console (host/console.c).
LOADER_RENAMES_xen/common/vsprintf := \
    -Dvsnprintf=xen_vsnprintf -Dsnprintf=xen_snprintf
LOADER_RENAMES_xen/common/livepatch/log := -Dvsnprintf=log_vsnprintf

# $(call LOADER_RULES,arch,folder,compiler,flags,prefix of ld and objcopy): the
# object FOLDER/ARCH.o.
define LOADER_RULES
$(2)/$(1)/%.o: %.c $(LOADER)/build.mk | $(BUILD)/include/public
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(3) $$(LOADER_CFLAGS) $(4) $(call LOADER_CPPFLAGS,$(1)) \
	    $$(LOADER_RENAMES_$$*) -c -o $$@ $$<

$(2)/$(1).o: $(patsubst %.c,$(2)/$(1)/%.o,$(call LOADER_SOURCES,$(1)))
	$$(call say,LD,$$@)
	$$(Q)$(5)ld -r -o $$@ $$^
	$$(Q)$(5)objcopy --keep-global-symbol=loader_$(1) $$@

-include $(patsubst %.c,$(2)/$(1)/%.d,$(call LOADER_SOURCES,$(1)))
endef

LOADER_OUT := $(BUILD)/tools/loader
LOADER_TEST_OUT := $(BUILD)/tests/unit/tools/loader
$(foreach arch,$(LOADER_ARCHS),$(eval $(call \
    LOADER_RULES,$(arch),$(LOADER_OUT),$(CC),-O2,$(CROSS_COMPILE))))
$(foreach arch,$(LOADER_ARCHS),$(eval $(call \
    LOADER_RULES,$(arch),$(LOADER_TEST_OUT),$(HOSTCC),-O1 $(TOOLS_SANITIZE))))

LOADER_OBJECTS := $(LOADER_ARCHS:%=$(LOADER_OUT)/%.o)
LOADER_TESTED := $(LOADER_ARCHS:%=$(LOADER_TEST_OUT)/%.o)

# Unit tests of what is the same for all architectures.
LOADER_TESTS := $(patsubst %.c,$(BUILD)/%, \
    $(wildcard tests/unit/tools/lib/loader/test_*.c))
UNIT_TESTS += $(LOADER_TESTS)

$(LOADER_TESTS:%=%.o): $(BUILD)/%.o: %.c $(LOADER)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(TOOLS_TEST_CFLAGS) \
	    -DXEN_SYMS='"$(BUILD)/x86/xen-syms"' -c -o $@ $<

$(LOADER_TESTS): %: %.o $(TOOLS_LIB_TESTED) $(LOADER_TESTED) \
    | $(BUILD)/x86/xen-syms.map
	$(call say,LD,$@)
	$(Q)$(HOSTCC) $(TOOLS_SANITIZE) -o $@ $(filter %.o,$^) -lcmocka -ljson-c \
	    $(TOOLS_CRYPTO)

.SECONDARY: $(LOADER_TESTS:%=%.o)

-include $(LOADER_TESTS:%=%.d)
