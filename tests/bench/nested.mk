# SPDX-License-Identifier: GPL-2.0
#
# Benchmarks of the stop, on our hypervisor and on stock Xen side by side:
# builds the payloads for both and the program that measures in dom0;
# tests/bench/nested boots and reads.

##   make bench-nested          how long an action stops dom0, ours and stock
##       [F=icount|tcg|cycles|growth]  only these figures

NESTED_BENCH := $(BUILD)/bench/nested
NESTED_BENCH_PAYLOADS := ground many_1 many_10 many_100 many_1000

$(eval $(call payload_folder,tests/bench/payloads,$(NESTED_BENCH)/ours,$(XEN_OUT)/xen-syms))
$(eval $(call payload_folder,tests/bench/payloads,$(NESTED_BENCH)/stock,.cache/boot/xen-stock-syms))

$(NESTED_BENCH)/guest/stop-gaps: tests/bench/guest/stop-gaps.c \
    $(REPLAY)/dom0/hypervisor.c $(REPLAY)/dom0/hypervisor.h
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(NESTED_CFLAGS) -iquote $(REPLAY) -pthread -static -o $@ \
	    $(filter %.c,$^) -lxencall -lxentoolcore -lxentoollog

# The order: what takes longest comes last.
NESTED_FIGURES := $(or $(F),icount tcg cycles growth)

.PHONY: bench-nested bench-nested-parts
bench-nested: bench-nested-parts
	@set -e; for figures in $(NESTED_FIGURES); do \
	    tests/bench/nested-figures $$figures; \
	done

bench-nested-parts: $(XEN_OUT)/xen $(BUILD)/tools/xen-livepatch \
    $(NESTED_BENCH)/guest/stop-gaps .cache/boot/complete \
    $(NESTED_BENCH_PAYLOADS:%=$(NESTED_BENCH)/ours/%.livepatch) \
    $(NESTED_BENCH_PAYLOADS:%=$(NESTED_BENCH)/stock/%.livepatch)
