# SPDX-License-Identifier: GPL-2.0
#
# The admin's command xen-livepatch: one static binary over libxencall and
# json-c (Debian: libxen-dev, libjson-c-dev), and the unit tests of everything
# in it but main() and the libxencall file. Takes the sources beside this file,
# gives BUILD/tools/xen-livepatch, and adds the test programs to UNIT_TESTS;
# running them is tests/unit/build.mk's job.

##   make tools                 the admin's command: build/tools/xen-livepatch
##       [ARCH=arm64]           for that dom0: build/dom0-arm64/tools
##   make tools-man             check the manual pages of the command

XLP := tools/xen-livepatch
XLP_TESTS := tests/unit/tools/xen-livepatch
XLP_VERSION := 0.1

XLP_CPPFLAGS := -iquote $(XLP) -DXEN_LIVEPATCH_VERSION='"$(XLP_VERSION)"'
XLP_LIBS := $(TOOLS_CRYPTO) -ljson-c -lxencall -lxentoollog -lxentoolcore

# The floors of the house, and the door.
XLP_SOURCES := $(sort $(wildcard $(XLP)/*.c $(XLP)/*/*.c))
XLP_OBJECTS := $(XLP_SOURCES:$(XLP)/%.c=$(BUILD)/tools/xen-livepatch.obj/%.o)

.PHONY: tools tools-x86 tools-arm64
tools: tools-$(ARCH)
tools-x86: $(BUILD)/tools/xen-livepatch

# For the dom0 of another architecture: a build of its own, with libraries of
# Debian's packages for it.
tools-arm64: .cache/arm64/libraries.complete .cache/arm64/libbearssl.complete
	+$(Q)$(call MAKE_FOR_ARM64_DOM0,$(ARM64_DOM0)/tools/xen-livepatch)

$(BUILD)/tools/xen-livepatch: $(XLP_OBJECTS) $(BUILD)/tools/lib.a \
    $(LOADER_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(CC) -static -o $@ $^ $(XLP_LIBS)

$(BUILD)/tools/xen-livepatch.obj/%.o: $(XLP)/%.c $(XLP)/build.mk \
    $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(TOOLS_CFLAGS) $(XLP_CPPFLAGS) \
	    -D_FORTIFY_SOURCE=2 -c -o $@ $<

.PHONY: tools-man
tools-man:
	@tests/lint/run man-pages-are-mandocs

# The tests: the same sources, sanitized, with a fake hypervisor, a fake clock
# and a fake machine in the place of the files that reach out of the program.
XLP_TEST_OUT := $(BUILD)/$(XLP_TESTS)
XLP_TEST_CFLAGS := $(TOOLS_TEST_CFLAGS) $(XLP_CPPFLAGS) -iquote $(XLP_TESTS)

XLP_REPLACED := main hypervisor/hypercall_xencall session/delay \
    session/journal session/machine session/places
XLP_TESTED_OBJECTS := $(patsubst %,$(XLP_TEST_OUT)/product/%.o, \
    $(filter-out $(XLP_REPLACED),$(XLP_SOURCES:$(XLP)/%.c=%)))
XLP_TEST_FAKES := $(patsubst %.c,$(BUILD)/%.o, \
    $(sort $(wildcard $(XLP_TESTS)/fake/*.c)))
XLP_TEST_PROGRAMS := $(patsubst %.c,$(BUILD)/%, \
    $(sort $(wildcard $(XLP_TESTS)/*/test_*.c)))

UNIT_TESTS += $(XLP_TEST_PROGRAMS)

$(XLP_TEST_OUT)/product/%.o: $(XLP)/%.c $(XLP)/build.mk $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(XLP_TEST_CFLAGS) -c -o $@ $<

$(XLP_TEST_OUT)/%.o: $(XLP_TESTS)/%.c $(XLP)/build.mk $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(XLP_TEST_CFLAGS) -c -o $@ $<

$(XLP_TEST_PROGRAMS): %: %.o $(XLP_TEST_FAKES) $(XLP_TESTED_OBJECTS) \
    $(TOOLS_LIB_TESTED) $(LOADER_TESTED)
	$(call say,LD,$@)
	$(Q)$(HOSTCC) $(TOOLS_SANITIZE) -o $@ $^ -lcmocka -ljson-c $(TOOLS_CRYPTO)

.SECONDARY: $(XLP_TEST_PROGRAMS:%=%.o)

-include $(XLP_OBJECTS:.o=.d) $(XLP_TESTED_OBJECTS:.o=.d) \
    $(XLP_TEST_FAKES:.o=.d) $(XLP_TEST_PROGRAMS:%=%.d)
