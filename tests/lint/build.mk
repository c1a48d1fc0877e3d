# SPDX-License-Identifier: GPL-2.0
#
# The style and layering rules of the tree as a target; the rules themselves
# are the scripts beside this file.

##   make lint                  every rule in tests/lint over the tree
.PHONY: lint
lint:
	@mkdir -p $(BUILD)/tests
	@tests/lint/run > $(BUILD)/tests/lint.tap; rc=$$?; \
	    cat $(BUILD)/tests/lint.tap; exit $$rc
