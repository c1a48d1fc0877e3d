# SPDX-License-Identifier: GPL-2.0
#
# What arm64's own assembler, compiler and linker make of the sources in
# reference/, as one object that the tests of this folder link with. Included
# after tests/unit/build.mk, whose rules build them.

REFERENCE_SRC := tests/unit/xen/arch/arm/livepatch/reference
REFERENCE_OUT := $(LP_TEST_OUT_arm)/reference
REFERENCE_TOOLS := aarch64-linux-gnu-
REFERENCE_OBJECTS := $(LP_TEST_OUT_arm)/xen/arch/arm/livepatch/reference.o \
    $(REFERENCE_OUT)/reference.o

$(REFERENCE_OUT)/%.o: $(REFERENCE_SRC)/%.s $(REFERENCE_SRC)/../build.mk
	@mkdir -p $(@D)
	$(call say,AS,$@)
	$(Q)$(REFERENCE_TOOLS)as -o $@ $<

# There is room below this address and above it for what is at a distance.
REFERENCE_LD = $(REFERENCE_TOOLS)ld -Ttext=0x800000000000
$(REFERENCE_OUT)/low.elf $(REFERENCE_OUT)/high.elf \
$(REFERENCE_OUT)/negative.elf: $(REFERENCE_OUT)/%.elf: $(REFERENCE_SRC)/%.ld \
    $(REFERENCE_OUT)/relocations.o
	$(call say,LD,$@)
	$(Q)$(REFERENCE_LD) -o $@ $(REFERENCE_OUT)/relocations.o $<

$(REFERENCE_OUT)/alternatives.elf $(REFERENCE_OUT)/encodings.elf: %.elf: %.o
	$(call say,LD,$@)
	$(Q)$(REFERENCE_LD) -o $@ $<

# A payload as a builder would make it: from C, by the compiler, with what
# arm64's distributions build with.
$(REFERENCE_OUT)/payload.o: $(REFERENCE_SRC)/payload.c $(HOST_NEEDS) \
    $(REFERENCE_SRC)/../build.mk | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(REFERENCE_TOOLS)gcc -std=gnu11 -O2 -Wall -Wextra -Werror \
	    -ffreestanding -fPIC -mbranch-protection=standard \
	    -mgeneral-regs-only -fno-stack-protector -fno-common \
	    -fno-asynchronous-unwind-tables $(call host_cppflags,arm) -c -o $@ $<

$(REFERENCE_OUT)/payload.livepatch: $(REFERENCE_OUT)/payload.o
	$(call say,LD,$@)
	$(Q)$(REFERENCE_TOOLS)ld -r --build-id=sha1 -o $@ $<

$(REFERENCE_OUT)/reference.o: $(REFERENCE_SRC)/reference.S \
    $(addprefix $(REFERENCE_OUT)/,relocations.o low.elf high.elf negative.elf \
        alternatives.elf encodings.elf payload.livepatch)
	$(call say,AS,$@)
	$(Q)$(TEST_CC) -Wa,-I$(REFERENCE_OUT) -c -o $@ $<

$(LP_TEST_OUT_arm)/xen/arch/arm/livepatch/reference.o: \
    tests/unit/xen/arch/arm/livepatch/reference.c $(HOST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(call host_cppflags,arm) -c -o $@ $<

$(filter %/arch/arm/livepatch/test_reference \
    %/arch/arm/livepatch/test_alternative \
    %/arch/arm/livepatch/test_real_payload,$(LP_TESTS_arm)): $(REFERENCE_OBJECTS)
