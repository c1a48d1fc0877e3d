# SPDX-License-Identifier: GPL-2.0
#
# Stress of the rendezvous, unchanged, under clang's ThreadSanitizer on the
# user-mode host: the parts of both that it takes, compiled once more. Gives
# BUILD/stress/stress and the TAP of its last run.

##   make stress                very many rendezvous of 64 threads, random delays
##       [STRESS_ROUNDS=n]      so many (20000)
##       [STRESS_SECONDS=n]     but no longer (40; with other ROUNDS a day)
##       [STRESS_SEED=n]        other delays, deadlines and leaders (1)
STRESS_OUT := $(BUILD)/stress
STRESS_ROUNDS ?= 20000
STRESS_SECONDS ?= $(if $(filter 20000,$(STRESS_ROUNDS)),40,86400)
STRESS_SEED ?= 1
STRESS_CFLAGS := $(filter-out -fsanitize=% -fno-sanitize%,$(HOST_CFLAGS)) \
    -fsanitize=thread
STRESS_OBJECTS := $(addprefix $(STRESS_OUT)/,$(addsuffix .o, \
    $(addprefix xen/common/livepatch/,rendezvous telemetry watch spread \
    delay) \
    xen/common/cpu xen/common/strtoull \
    tests/host/pcpu tests/host/clock tests/host/stopped \
    tests/stress/stress tests/stress/verdict))

$(STRESS_OUT)/%.o: %.c $(HOST_NEEDS) tests/stress/build.mk \
    | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(STRESS_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) \
	    -c -o $@ $<

$(STRESS_OUT)/stress: $(STRESS_OBJECTS)
	$(call say,LD,$@)
	$(Q)clang $(STRESS_CFLAGS) -o $@ $^

.PHONY: stress
stress: $(STRESS_OUT)/stress
	@tests/stress/run $< $(STRESS_ROUNDS) $(STRESS_SECONDS) $(STRESS_SEED)

-include $(STRESS_OBJECTS:.o=.d)
