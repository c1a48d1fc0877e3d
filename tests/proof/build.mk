# SPDX-License-Identifier: GPL-2.0
#
# Proofs: that what reads bytes from outside stays within them, for every input
# (docs/proof.md). Frama-C and its provers; nothing of what it proves is run.

##   make proof                 prove that the loader's readers stay in bounds
##       [P=text]               only the sources with this text (tests/proof/files)
.PHONY: proof
proof: $(BUILD)/include/public
	@mkdir -p $(BUILD)/tests
	@tests/proof/run '$(abspath $(BUILD))' '$(P)' >$(BUILD)/tests/proof.tap; \
	    rc=$$?; cat $(BUILD)/tests/proof.tap; exit $$rc

##   make test-proof-mutants    plant bugs, each of which must leave a goal open
.PHONY: test-proof-mutants
test-proof-mutants: $(BUILD)/include/public
	@mkdir -p $(BUILD)/tests
	@tests/proof/try_mutants '$(abspath $(BUILD))' \
	    >$(BUILD)/tests/proof-mutants.tap; \
	    rc=$$?; cat $(BUILD)/tests/proof-mutants.tap; exit $$rc
