# SPDX-License-Identifier: GPL-2.0
#
# Benchmarks: the subsystem, unchanged and optimised as in the hypervisor, on
# the user-mode host without sanitizers; tests/bench/run counts.

##   make bench                 figures: NAME VALUE BOUND unit
BENCH_OUT := $(BUILD)/bench
BENCH_CFLAGS := $(filter-out -fsanitize=% -fno-sanitize% -O1,$(HOST_CFLAGS)) \
    -O2
BENCH_OBJECTS := $(HOST_OBJECTS:$(HOST_OUT)/%=$(BENCH_OUT)/%) \
    $(BENCH_OUT)/xen/common/string.o $(BENCH_OUT)/bench/bench_upload.o

$(BENCH_OUT)/xen/common/vsprintf.o \
$(BENCH_OUT)/xen/common/livepatch/log.o: BENCH_EXTRA := \
    -Dvsnprintf=xen_vsnprintf -Dsnprintf=xen_snprintf
$(BENCH_OUT)/xen/common/string.o: BENCH_EXTRA := -ffreestanding \
    $(XEN_CFLAGS_common/string)

$(BENCH_OUT)/xen/%.o: xen/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(BENCH_CFLAGS) $(HOST_CPPFLAGS) $(BENCH_EXTRA) -c -o $@ $<

$(BENCH_OUT)/bench/%.o: tests/bench/%.c $(HOST_NEEDS) \
    | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(BENCH_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -c -o $@ $<

$(BENCH_OUT)/%.o: tests/host/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(BENCH_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(BENCH_OUT)/%.o: tests/host/%.S $(HOST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc -D__ASSEMBLY__ -c -o $@ $<

# Not where valgrind would put it, low: the host wants room below the program.
$(BENCH_OUT)/bench_upload: $(BENCH_OBJECTS) tests/bench/build.mk
	$(call say,LD,$@)
	$(Q)gcc $(BENCH_CFLAGS) -no-pie -Wl,-Ttext-segment=0x50000000 \
	    -o $@ $(filter %.o,$^)

.PHONY: bench
bench: $(BENCH_OUT)/bench_upload
	@tests/bench/run $<

-include $(BENCH_OBJECTS:.o=.d)
