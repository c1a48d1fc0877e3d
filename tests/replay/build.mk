# SPDX-License-Identifier: GPL-2.0
#
# The tests of livepatch-replay as a whole: each a script beside this file that
# prints TAP. They boot one after the other, as each wants all CPUs.

##   make test-replay           what livepatch-replay says of payloads
REPLAY_RUNS := ci_examples verdicts on_xen machine_failures
REPLAY_RUN_OUT := $(BUILD)/tests/replay

.PHONY: test-replay $(REPLAY_RUNS:%=test-replay-%)
test-replay:
	@failed=; for run in $(REPLAY_RUNS); do \
	    $(MAKE) -s test-replay-$$run || failed=yes; \
	done; [ -z "$$failed" ]

test-replay-on_xen: $(BUILD)/stock/payloads/alternatives.livepatch

$(REPLAY_RUNS:%=test-replay-%): test-replay-%: $(BUILD)/tools/livepatch-replay \
    nested-hypervisor .cache/boot/complete
	@mkdir -p $(REPLAY_RUN_OUT)
	@BUILD='$(BUILD)' tests/replay/$* >$(REPLAY_RUN_OUT)/$*.tap || \
	    { grep -v '^ok' $(REPLAY_RUN_OUT)/$*.tap; exit 1; }
