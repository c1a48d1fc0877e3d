# SPDX-License-Identifier: GPL-2.0
#
# The CI engineer's command livepatch-replay: what it boots and what runs in
# dom0 then (BUILD/tools/livepatch-replay.parts). Takes the folder beside this
# file.

REPLAY := tools/livepatch-replay
REPLAY_PARTS := $(BUILD)/tools/livepatch-replay.parts
REPLAY_DOM0_CFLAGS := $(filter-out -MMD -MP,$(TOOLS_CFLAGS)) -D__XEN_TOOLS__ \
    -iquote $(REPLAY) -static

$(REPLAY_PARTS)/bin/busy: $(REPLAY)/dom0/busy.c $(REPLAY)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(REPLAY_DOM0_CFLAGS) -o $@ $<
