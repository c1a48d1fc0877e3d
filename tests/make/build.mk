# SPDX-License-Identifier: GPL-2.0
#
# The tests of the build itself: in a copy of the tree at a path with blanks,
# with another compiler, and what `make payload` makes of good and bad sources.

##   make test-make             what make itself promises
.PHONY: test-make
test-make: hypervisor
	@mkdir -p $(BUILD)/tests/make
	@BUILD='$(BUILD)' tests/make/check >$(BUILD)/tests/make/make.tap || \
	    { grep -v '^ok' $(BUILD)/tests/make/make.tap; exit 1; }
