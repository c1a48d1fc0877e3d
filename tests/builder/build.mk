# SPDX-License-Identifier: GPL-2.0
#
# What the builder of payloads makes of whole trees: a script for each of its
# parts, which takes the built command and prints TAP.

##   make test-builder          what livepatch-build makes of trees and patches
BUILDER_TESTS := bases build_stage line_noise verbs

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
