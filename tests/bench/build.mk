# SPDX-License-Identifier: GPL-2.0
#
# Benchmarks: the subsystem, unchanged and compiled with the hypervisor's own
# flags, on the user-mode host without sanitizers, which tests/bench/run counts;
# the builder of payloads, on objects made for it (tests/bench/builder).

##   make bench                 figures: NAME VALUE BOUND unit
BENCH_OUT := $(BUILD)/bench
BENCH_CFLAGS := $(filter-out -fsanitize=% -fno-sanitize% -O1,$(HOST_CFLAGS)) \
    -O2
# The hypervisor's own lookup of names in place of the user-mode host's.
BENCH_OBJECTS := $(patsubst $(HOST_OUT)/%,$(BENCH_OUT)/%, \
    $(filter-out $(HOST_OUT)/symbols.o,$(HOST_OBJECTS))) \
    $(BENCH_OUT)/xen/common/string.o $(BENCH_OUT)/xen/common/symbols.o \
    $(BENCH_OUT)/symbols_table.o $(BENCH_OUT)/bench/bench_request.o $(BENCH_OUT)/bench/names.o
BENCH_NEEDS := $(HOST_NEEDS) $(XEN_OUT)/obj/flags tests/bench/build.mk

$(BENCH_OUT)/xen/common/vsprintf.o \
$(BENCH_OUT)/xen/common/livepatch/log.o: BENCH_EXTRA := \
    -Dvsnprintf=xen_vsnprintf -Dsnprintf=xen_snprintf
$(BENCH_OUT)/xen/common/string.o: BENCH_EXTRA := $(XEN_CFLAGS_common/string)

# What the user-mode host calls its image's bounds.
$(BENCH_OUT)/xen/common/symbols.o: BENCH_EXTRA := \
    -D_start=_stext -D_end=_einit

$(BENCH_OUT)/xen/%.o: xen/%.c $(BENCH_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(XEN_CFLAGS) $(HOST_CPPFLAGS) $(BENCH_EXTRA) -c -o $@ $<

$(BENCH_OUT)/bench/%.o: tests/bench/%.c $(BENCH_NEEDS) \
    | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(BENCH_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -c -o $@ $<

$(BENCH_OUT)/%.o: tests/host/%.c $(BENCH_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc $(BENCH_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(BENCH_OUT)/%.o: tests/host/%.S $(BENCH_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)gcc -D__ASSEMBLY__ -c -o $@ $<

$(BENCH_OUT)/symbols_image: tests/bench/symbols_image.S tests/bench/build.mk
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)gcc -nostdlib -static -o $@ $<

$(BENCH_OUT)/symbols_table.c: $(BENCH_OUT)/symbols_image \
    $(XEN_OUT)/tools/symbols
	$(Q)$(XEN_OUT)/tools/symbols $< >$@

$(BENCH_OUT)/symbols_table.o: $(BENCH_OUT)/symbols_table.c $(BENCH_NEEDS)
	$(call say,CC,$@)
	$(Q)gcc $(XEN_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

# Not where valgrind would put it, low: the host wants room below the program.
$(BENCH_OUT)/bench_request: $(BENCH_OBJECTS) tests/bench/build.mk
	$(call say,LD,$@)
	$(Q)gcc $(BENCH_CFLAGS) -no-pie -Wl,-Ttext-segment=0x50000000 \
	    -o $@ $(filter %.o,$^)

$(BENCH_OUT)/spent: tests/bench/spent.c tests/bench/build.mk
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)gcc -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -o $@ $<

.PHONY: bench bench-requests bench-builder
bench: bench-requests bench-builder
bench-requests: $(BENCH_OUT)/bench_request
	@tests/bench/run $<
bench-builder: $(BUILD)/tools/livepatch-build $(BENCH_OUT)/spent
	@tests/bench/builder $^ $(BENCH_OUT)/builder

-include $(BENCH_OBJECTS:.o=.d)
