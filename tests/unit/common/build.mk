# SPDX-License-Identifier: GPL-2.0
#
# Unit tests of xen/common: each test_NAME.c is linked with the product's
# files that it tests, compiled for user mode with sanitizers, and the fakes
# that it needs. Running them is tests/unit/build.mk's job.

COMMON_TEST_SRC := tests/unit/common
COMMON_TEST_OUT := $(BUILD)/tests/unit/common

# The program has a _start and an _end of its own. Hidden: the product's
# string and print functions are not to replace those of shared libraries.
COMMON_TEST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror \
    -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer -fno-builtin -fvisibility=hidden \
    -fno-tree-loop-distribute-patterns \
    -include xen/include/xen/config.h -Ixen/include \
    -I$(COMMON_TEST_SRC)/fake -Itools/lib/loader/include -Ixen/arch/x86/include \
    -I$(XEN_OUT)/include -isystem $(BUILD)/include \
    -D_start=fake_start -D_end=fake_end

# What each test is linked with: files of xen/common, then of the tests.
TESTED_string := string
TESTED_vsprintf := vsprintf string
TESTED_strtoull := strtoull
TESTED_cpu := cpu
TESTED_printk := printk console vsprintf string
TESTED_console := console
TESTED_cmdline := cmdline string
TESTED_page_alloc := page_alloc
TESTED_xmalloc := xmalloc page_alloc
TESTED_vmap := vmap xmalloc page_alloc
TESTED_symbols := symbols virtual_region core_region string
TESTED_virtual_region := virtual_region core_region
TESTED_bug := bug virtual_region core_region
TESTED_extable := extable virtual_region core_region
TESTED_version_op := version_op version string
TESTED_sysctl := sysctl console keyhandler
TESTED_hypercalls := hypercall memory_op console_io sched_op vcpu_op
TESTED_uaccess :=
TESTED_kconfig :=
FAKES_string :=
FAKES_vsprintf := fake_symbols
FAKES_strtoull :=
FAKES_cpu :=
FAKES_printk := fake_symbols fake_panic_arch child
FAKES_console :=
FAKES_cmdline := fake_printk
FAKES_page_alloc := fake_memory fake_printk fake_panic child
FAKES_xmalloc := fake_memory fake_printk fake_panic child
FAKES_vmap := fake_memory fake_printk fake_panic child
FAKES_symbols := fake_image symbols_table
FAKES_virtual_region := fake_image
FAKES_bug := fake_image
FAKES_extable := fake_image
FAKES_version_op := fake_image fake_guest
FAKES_sysctl := fake_guest fake_printk fake_panic child
FAKES_hypercalls := fake_guest
FAKES_uaccess :=
FAKES_kconfig :=
COMMON_TESTS := string vsprintf strtoull cpu printk console cmdline page_alloc \
    xmalloc vmap symbols virtual_region bug extable version_op sysctl hypercalls \
    uaccess kconfig

COMMON_TEST_NEEDS := $(XEN_OUT)/include/xen/compile.h \
    $(COMMON_TEST_SRC)/build.mk | $(BUILD)/include/public

$(COMMON_TEST_OUT)/tested/%.o: xen/common/%.c $(COMMON_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(COMMON_TEST_CFLAGS) -MMD -MP -c -o $@ $<

$(COMMON_TEST_OUT)/%.o: $(COMMON_TEST_SRC)/%.c $(COMMON_TEST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(COMMON_TEST_CFLAGS) -MMD -MP -c -o $@ $<

# A small image, its symbol table, and the table as the tests link it.
SYMBOLS_IMAGE := $(COMMON_TEST_OUT)/symbols_image
$(SYMBOLS_IMAGE)/%.o: $(COMMON_TEST_SRC)/symbols_image/%.S
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -c -o $@ $<

$(SYMBOLS_IMAGE)/image: $(SYMBOLS_IMAGE)/first.o $(SYMBOLS_IMAGE)/second.o \
    $(COMMON_TEST_SRC)/symbols_image/image.lds
	$(Q)ld -T $(filter %.lds,$^) -o $@ $(filter %.o,$^)

$(SYMBOLS_IMAGE)/ambiguous: $(SYMBOLS_IMAGE)/first.o \
    $(SYMBOLS_IMAGE)/ambiguous.o $(COMMON_TEST_SRC)/symbols_image/image.lds
	$(Q)ld -T $(filter %.lds,$^) -o $@ $(filter %.o,$^)

$(COMMON_TEST_OUT)/symbols_table.c: $(SYMBOLS_IMAGE)/image \
    $(XEN_OUT)/tools/symbols
	$(Q)$(XEN_OUT)/tools/symbols $< >$@

$(COMMON_TEST_OUT)/symbols_table.o: $(COMMON_TEST_OUT)/symbols_table.c
	$(Q)$(HOSTCC) $(COMMON_TEST_CFLAGS) -c -o $@ $<

# $(call common_test,NAME)
define common_test
$(COMMON_TEST_OUT)/test_$(1): $(COMMON_TEST_OUT)/test_$(1).o \
    $(TESTED_$(1):%=$(COMMON_TEST_OUT)/tested/%.o) \
    $(FAKES_$(1):%=$(COMMON_TEST_OUT)/%.o)
	$$(call say,LD,$$@)
	$$(Q)$$(HOSTCC) -fsanitize=address,undefined -o $$@ $$^ -lcmocka

UNIT_TESTS += $(COMMON_TEST_OUT)/test_$(1)
endef
$(foreach test,$(COMMON_TESTS),$(eval $(call common_test,$(test))))

# This one runs the program that writes the table.
$(COMMON_TEST_OUT)/test_symbols_tool: \
    $(COMMON_TEST_SRC)/test_symbols_tool.c $(XEN_OUT)/tools/symbols \
    $(SYMBOLS_IMAGE)/image $(SYMBOLS_IMAGE)/ambiguous
	$(call say,LD,$@)
	$(Q)$(HOSTCC) -std=gnu11 -O1 -g -Wall -Wextra -Werror \
	    -DSYMBOLS='"$(XEN_OUT)/tools/symbols"' \
	    -DIMAGES='"$(SYMBOLS_IMAGE)"' -o $@ $< -lcmocka

UNIT_TESTS += $(COMMON_TEST_OUT)/test_symbols_tool

-include $(wildcard $(COMMON_TEST_OUT)/*.d $(COMMON_TEST_OUT)/tested/*.d)
