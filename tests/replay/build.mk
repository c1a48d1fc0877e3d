# SPDX-License-Identifier: GPL-2.0
#
# The tests of livepatch-replay as a whole: each a script beside this file that
# prints TAP. They boot one after the other, as each wants all CPUs. The payloads
# that only they want are in payloads/.

##   make test-replay           what livepatch-replay says of payloads
REPLAY_RUNS := ci_examples verdicts dom0s on_xen machine_failures
REPLAY_RUN_OUT := $(BUILD)/tests/replay
REPLAY_PAYLOADS := $(REPLAY_RUN_OUT)/payloads

$(eval $(call payload_folder,tests/replay/payloads,$(REPLAY_PAYLOADS),$(XEN_OUT)/xen-syms))

.PHONY: test-replay test-replay-payloads $(REPLAY_RUNS:%=test-replay-%)
test-replay:
	@failed=; for run in $(REPLAY_RUNS); do \
	    $(MAKE) -s test-replay-$$run || failed=yes; \
	done; [ -z "$$failed" ]

test-replay-dom0s: $(NESTED_DEBIAN)
test-replay-on_xen: $(BUILD)/stock/payloads/hooks.livepatch

test-replay-payloads: $(patsubst tests/replay/payloads/%.c, \
    $(REPLAY_PAYLOADS)/%.livepatch,$(wildcard tests/replay/payloads/*.c))

$(REPLAY_RUNS:%=test-replay-%): test-replay-%: $(BUILD)/tools/livepatch-replay \
    nested-hypervisor test-replay-payloads .cache/boot/complete
	@mkdir -p $(REPLAY_RUN_OUT)
	@BUILD='$(BUILD)' tests/replay/$* >$(REPLAY_RUN_OUT)/$*.tap || \
	    { grep -v '^ok' $(REPLAY_RUN_OUT)/$*.tap; exit 1; }
