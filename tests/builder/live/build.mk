# SPDX-License-Identifier: GPL-2.0
#
# A hypervisor that has the builder's cases in it, each before its change and,
# as its twin, after it, and the payloads that lead from the one to the other.
# What is called there and how it is told: walk.c.

LIVE := $(BUILD)/tests/builder/live
LIVE_HERE := tests/builder/live
LIVE_CASES := $(wildcard tests/builder/cases/*.c tests/builder/cases/*/.)
LIVE_SCRIPTS := tests/builder/case_file \
    $(addprefix $(LIVE_HERE)/,make_case make_table make_payloads bounds.lds)
NESTED_CASES := $(BUILD)/cases

# All cases in one object, and the table of what to call of them.
$(LIVE)/cases.o: $(wildcard tests/builder/cases/* tests/builder/cases/*/*) \
    $(LIVE_SCRIPTS) $(LIVE)/state.o
	@rm -rf $(LIVE)/cases
	@mkdir -p $(LIVE)/cases
	$(call say,CASES,$@)
	$(Q)printf '%s\n' $(LIVE_CASES:/.=) | xargs -P $$(nproc) -I{} \
	    $(LIVE_HERE)/make_case {} $(LIVE)/cases
	$(Q)$(LIVE_HERE)/make_table $(LIVE)/cases/*/calls >$(LIVE)/table.c
	$(Q)$(LD) -r -T $(LIVE_HERE)/bounds.lds -o $@ $(LIVE)/cases/*/*.before.o \
	    $(LIVE)/cases/*/twin/*.o $(LIVE)/state.o

$(LIVE)/table.c: $(LIVE)/cases.o ;

live_compile = $(CC) $(XEN_CFLAGS) $(XEN_CPPFLAGS) -iquote $(LIVE_HERE) \
    -MMD -MP -c -o $@ $<

$(LIVE)/%.o: $(LIVE_HERE)/%.c $(XEN_OBJECT_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(live_compile)

$(LIVE)/table.o: $(LIVE)/table.c $(XEN_OBJECT_NEEDS)
	$(call say,CC,$@)
	$(Q)$(live_compile)

-include $(LIVE)/walk.d $(LIVE)/table.d

.PHONY: nested-cases
nested-cases: $(LIVE)/walk.o $(LIVE)/table.o $(LIVE)/cases.o \
    $(BUILD)/tools/livepatch-build
	+$(Q)$(MAKE) -s BUILD=$(NESTED_CASES) hypervisor \
	    XEN_MORE_OBJECTS='$(LIVE)/walk.o $(LIVE)/table.o $(LIVE)/cases.o'
	$(Q)$(LIVE_HERE)/make_payloads $(BUILD)/tools/livepatch-build \
	    $(NESTED_CASES)/x86/xen-syms $(LIVE)/cases \
	    $(NESTED_CASES)/x86/payloads
