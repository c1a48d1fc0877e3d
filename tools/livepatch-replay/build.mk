# SPDX-License-Identifier: GPL-2.0
#
# The CI engineer's command livepatch-replay, over json-c and libxml2 (Debian:
# libjson-c-dev, libxml2-dev), the parts that it boots with and that run in dom0
# (BUILD/tools/livepatch-replay.parts), and the unit tests of what it is made of.
# Takes the sources beside this file, gives BUILD/tools/livepatch-replay, and
# adds the test programs to UNIT_TESTS; running them is tests/unit/build.mk's job.

##   make tools                 ... and build/tools/livepatch-replay

REPLAY := tools/livepatch-replay
REPLAY_CPPFLAGS := -iquote $(REPLAY) $$(xml2-config --cflags) \
    -DLIVEPATCH_REPLAY_VERSION='"$(XLP_VERSION)"'
REPLAY_LIBS := -ljson-c -lxml2

REPLAY_SOURCES := $(sort $(filter-out $(REPLAY)/dom0/%, \
    $(wildcard $(REPLAY)/*.c $(REPLAY)/*/*.c)))
REPLAY_OBJECTS := \
    $(REPLAY_SOURCES:$(REPLAY)/%.c=$(BUILD)/tools/livepatch-replay.obj/%.o)

# What it runs, and what runs in dom0.
REPLAY_PARTS := $(BUILD)/tools/livepatch-replay.parts
REPLAY_SCRIPTS := $(notdir $(wildcard $(REPLAY)/harness/*)) report
REPLAY_PROGRAMS := busy free-pages xen-livepatch
REPLAY_PART_FILES := $(REPLAY_SCRIPTS:%=$(REPLAY_PARTS)/%) \
    $(REPLAY_PROGRAMS:%=$(REPLAY_PARTS)/bin/%)
REPLAY_DOM0_CFLAGS := $(TOOLS_CFLAGS) -D__XEN_TOOLS__ -iquote $(REPLAY) -static

tools-x86: $(BUILD)/tools/livepatch-replay

$(BUILD)/tools/livepatch-replay: $(REPLAY_OBJECTS) $(BUILD)/tools/lib.a \
    | $(REPLAY_PART_FILES)
	$(call say,LD,$@)
	$(Q)$(CC) -o $@ $^ $(REPLAY_LIBS)

$(BUILD)/tools/livepatch-replay.obj/%.o: $(REPLAY)/%.c $(REPLAY)/build.mk \
    $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(TOOLS_CFLAGS) $(REPLAY_CPPFLAGS) -D_FORTIFY_SOURCE=2 -c -o $@ $<

$(REPLAY_PARTS)/%: $(REPLAY)/harness/%
	@mkdir -p $(@D)
	@cp $< $@

$(REPLAY_PARTS)/report: $(REPLAY)/dom0/report
	@mkdir -p $(@D)
	@cp $< $@

$(REPLAY_PARTS)/bin/xen-livepatch: $(BUILD)/tools/xen-livepatch
	@mkdir -p $(@D)
	@cp $< $@

$(BUILD)/tools/livepatch-replay.obj/dom0/%.o: $(REPLAY)/dom0/%.c \
    $(REPLAY)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(REPLAY_DOM0_CFLAGS) -c -o $@ $<

$(REPLAY_PARTS)/bin/busy: $(BUILD)/tools/livepatch-replay.obj/dom0/busy.o
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) -static -o $@ $^

$(REPLAY_PARTS)/bin/free-pages: \
    $(BUILD)/tools/livepatch-replay.obj/dom0/free-pages.o \
    $(BUILD)/tools/livepatch-replay.obj/dom0/hypervisor.o
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) -static -o $@ $^ -lxencall -lxentoolcore -lxentoollog

# The tests: the same sources, sanitized.
REPLAY_TESTS := tests/unit/tools/livepatch-replay
REPLAY_TEST_OUT := $(BUILD)/$(REPLAY_TESTS)
REPLAY_TESTED_OBJECTS := $(patsubst $(REPLAY)/%.c,$(REPLAY_TEST_OUT)/product/%.o, \
    $(filter-out $(REPLAY)/main.c,$(REPLAY_SOURCES)))
REPLAY_TEST_PROGRAMS := $(patsubst %.c,$(BUILD)/%, \
    $(sort $(wildcard $(REPLAY_TESTS)/*/test_*.c)))

UNIT_TESTS += $(REPLAY_TEST_PROGRAMS)

$(REPLAY_TEST_OUT)/product/%.o: $(REPLAY)/%.c $(REPLAY)/build.mk \
    $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(TOOLS_TEST_CFLAGS) $(REPLAY_CPPFLAGS) -c -o $@ $<

$(REPLAY_TEST_PROGRAMS): $(BUILD)/%: %.c $(REPLAY_TESTED_OBJECTS) \
    $(TOOLS_LIB_TESTED) $(LOADER_TESTED)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(filter-out -MMD -MP,$(TOOLS_TEST_CFLAGS)) \
	    $(REPLAY_CPPFLAGS) -o $@ $^ -lcmocka $(REPLAY_LIBS) \
	    $(TOOLS_CRYPTO)

-include $(REPLAY_OBJECTS:.o=.d) $(REPLAY_TESTED_OBJECTS:.o=.d)
