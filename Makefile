# SPDX-License-Identifier: GPL-2.0
#
# The one entry to every build. Each part of the tree has a fragment
# (build.mk) with its rules; a line that starts with "## " in any of them is a
# line of `make help`.

## xSplice: live patching for a Xen-style hypervisor
##
BUILD ?= build
ARCH ?= x86

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

FRAGMENTS := xen/build.mk tools/lib/build.mk tools/xen-livepatch/build.mk \
             tools/xen-livepatch/install.mk debian/build.mk payload.mk \
             demo/build.mk tests/unit/common/build.mk \
             tests/unit/xen/arch/x86/livepatch/machine/build.mk \
             tests/unit/build.mk \
             tests/broken/build.mk tests/fuzz/build.mk tests/bench/build.mk \
             tests/model/build.mk tests/stress/build.mk tests/nested/build.mk \
             tests/bench/nested.mk \
             tests/package/build.mk tests/lint/build.mk tests/mutants/build.mk
include $(wildcard $(FRAGMENTS))

##   make clean                 remove everything that was built
.PHONY: clean
clean:
	rm -rf $(BUILD)

##   make                       this help
.PHONY: help
help:
	@sed -n 's/^## \{0,1\}//p' $(MAKEFILE_LIST)
