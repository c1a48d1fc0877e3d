# SPDX-License-Identifier: GPL-2.0
#
# The one entry to every build. Each part of the tree has a fragment
# (build.mk) with its rules; a line that starts with "## " in any of them is a
# line of `make help`.

## xSplice: live patching for a Xen-style hypervisor
##
BUILD ?= build
ARCH ?= x86

# What Debian calls the compiler for it on a machine of another kind.
ifeq ($(ARCH)-$(shell uname -m),arm64-x86_64)
CROSS_COMPILE ?= aarch64-linux-gnu-
endif

# The tools: for the product, with this prefix, and for programs that run here.
CC := $(CROSS_COMPILE)gcc
LD := $(CROSS_COMPILE)ld
AR := $(CROSS_COMPILE)ar
OBJCOPY := $(CROSS_COMPILE)objcopy
NM := $(CROSS_COMPILE)nm
HOSTCC ?= gcc

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# Commands are shown in short, as `$(call say,CC,file)`, or with V=1 in full.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) '$(2)')

# $(call keep_if_same,file): file.new becomes file if it differs from it, so
# that what depends on it is made again only then.
keep_if_same = if cmp -s $(1).new $(1); then rm $(1).new; \
    else mv $(1).new $(1); fi

.PHONY: FORCE
FORCE:

# $(call MAKE_FOR_ARM64_DOM0,targets): programs for an arm64 dom0, by the rules
# of this machine's but with another compiler and its libraries.
ARM64_DOM0 := $(BUILD)/dom0-arm64
ARM64_LIBRARIES := $(addprefix $(CURDIR)/.cache/arm64/root/, \
    libxen-dev libjson-c-dev libbearssl-dev)
MAKE_FOR_ARM64_DOM0 = $(MAKE) --no-print-directory ARCH=x86 \
    BUILD=$(ARM64_DOM0) CROSS_COMPILE=aarch64-linux-gnu- \
    CC='aarch64-linux-gnu-gcc $(ARM64_LIBRARIES:%=-isystem %/usr/include) \
    $(ARM64_LIBRARIES:%=-L%/usr/lib/aarch64-linux-gnu)' $(1)

FRAGMENTS := xen/build.mk tools/lib/build.mk tools/lib/loader/build.mk \
             tools/xen-livepatch/build.mk \
             tools/xen-livepatch/install.mk tools/livepatch-build/build.mk \
             tools/livepatch-build/install.mk \
             tools/livepatch-replay/build.mk tools/livepatch-replay/install.mk \
             debian/build.mk payload.mk \
             demo/build.mk tests/unit/common/build.mk \
             tests/unit/xen/arch/x86/livepatch/machine/build.mk \
             tests/unit/tools/livepatch-build/write/build.mk \
             tests/unit/tools/livepatch-build/image/build.mk \
             tests/unit/tools/livepatch-build/run/build.mk \
             tests/unit/build.mk \
             tests/unit/xen/arch/arm/livepatch/build.mk \
             tests/broken/build.mk tests/fuzz/build.mk tests/bench/build.mk \
             tests/model/build.mk tests/proof/build.mk tests/stress/build.mk tests/nested/build.mk \
             tests/bench/nested.mk tests/package/build.mk tests/make/build.mk \
             tests/docs/build.mk tests/builder/build.mk tests/replay/build.mk tests/builder/live/build.mk \
             tests/lint/build.mk \
             tests/mutants/build.mk
include $(wildcard $(FRAGMENTS))

# What is taken of Debian's arm64 packages.
.cache/arm64/%.complete:
	$(Q)tests/nested/fetch_arm64 $*

# The public headers, under the name that internal code knows them by.
$(BUILD)/include/public:
	@mkdir -p $(@D)
	$(Q)ln -sfn /usr/include/xen $@

##   make ... V=1               and show each command
##   make ... CC=clang          with this compiler; CROSS_COMPILE=x- with x-gcc
##   make clean                 remove everything that was built
.PHONY: clean
clean:
	$(Q)rm -rf $(BUILD)

##   make                       this help
.PHONY: help
help:
	@sed -n 's/^## \{0,1\}//p' $(MAKEFILE_LIST)
