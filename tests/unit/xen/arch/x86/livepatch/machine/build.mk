# SPDX-License-Identifier: GPL-2.0
#
# Unit tests of what of x86's live patching needs a machine: page tables, CR3,
# NMIs. They run the product's files, its paging included, on a machine in the
# program (machine.c), with the hypervisor's own headers but for the few in
# include/. Included before tests/unit/build.mk, which runs them.

MACHINE_SRC := tests/unit/xen/arch/x86/livepatch/machine
MACHINE_OUT := $(BUILD)/$(MACHINE_SRC)
MACHINE_TESTS := $(MACHINE_OUT)/test_text $(MACHINE_OUT)/test_quiesce \
    $(MACHINE_OUT)/test_constants
UNIT_TESTS += $(MACHINE_TESTS)

# The program is an image, from its first byte to its last.
MACHINE_CPPFLAGS = -include xen/include/xen/config.h -I$(MACHINE_SRC)/include \
    -Ixen/arch/x86/include -Itools/lib/loader/include -Ixen/include \
    -isystem $(BUILD)/include -Itests -Itools -iquote $(MACHINE_SRC) -D_GNU_SOURCE \
    -D_start=__executable_start -MMD -MP
MACHINE_NEEDS := $(MACHINE_SRC)/build.mk tests/unit/build.mk \
    | $(BUILD)/include/public

$(MACHINE_OUT)/xen/%.o: xen/%.c $(MACHINE_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(MACHINE_CPPFLAGS) -c -o $@ $<

# This one knows an image of its test's, whose tables lie where addresses
# begin: so does a program that is not moved.
$(MACHINE_OUT)/xen/common/constants_window.o: \
    MACHINE_CPPFLAGS += -U_start -D_start=image_start
$(MACHINE_OUT)/test_constants: MACHINE_LDFLAGS = -no-pie

$(MACHINE_OUT)/%.o: $(MACHINE_SRC)/%.c $(MACHINE_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(MACHINE_CPPFLAGS) -c -o $@ $<

# What each of them tests.
$(MACHINE_OUT)/test_text: $(MACHINE_OUT)/xen/common/text_window.o
$(MACHINE_OUT)/test_constants: $(MACHINE_OUT)/xen/common/constants_window.o
$(MACHINE_OUT)/test_quiesce: $(MACHINE_OUT)/xen/arch/x86/livepatch/quiesce.o
MACHINE_TESTED := $(MACHINE_OUT)/xen/common/text_window.o \
    $(MACHINE_OUT)/xen/common/constants_window.o \
    $(MACHINE_OUT)/xen/arch/x86/livepatch/quiesce.o

MACHINE_SHARED := $(MACHINE_OUT)/machine.o $(MACHINE_OUT)/xen/common/paging.o \
    $(MACHINE_OUT)/xen/arch/x86/boot_tables.o

$(MACHINE_OUT)/test_%: $(MACHINE_OUT)/test_%.o $(MACHINE_SHARED)
	$(call say,LD,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(MACHINE_LDFLAGS) -o $@ $^ \
	    -lcmocka

.SECONDARY: $(MACHINE_TESTS:%=%.o) $(MACHINE_SHARED) $(MACHINE_TESTED)

-include $(MACHINE_TESTS:%=%.d) $(MACHINE_SHARED:.o=.d) $(MACHINE_TESTED:.o=.d)
