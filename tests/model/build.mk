# SPDX-License-Identifier: GPL-2.0
#
# The model of the rendezvous (rendezvous.pml), checked by spin: claims that
# hold, mistakes that are found (claims.table), and that its moves are those of
# the hypervisor. What spin made and said stays in BUILD/model.

##   make model                 check the model of the rendezvous with spin
##       [M=text]               only the rows of claims.table with this text
MODEL_OUT := $(BUILD)/model

$(MODEL_OUT)/table: tests/model/table.c $(HOST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(TEST_CC) $(HOST_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -o $@ $<

.PHONY: model
model: $(MODEL_OUT)/table
	@mkdir -p $(BUILD)/tests
	@tests/model/run '$(abspath $(BUILD))/model' '$(M)' >$(BUILD)/tests/model.tap; \
	    rc=$$?; cat $(BUILD)/tests/model.tap; exit $$rc

-include $(MODEL_OUT)/table.d
