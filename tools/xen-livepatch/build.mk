# SPDX-License-Identifier: GPL-2.0
#
# The admin's command xen-livepatch: one static binary over libxencall and
# json-c (Debian: libxen-dev, libjson-c-dev), and the unit tests of everything
# in it but main() and the libxencall file. Takes the sources beside this file,
# gives BUILD/tools/xen-livepatch, and adds the test programs to UNIT_TESTS;
# running them is tests/unit/build.mk's job.

##   make tools                 the admin's command: build/tools/xen-livepatch
##   make tools-man             check the manual page of the command

XLP := tools/xen-livepatch
XLP_TESTS := tests/unit/tools/xen-livepatch
XLP_VERSION := 0.1

HOSTCC ?= gcc
XLP_WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
    -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wpointer-arith
XLP_CFLAGS := -std=gnu11 -O2 -g $(XLP_WARNINGS) -ffile-prefix-map=$(CURDIR)=. \
    -iquote xen/include/public -iquote xen \
    -D_GNU_SOURCE -DXEN_LIVEPATCH_VERSION='"$(XLP_VERSION)"' -MMD -MP
XLP_LIBS := -ljson-c -lxencall -lxentoollog -lxentoolcore

XLP_SOURCES := $(sort $(wildcard $(XLP)/*.c))
XLP_OBJECTS := $(XLP_SOURCES:$(XLP)/%.c=$(BUILD)/tools/xen-livepatch.obj/%.o)

.PHONY: tools
tools: $(BUILD)/tools/xen-livepatch

$(BUILD)/tools/xen-livepatch: $(XLP_OBJECTS)
	$(CROSS_COMPILE)gcc -static -o $@ $(XLP_OBJECTS) $(XLP_LIBS)

$(BUILD)/tools/xen-livepatch.obj/%.o: $(XLP)/%.c $(XLP)/build.mk
	@mkdir -p $(@D)
	$(CROSS_COMPILE)gcc $(XLP_CFLAGS) -D_FORTIFY_SOURCE=2 -c -o $@ $<

.PHONY: tools-man
tools-man:
	mandoc -T lint -W style $(XLP)/xen-livepatch.8

# The tests: the same sources, sanitized, with a fake hypervisor, a fake clock
# and a fake machine in the place of the files that reach out of the program.
XLP_TEST_OUT := $(BUILD)/$(XLP_TESTS)
XLP_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
XLP_TEST_CFLAGS := $(filter-out -O2,$(XLP_CFLAGS)) -O1 -I$(XLP) \
    -I$(XLP_TESTS) $(XLP_SANITIZE)

XLP_REPLACED := main hypercall_xencall delay machine places
XLP_TESTED_OBJECTS := $(patsubst %,$(XLP_TEST_OUT)/product/%.o, \
    $(filter-out $(XLP_REPLACED),$(basename $(notdir $(XLP_SOURCES)))))
XLP_TEST_SOURCES := $(sort $(wildcard $(XLP_TESTS)/*.c))
XLP_TEST_NAMES := $(filter test_%,$(basename $(notdir $(XLP_TEST_SOURCES))))
XLP_TEST_HELPERS := $(filter-out test_%, \
    $(basename $(notdir $(XLP_TEST_SOURCES))))
XLP_TEST_HELPER_OBJECTS := $(XLP_TEST_HELPERS:%=$(XLP_TEST_OUT)/%.o)
XLP_TEST_PROGRAMS := $(XLP_TEST_NAMES:%=$(XLP_TEST_OUT)/%)

UNIT_TESTS += $(XLP_TEST_PROGRAMS)

$(XLP_TEST_OUT)/product/%.o: $(XLP)/%.c $(XLP)/build.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(XLP_TEST_CFLAGS) -c -o $@ $<

$(XLP_TEST_OUT)/%.o: $(XLP_TESTS)/%.c $(XLP)/build.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(XLP_TEST_CFLAGS) -c -o $@ $<

$(XLP_TEST_PROGRAMS): %: %.o $(XLP_TEST_HELPER_OBJECTS) $(XLP_TESTED_OBJECTS)
	$(HOSTCC) $(XLP_SANITIZE) -o $@ $^ -lcmocka -ljson-c

.SECONDARY: $(XLP_TEST_PROGRAMS:%=%.o)

-include $(XLP_OBJECTS:.o=.d) $(XLP_TESTED_OBJECTS:.o=.d) \
    $(XLP_TEST_HELPER_OBJECTS:.o=.d) $(XLP_TEST_PROGRAMS:%=%.d)
