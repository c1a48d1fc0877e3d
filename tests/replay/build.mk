# SPDX-License-Identifier: GPL-2.0
#
# The tests of livepatch-replay as a whole: a script that prints TAP. Three
# boots, and the beginning of a fourth.

##   make test-replay           what livepatch-replay says of payloads
.PHONY: test-replay
test-replay: $(BUILD)/tools/livepatch-replay nested-hypervisor \
    .cache/boot/complete
	@mkdir -p $(BUILD)/tests/replay
	@BUILD='$(BUILD)' tests/replay/verdicts >$(BUILD)/tests/replay/verdicts.tap || \
	    { grep -v '^ok' $(BUILD)/tests/replay/verdicts.tap; exit 1; }
