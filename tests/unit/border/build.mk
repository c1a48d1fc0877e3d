# SPDX-License-Identifier: GPL-2.0
#
# Unit tests of the border to dom0: each test_NAME.c is linked with the files of
# xen/arch/x86 that it tests, compiled for user mode with sanitizers, and the
# fakes that it needs. Running them is tests/unit/build.mk's job.

BORDER_TEST_SRC := tests/unit/border
BORDER_TEST_OUT := $(BUILD)/tests/unit/border

BORDER_TEST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror \
    -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer -fno-builtin -fvisibility=hidden \
    -include xen/include/xen/config.h -I$(BORDER_TEST_SRC)/fake \
    -I$(BORDER_TEST_SRC) -Itests/unit/common -Itests -Itools -Ixen/include \
    -Ixen/arch/x86/include -I$(XEN_OUT)/include -isystem $(BUILD)/include \
    -D_start=fake_start -D_end=fake_end

# What each test is linked with: files of xen/arch/x86 or, as common/NAME, of
# xen/common; fakes of this folder; fakes of tests/unit/common.
BORDER_TESTED_guest_walk := guest_walk
BORDER_TESTED_guest_copy := guest_copy guest_walk common/guest_copy
BORDER_TESTED_npt := npt common/memory common/memmap
BORDER_TESTED_shared_page := common/domain common/memmap
BORDER_TESTED_msr := svm/msr
BORDER_TESTED_cpuid := svm/cpuid
BORDER_TESTED_icr := icr
BORDER_TESTED_apic_write := svm/apic_write
BORDER_TESTED_vlapic := svm/vlapic svm/apic_write icr insn
BORDER_TESTED_event := svm/event
BORDER_TESTED_exit := svm/exit svm/event
BORDER_TESTED_start_state := svm/start_state
BORDER_TESTED_insn := insn
BORDER_TESTED_memmap := memmap_read common/memmap
BORDER_TESTED_bzimage := dom0/bzimage
BORDER_TESTED_cmdline := dom0/cmdline
BORDER_TESTED_acpi := acpi
BORDER_FAKES_npt := physical
BORDER_COMMON_npt := fake_printk fake_panic child
BORDER_COMMON_shared_page := fake_panic child
BORDER_COMMON_msr := fake_printk
BORDER_COMMON_vlapic := fake_printk
BORDER_COMMON_exit := fake_printk fake_panic child
BORDER_COMMON_acpi := fake_printk fake_panic child
BORDER_TESTS := guest_walk guest_copy npt shared_page msr cpuid icr apic_write \
    vlapic event exit start_state insn memmap bzimage cmdline acpi \
    throttle

BORDER_TEST_NEEDS := $(XEN_OUT)/include/xen/compile.h \
    $(BORDER_TEST_SRC)/build.mk | $(BUILD)/include/public

$(BORDER_TEST_OUT)/tested/common/%.o: xen/common/%.c $(BORDER_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(BORDER_TEST_CFLAGS) -MMD -MP -c -o $@ $<

$(BORDER_TEST_OUT)/tested/%.o: xen/arch/x86/%.c $(BORDER_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(BORDER_TEST_CFLAGS) -MMD -MP -c -o $@ $<

$(BORDER_TEST_OUT)/%.o: $(BORDER_TEST_SRC)/%.c $(BORDER_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(BORDER_TEST_CFLAGS) -MMD -MP -c -o $@ $<

# arm64's, which any machine can run: instructions of its own are the fakes'.
BORDER_ARM_CFLAGS = -I$(BORDER_TEST_SRC)/arm/fake \
    $(subst arch/x86,arch/arm,$(BORDER_TEST_CFLAGS))
BORDER_TESTED_arm/gic_filter := arm/gic_filter
BORDER_TESTED_arm/psci := arm/psci
BORDER_TESTED_arm/stage2 := arm/stage2
BORDER_COMMON_arm/psci := fake_printk
BORDER_COMMON_arm/stage2 := fake_printk fake_panic child
BORDER_TESTS += arm/gic_filter arm/psci arm/stage2

$(BORDER_TEST_OUT)/tested/arm/%.o: xen/arch/arm/%.c $(BORDER_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(BORDER_ARM_CFLAGS) -MMD -MP -c -o $@ $<

$(BORDER_TEST_OUT)/arm/%.o: $(BORDER_TEST_SRC)/arm/%.c $(BORDER_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(BORDER_ARM_CFLAGS) -MMD -MP -c -o $@ $<

# $(call border_test,NAME)
define border_test
$(BORDER_TEST_OUT)/$(subst ./,,$(dir $(1)))test_$(notdir $(1)): \
    $(BORDER_TEST_OUT)/$(subst ./,,$(dir $(1)))test_$(notdir $(1)).o \
    $(BORDER_TESTED_$(1):%=$(BORDER_TEST_OUT)/tested/%.o) \
    $(BORDER_FAKES_$(1):%=$(BORDER_TEST_OUT)/%.o) \
    $(BORDER_COMMON_$(1):%=$(BUILD)/tests/unit/common/%.o)
	$$(call say,LD,$$@)
	$$(Q)$$(HOSTCC) -fsanitize=address,undefined -o $$@ $$^ -lcmocka

UNIT_TESTS += $(BORDER_TEST_OUT)/$(subst ./,,$(dir $(1)))test_$(notdir $(1))
endef
$(foreach test,$(BORDER_TESTS),$(eval $(call border_test,$(test))))

-include $(wildcard $(BORDER_TEST_OUT)/*.d $(BORDER_TEST_OUT)/arm/*.d) $(sort $(foreach test, \
    $(BORDER_TESTS),$(BORDER_TESTED_$(test):%=$(BORDER_TEST_OUT)/tested/%.d)))
