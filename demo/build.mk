# SPDX-License-Identifier: GPL-2.0
#
# The demo's own hypervisor: a copy of the tree's sources with demo/hole.patch,
# built by the ordinary rules into BUILD/demo, and the payload that mends it,
# which livepatch-build makes of demo/fix.patch. The hole is never in the tree
# and never in the default build.

##   make demo-parts            what ./run demo boots
DEMO := $(BUILD)/demo
DEMO_SOURCES := $(shell find xen -type f)

$(DEMO)/source/applied: $(DEMO_SOURCES) Makefile demo/hole.patch
	@rm -rf $(DEMO)/source
	@mkdir -p $(DEMO)/source
	@cp -a Makefile xen $(DEMO)/source/
	$(Q)patch -s -d $(DEMO)/source -p1 < demo/hole.patch
	@touch $@

DEMO_GUEST := $(addprefix $(DEMO)/guest/,leak busy xen-dmesg)

$(DEMO)/guest/leak: demo/leak.c $(REPLAY)/dom0/hypervisor.c \
    $(REPLAY)/dom0/hypervisor.h
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(NESTED_CFLAGS) -iquote $(REPLAY) -static -o $@ \
	    $(filter %.c,$^) -lxencall -lxentoolcore -lxentoollog

$(DEMO)/guest/%: $(BUILD)/tests/nested/guest/%
	@mkdir -p $(@D)
	$(Q)cp $< $@

.PHONY: demo-parts
demo-parts: $(DEMO)/source/applied $(DEMO_GUEST) tools
	@$(MAKE) hypervisor BUILD=$(DEMO) XEN_SRC=$(DEMO)/source/xen

# Builds the source once more, and not a second time: the cache has it then.
.PHONY: demo-payload
demo-payload: demo-parts
	@mkdir -p $(DEMO)/payloads
	@$(BUILD)/tools/livepatch-build --source $(DEMO)/source \
	    --patch demo/fix.patch --xen-syms $(DEMO)/x86/xen-syms \
	    --cache $(DEMO)/cache --explain --output $(DEMO)/payloads/fix.livepatch
