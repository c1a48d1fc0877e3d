# SPDX-License-Identifier: GPL-2.0
#
# The unit tests: builds and runs every program in UNIT_TESTS, to which other
# fragments append theirs; this one is included after them. Its own programs
# run the live-patching subsystem, unchanged, on the user-mode host in
# tests/host, sanitized. Takes the sources, gives for each program its TAP
# (NAME.tap) and what it said (NAME.log) beside it in BUILD.

##   make test-unit             build and run the unit tests
##       [T=text]               only the programs whose path holds this text
##       [TEST_CC=gcc]          with this compiler (clang, if there is one)
##   make test-unit-build       only build them

# clang's sanitizers see more than gcc's (arithmetic on wild pointers).
TEST_CC ?= $(if $(shell command -v clang),clang,gcc)
UNIT_MK := tests/unit/build.mk
HOST_ARCH := x86
HOST_OUT := $(BUILD)/tests/host
LP_TEST_OUT := $(BUILD)/tests/unit

HOST_SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
HOST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror -Wstrict-prototypes \
    -Wmissing-prototypes -Wvla -fno-strict-aliasing -fno-omit-frame-pointer \
    -pthread $(HOST_SANITIZE)
HOST_CPPFLAGS := -include xen/include/xen/config.h -Itests/host/include \
    -Ixen/include -Ixen/arch/$(HOST_ARCH)/include -isystem $(BUILD)/include \
    -Itests -D_GNU_SOURCE -DLIVEPATCH_DELAY -MMD -MP
# Tests name the subsystem's own headers as its files do.
LP_TEST_CPPFLAGS := -iquote xen/common/livepatch \
    -iquote tests/unit/xen/common/livepatch

# What of the hypervisor runs on the host.
HOST_PRODUCT := $(wildcard xen/common/livepatch/*.c) \
    xen/arch/$(HOST_ARCH)/livepatch/reloc.c \
    xen/arch/$(HOST_ARCH)/livepatch/trampoline.c \
    xen/arch/$(HOST_ARCH)/livepatch/alternative.c \
    xen/arch/$(HOST_ARCH)/livepatch/alternative_call.c \
    xen/arch/$(HOST_ARCH)/landing_pad.c \
    xen/arch/$(HOST_ARCH)/insn_shape.c xen/arch/$(HOST_ARCH)/nops.c \
    xen/common/bug.c xen/common/cpu.c xen/common/extable.c \
    xen/common/keyhandler.c xen/common/virtual_region.c \
    xen/common/strtoull.c xen/common/vsprintf.c
# Knows no test framework; programs of another kind link with it too.
HOST_OBJECTS := $(HOST_PRODUCT:%.c=$(HOST_OUT)/%.o) \
    $(patsubst tests/host/%,$(HOST_OUT)/%.o,$(basename \
        $(filter-out tests/host/test.c,$(wildcard tests/host/*.c \
            tests/host/*.S))))

# Its formatting stands next to the C library's, and the log needs this one.
$(HOST_OUT)/xen/common/vsprintf.o \
$(HOST_OUT)/xen/common/livepatch/log.o: HOST_RENAMES := -Dvsnprintf=xen_vsnprintf \
    -Dsnprintf=xen_snprintf

# What objects depend on beside their sources: compiler and flags.
$(HOST_OUT)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS)' >$@.new
	@$(call keep_if_same,$@)

HOST_NEEDS := $(UNIT_MK) $(HOST_OUT)/flags

$(HOST_OUT)/xen/%.o: xen/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS) $(HOST_RENAMES) -c -o $@ $<

$(HOST_OUT)/%.o: tests/host/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(HOST_OUT)/%.o: tests/host/%.S $(HOST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) -D__ASSEMBLY__ -c -o $@ $<

LP_TESTS := $(patsubst tests/unit/%.c,$(LP_TEST_OUT)/%,$(sort \
    $(wildcard tests/unit/xen/common/livepatch/test_*.c \
               tests/unit/xen/arch/*/test_*.c \
               tests/unit/xen/arch/*/livepatch/test_*.c)))
LP_TEST_HELPERS := $(patsubst tests/unit/%.c,$(LP_TEST_OUT)/%.o,$(addprefix \
    tests/unit/xen/common/livepatch/,steps.c request.c extension.c members.c \
    hook_payload.c special_payload.c))
UNIT_TESTS += $(LP_TESTS)

$(LP_TESTS:%=%.o) $(LP_TEST_HELPERS): $(LP_TEST_OUT)/%.o: tests/unit/%.c \
    $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -c -o $@ $<

$(LP_TESTS): %: %.o $(LP_TEST_HELPERS) $(HOST_OUT)/test.o $(HOST_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) -o $@ $^ -lcmocka

.SECONDARY: $(LP_TESTS:%=%.o)

# Other parts' unit tests, unless the Makefile has included them itself.
include $(filter-out $(MAKEFILE_LIST),$(wildcard tests/unit/*/build.mk))

UNIT_TESTS_WANTED := $(if $(T),$(foreach test,$(UNIT_TESTS), \
    $(if $(findstring $(T),$(test)),$(test))),$(UNIT_TESTS))

.PHONY: test-unit test-unit-build
test-unit-build: $(UNIT_TESTS_WANTED)

test-unit: test-unit-build
	@tests/unit/run $(UNIT_TESTS_WANTED)

-include $(HOST_OBJECTS:.o=.d) $(HOST_OUT)/test.d $(LP_TESTS:%=%.d) \
    $(LP_TEST_HELPERS:.o=.d)
