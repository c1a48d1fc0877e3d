# SPDX-License-Identifier: GPL-2.0
#
# The tests of the builder's steps between a comparison and a payload. Takes the
# builder's sources and this tree's hypervisor; tools/livepatch-build/build.mk
# makes programs of them.

RUN_TESTS_SRC := tests/unit/tools/livepatch-build/run
RUN_TESTS := $(patsubst %.c,$(BUILD)/%, \
    $(sort $(wildcard $(RUN_TESTS_SRC)/test_*.c)))

$(BUILD)/$(RUN_TESTS_SRC)/%.o: LPB_TEST_DEFINES = \
    -DXEN_SYMS='"$(BUILD)/x86/xen-syms"'

$(RUN_TESTS): | $(BUILD)/x86/xen-syms.map
