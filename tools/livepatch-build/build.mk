# SPDX-License-Identifier: GPL-2.0
#
# The distro team's command livepatch-build, over libelf, libdw, Zydis,
# libcrypto and json-c (Debian: libelf-dev, libdw-dev, libzydis-dev, libssl-dev,
# libjson-c-dev), and the unit tests of its parts. Takes the sources
# beside this file, gives BUILD/tools/livepatch-build, and adds the test
# programs to UNIT_TESTS; running them is tests/unit/build.mk's job.

##   make tools                 ... and build/tools/livepatch-build

LPB := tools/livepatch-build
LPB_TESTS := tests/unit/tools/livepatch-build
LPB_CPPFLAGS := -iquote $(LPB) -DLIVEPATCH_BUILD_VERSION='"$(XLP_VERSION)"'
LPB_LIBS := -lelf -ldw -lZydis -ljson-c -lcrypto $(TOOLS_CRYPTO)

LPB_SOURCES := $(sort $(wildcard $(LPB)/*.c $(LPB)/*/*.c))
LPB_OBJECTS := $(LPB_SOURCES:$(LPB)/%.c=$(BUILD)/tools/livepatch-build.obj/%.o)

tools-x86: $(BUILD)/tools/livepatch-build

$(BUILD)/tools/livepatch-build: $(LPB_OBJECTS) $(BUILD)/tools/lib.a \
    $(LOADER_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(CC) -o $@ $^ $(LPB_LIBS)

$(BUILD)/tools/livepatch-build.obj/%.o: $(LPB)/%.c $(LPB)/build.mk \
    $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(TOOLS_CFLAGS) $(LPB_CPPFLAGS) -D_FORTIFY_SOURCE=2 -c -o $@ $<

# The tests: the same sources, sanitized.
LPB_TEST_OUT := $(BUILD)/$(LPB_TESTS)
LPB_TEST_CFLAGS := $(TOOLS_TEST_CFLAGS) $(LPB_CPPFLAGS) -iquote $(LPB_TESTS)
LPB_TESTED_OBJECTS := $(patsubst $(LPB)/%.c,$(LPB_TEST_OUT)/product/%.o, \
    $(filter-out $(LPB)/main.c,$(LPB_SOURCES)))
LPB_TEST_SOURCES := $(sort $(wildcard $(LPB_TESTS)/*.c $(LPB_TESTS)/*/*.c))
LPB_TEST_OBJECTS := $(LPB_TEST_SOURCES:%.c=$(BUILD)/%.o)
LPB_TEST_PROGRAMS := $(patsubst %.c,$(BUILD)/%, \
    $(foreach source,$(LPB_TEST_SOURCES), \
        $(if $(filter test_%,$(notdir $(source))),$(source))))

UNIT_TESTS += $(LPB_TEST_PROGRAMS)

$(LPB_TESTED_OBJECTS): $(LPB_TEST_OUT)/product/%.o: $(LPB)/%.c \
    $(LPB)/build.mk $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(LPB_TEST_CFLAGS) -c -o $@ $<

# What a folder's tests are told beside: LPB_TEST_DEFINES, in its build.mk.
$(LPB_TEST_OBJECTS): $(LPB_TEST_OUT)/%.o: $(LPB_TESTS)/%.c \
    $(LPB)/build.mk $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(LPB_TEST_CFLAGS) $(LPB_TEST_DEFINES) -c -o $@ $<

$(LPB_TEST_PROGRAMS): %: %.o $(LPB_TESTED_OBJECTS) $(TOOLS_LIB_TESTED) \
    $(LOADER_TESTED)
	$(call say,LD,$@)
	$(Q)$(HOSTCC) $(TOOLS_SANITIZE) -o $@ $^ -lcmocka $(LPB_LIBS)

# Stages whose tests assemble their objects.
$(foreach stage,model match diff choose, \
    $(filter $(LPB_TEST_OUT)/$(stage)/%,$(LPB_TEST_PROGRAMS))): \
    $(LPB_TEST_OUT)/assembled.o

.SECONDARY: $(LPB_TEST_OBJECTS)

-include $(LPB_OBJECTS:.o=.d) $(LPB_TESTED_OBJECTS:.o=.d) \
    $(LPB_TEST_OBJECTS:.o=.d)
