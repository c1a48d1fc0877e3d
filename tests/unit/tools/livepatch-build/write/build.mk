# SPDX-License-Identifier: GPL-2.0
#
# The tests of what writes payloads. Takes the sources of the builder's model and
# of write/, samples that each compiler makes objects of, and this tree's
# payloads by hand, as objects; adds to the test programs of
# tools/livepatch-build/build.mk.

WRITE_TESTS_SRC := tests/unit/tools/livepatch-build/write
WRITE_TESTS_OUT := $(BUILD)/$(WRITE_TESTS_SRC)
WRITE_TESTS := $(patsubst %.c,$(BUILD)/%, \
    $(sort $(wildcard $(WRITE_TESTS_SRC)/test_*.c)))
WRITE_TESTS_HELPERS := $(addprefix $(WRITE_TESTS_OUT)/,by_hand.o written.o)

# Objects: samples, as each compiler has them; payloads, as a hypervisor's code.
WRITE_COMPILERS := gcc clang aarch64-linux-gnu-gcc
WRITE_SAMPLE_CFLAGS := -O2 -ffunction-sections -fdata-sections -fPIC \
    -fno-common -fno-asynchronous-unwind-tables -fno-stack-protector
WRITE_SAMPLES := $(foreach cc,$(WRITE_COMPILERS), \
    $(foreach sample,fix mixed other,$(WRITE_TESTS_OUT)/$(cc)/$(sample).o)) \
    $(WRITE_TESTS_OUT)/aarch64-linux-gnu-gcc/arm_tables.o \
    $(WRITE_TESTS_OUT)/gcc/run.o
# break.c is a program; the others are for a payload that lies below.
WRITE_PAYLOAD_SOURCES := $(wildcard tests/payloads/*.c tests/payloads/x86/*.c)
WRITE_PAYLOADS := $(filter-out break user crossed, \
    $(basename $(notdir $(WRITE_PAYLOAD_SOURCES))))
WRITE_PAYLOAD_OBJECTS := $(foreach cc,gcc clang, \
    $(WRITE_PAYLOADS:%=$(WRITE_TESTS_OUT)/payloads/$(cc)/%.o))

$(WRITE_SAMPLES): $(WRITE_TESTS_OUT)/%.o: $(WRITE_TESTS_SRC)/build.mk \
    $(wildcard $(WRITE_TESTS_SRC)/samples/*)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(patsubst %/,%,$(dir $*)) $(WRITE_SAMPLE_CFLAGS) -c -o $@ \
	    $(WRITE_TESTS_SRC)/samples/$(notdir $*).c

$(WRITE_PAYLOAD_OBJECTS): $(WRITE_TESTS_OUT)/payloads/%.o: \
    $(WRITE_TESTS_SRC)/build.mk $(wildcard tests/payloads/* tests/payloads/x86/*) \
    | $(BUILD)/include/public $(BUILD)/x86/xen-syms
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(patsubst %/,%,$(dir $*)) $(PAYLOAD_CFLAGS) -I$(WRITE_TESTS_SRC)/samples \
	    -c -o $@ $(filter %/$(notdir $*).c,$(WRITE_PAYLOAD_SOURCES))

$(WRITE_TESTS_OUT)/%.o: LPB_TEST_DEFINES = -DXEN_SYMS='"$(BUILD)/x86/xen-syms"' \
    -DSAMPLES='"$(WRITE_TESTS_OUT)/"' -DPAYLOADS='"$(WRITE_PAYLOADS)"'

$(WRITE_TESTS): $(WRITE_TESTS_HELPERS) | $(WRITE_SAMPLES) $(WRITE_PAYLOAD_OBJECTS)
