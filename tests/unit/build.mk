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

HOST_SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
HOST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror -Wstrict-prototypes \
    -Wmissing-prototypes -Wvla -fno-strict-aliasing -fno-omit-frame-pointer \
    -pthread $(HOST_SANITIZE)
# Tests name the subsystem's own headers as its files do.
LP_TEST_CPPFLAGS := -iquote xen/common/livepatch \
    -iquote tests/unit/xen/common/livepatch

# There is a host of each architecture, on whatever machine this is: what of
# that architecture is pure, and none of its code is ever run, but for the
# machine's own. x86's is the one that other kinds of programs link with.
HOST_ARCHES := x86 arm
HOST_OUT_x86 := $(BUILD)/tests/host
HOST_OUT_arm := $(BUILD)/tests/host-arm
LP_TEST_OUT_x86 := $(BUILD)/tests/unit
LP_TEST_OUT_arm := $(BUILD)/tests/unit-arm
HOST_OUT := $(HOST_OUT_x86)
LP_TEST_OUT := $(LP_TEST_OUT_x86)

# $(call host_cppflags,ARCH)
host_cppflags = -include xen/include/xen/config.h -Itools/lib/loader/include \
    -Itests/host/$(1) -Ixen/include -Ixen/arch/$(1)/include \
    -isystem $(BUILD)/include -Itests -D_GNU_SOURCE -DLIVEPATCH_DELAY -MMD -MP
HOST_CPPFLAGS := $(call host_cppflags,x86)

# What of the hypervisor runs on the host. $(call host_product,ARCH)
host_product = $(call USER_MODE_SOURCES,$(1)) xen/common/core_region.c
# Knows no test framework; programs of another kind link with it too.
host_sources = $(filter-out tests/host/test.c,$(wildcard tests/host/*.c \
    tests/host/*.S tests/host/$(1)/*.c))

# What of BearSSL the product uses.
HOST_CRYPTO := $(BUILD)/tests/crypto.o
$(HOST_CRYPTO):
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)ld -r -o $@ $(addprefix -u br_,sha256_init rsa_i62_pkcs1_vrfy \
	    ecdsa_i31_vrfy_raw ec_p256_m31) \
	    $$($(HOSTCC) -print-file-name=libbearssl.a)

# $(call host_objects,ARCH)
host_objects = $(HOST_CRYPTO) $(patsubst %.c,$(HOST_OUT_$(1))/%.o,$(call host_product,$(1))) \
    $(patsubst tests/host/%,$(HOST_OUT_$(1))/%.o,$(basename \
        $(call host_sources,$(1))))
HOST_OBJECTS := $(call host_objects,x86)

# What objects depend on beside their sources: compiler and flags.
$(HOST_OUT)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS)' >$@.new
	@$(call keep_if_same,$@)

HOST_NEEDS := $(UNIT_MK) $(HOST_OUT)/flags

# The tests of each architecture: of its own files, and of portable ones. Those
# run code of the machine's, and say what the file says; some hold elsewhere
# too.
LP_TESTS_OF_x86 := $(wildcard tests/unit/xen/common/livepatch/test_*.c \
    tests/unit/xen/arch/x86/test_*.c \
    tests/unit/xen/arch/x86/livepatch/test_*.c)
LP_TESTS_OF_arm := $(wildcard tests/unit/xen/arch/arm/test_*.c \
    tests/unit/xen/arch/arm/livepatch/test_*.c) \
    $(patsubst %,tests/unit/xen/common/livepatch/test_%.c,action elf entries \
        exports hook_work hooks layout linkage load op registry relocate \
        resolve sections set_hooks stop symtab uses)
LP_TEST_HELPERS := $(addprefix tests/unit/xen/common/livepatch/,steps.c \
    request.c extension.c dry_run.c members.c hook_payload.c special_payload.c signing.c)

# $(call host_rules,ARCH): the objects of its host, and its tests.
define host_rules
# Its formatting stands next to the C library's, and the log needs this one.
$(HOST_OUT_$(1))/xen/common/vsprintf.o \
$(HOST_OUT_$(1))/xen/common/livepatch/log.o: HOST_RENAMES := \
    -Dvsnprintf=xen_vsnprintf -Dsnprintf=xen_snprintf

$(HOST_OUT_$(1))/xen/%.o: xen/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(TEST_CC) $(HOST_CFLAGS) $(call host_cppflags,$(1)) \
	    $$(HOST_RENAMES) -c -o $$@ $$<

$(HOST_OUT_$(1))/%.o: tests/host/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(TEST_CC) $(HOST_CFLAGS) $(call host_cppflags,$(1)) -c -o $$@ $$<

$(HOST_OUT_$(1))/%.o: tests/host/%.S $(HOST_NEEDS)
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(TEST_CC) -D__ASSEMBLY__ -c -o $$@ $$<

LP_TESTS_$(1) := $(patsubst tests/unit/%.c,$(LP_TEST_OUT_$(1))/%, \
    $(sort $(LP_TESTS_OF_$(1))))
LP_HELPERS_$(1) := $(patsubst tests/unit/%.c,$(LP_TEST_OUT_$(1))/%.o, \
    $(LP_TEST_HELPERS))
UNIT_TESTS += $$(LP_TESTS_$(1))

$$(LP_TESTS_$(1):%=%.o) $$(LP_HELPERS_$(1)): $(LP_TEST_OUT_$(1))/%.o: \
    tests/unit/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(TEST_CC) $(HOST_CFLAGS) $(call host_cppflags,$(1)) \
	    $(LP_TEST_CPPFLAGS) -c -o $$@ $$<

$$(LP_TESTS_$(1)): %: %.o $$(LP_HELPERS_$(1)) $(HOST_OUT_$(1))/test.o \
    $(call host_objects,$(1))
	$$(call say,LD,$$@)
	$$(Q)$(TEST_CC) $(HOST_CFLAGS) -o $$@ $$^ -lcmocka -lcrypto

.SECONDARY: $$(LP_TESTS_$(1):%=%.o)

-include $(patsubst %.o,%.d,$(call host_objects,$(1))) \
    $(HOST_OUT_$(1))/test.d $$(LP_TESTS_$(1):%=%.d) \
    $$(LP_HELPERS_$(1):.o=.d)
endef
$(foreach arch,$(HOST_ARCHES),$(eval $(call host_rules,$(arch))))

# Other parts' unit tests, unless the Makefile has included them itself.
include $(filter-out $(MAKEFILE_LIST),$(wildcard tests/unit/*/build.mk))

UNIT_TESTS_WANTED := $(if $(T),$(foreach test,$(UNIT_TESTS), \
    $(if $(findstring $(T),$(test)),$(test))),$(UNIT_TESTS))

.PHONY: test-unit test-unit-build
test-unit-build: $(UNIT_TESTS_WANTED)

test-unit: test-unit-build
	@tests/unit/run $(UNIT_TESTS_WANTED)
