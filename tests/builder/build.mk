# SPDX-License-Identifier: GPL-2.0
#
# What the builder of payloads makes of whole trees: a script for each of its
# parts, which takes the built command and prints TAP.

##   make test-builder          what livepatch-build makes of trees and patches
BUILDER_TESTS := bases build_stage line_noise release verbs

.PHONY: test-builder
test-builder: $(BUILDER_TESTS:%=test-builder-%) test-builder-cases

# Sources before and after a change, with each compiler.
.PHONY: test-builder-cases
test-builder-cases: $(BUILD)/tools/livepatch-build
	@mkdir -p $(BUILD)/tests/builder
	@tests/builder/run_cases "$$PWD/$<" $(BUILD)/tests/builder/cases \
	    >$(BUILD)/tests/builder/cases.tap
	@grep -v '^ok' $(BUILD)/tests/builder/cases.tap
	@! grep -q '^not ok' $(BUILD)/tests/builder/cases.tap

.PHONY: $(BUILDER_TESTS:%=test-builder-%)
$(BUILDER_TESTS:%=test-builder-%): test-builder-%: $(BUILD)/tools/livepatch-build
	@mkdir -p $(BUILD)/tests/builder
	@BUILD='$(BUILD)' tests/builder/$* >$(BUILD)/tests/builder/$*.tap || \
	    { grep -v '^ok' $(BUILD)/tests/builder/$*.tap; exit 1; }

# Patches of the hypervisor's own sources, for the scenario of that name.
BUILDER_PATCHES := $(BUILD)/tests/nested/guest/source_patches
.PHONY: nested-patches
nested-patches: $(BUILDER_PATCHES)/complete
$(BUILDER_PATCHES)/complete: $(wildcard tests/builder/patches/*) \
    $(XEN_OUT)/xen-syms $(BUILD)/tools/livepatch-build
	$(call say,PATCHES,$(@D))
	$(Q)tests/builder/patches/make_payloads $(BUILD)/tools/livepatch-build \
	    $(XEN_OUT)/xen-syms $(BUILD)/tests/builder/patches $(@D)
	@touch $@
