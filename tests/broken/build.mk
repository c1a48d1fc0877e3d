# SPDX-License-Identifier: GPL-2.0
#
# The set of broken payloads, compiled twice: sanitized, for the unit test on
# the user-mode host, and for the program that uploads it in dom0. Takes the
# set and the payload builder of tests/host; gives objects, which a program
# links with its own xen_build_id().

BROKEN_SOURCES := $(filter-out tests/broken/write_set.c, \
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

# What the command's verify says of the same set.
##   make test-verify           verify of the command against the broken payloads
$(BUILD)/tests/broken/write-set: tests/broken/write_set.c tests/broken/set.h \
    $(BROKEN_GUEST_OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
	    -iquote tests -o $@ $(filter %.c %.o,$^)

.PHONY: test-verify
test-verify: $(BUILD)/tests/broken/write-set $(BUILD)/tools/xen-livepatch \
    hypervisor
	@BUILD=$(BUILD) tests/broken/verify >$(BUILD)/tests/broken/verify.tap || \
	    { grep -v '^ok' $(BUILD)/tests/broken/verify.tap; exit 1; }
