# SPDX-License-Identifier: GPL-2.0
#
# The set of broken payloads, compiled twice: sanitized, for the unit test on
# the user-mode host, and for the program that uploads it in dom0. Takes the
# set and the payload builder of tests/host; gives objects, which a program
# links with its own xen_build_id().

BROKEN_LOADER_SOURCES := $(addprefix tests/broken/,compare.c predict.c \
    xen_syms.c)
BROKEN_SOURCES := $(filter-out $(BROKEN_LOADER_SOURCES), \
    $(wildcard tests/broken/*.c))
BROKEN_OBJECTS := $(BROKEN_SOURCES:tests/%.c=$(LP_TEST_OUT)/%.o)
BROKEN_GUEST_OBJECTS := $(patsubst tests/%.c,$(BUILD)/tests/nested/%.o, \
    $(BROKEN_SOURCES) $(wildcard tests/host/payload_*.c \
        tests/host/x86/payload_*.c))

$(BROKEN_OBJECTS): $(LP_TEST_OUT)/%.o: tests/%.c $(HOST_NEEDS) \
    tests/broken/build.mk | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(LP_TEST_OUT)/xen/common/livepatch/test_broken: $(BROKEN_OBJECTS)

$(BROKEN_GUEST_OBJECTS): $(BUILD)/tests/nested/%.o: tests/%.c $(HOST_NEEDS) \
    tests/broken/build.mk | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(filter-out $(HOST_SANITIZE),$(HOST_CFLAGS)) $(HOST_CPPFLAGS) \
	    -c -o $@ $<

-include $(BROKEN_OBJECTS:.o=.d) $(BROKEN_GUEST_OBJECTS:.o=.d)

# The set as one object, without the names that the builder of payloads shares
# with the tools.
$(BUILD)/tests/broken/set.o: $(BROKEN_GUEST_OBJECTS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LD) -r -o $@ $^
	$(Q)$(OBJCOPY) --localize-symbol=payload_file_free $@

# What the loader of the tools says of the same set.
##   make test-verify           the loader of the tools against the broken payloads
$(addprefix $(BUILD)/tests/broken/,compare predict): \
$(BUILD)/tests/broken/%: tests/broken/%.c tests/broken/set.h \
    tests/broken/xen_syms.c tests/broken/xen_syms.h $(BUILD)/tests/broken/set.o $(BUILD)/tools/lib.a $(LOADER_OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(TOOLS_CFLAGS) -iquote tests -o $@ $(filter %.c %.o %.a,$^) \
	    -ljson-c $(TOOLS_CRYPTO)

.PHONY: test-verify
test-verify: $(BUILD)/tests/broken/compare hypervisor
	@$(BUILD)/tests/broken/compare $(BUILD)/x86/xen-syms \
	    >$(BUILD)/tests/broken/verify.tap || \
	    { grep -v '^ok' $(BUILD)/tests/broken/verify.tap; exit 1; }
