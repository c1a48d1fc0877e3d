# SPDX-License-Identifier: GPL-2.0
#
# Fuzz targets: the subsystem, unchanged, on the user-mode host, with libFuzzer
# and the sanitizers of clang. Takes tests/fuzz/fuzz_NAME.c, gives
# BUILD/fuzz/NAME; what a run has learned stays in BUILD/fuzz/corpus/NAME.

##   make fuzz T=upload|ops     fuzz for a while
##       [FUZZ_SECONDS=n]       so long (30)
FUZZ_OUT := $(BUILD)/fuzz
FUZZ_SECONDS ?= 30
FUZZ_TARGETS := $(patsubst tests/fuzz/fuzz_%.c,%, \
    $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_CFLAGS := $(filter-out -fsanitize=%,$(HOST_CFLAGS)) -pthread \
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_OBJECTS := $(HOST_OBJECTS:$(HOST_OUT)/%=$(FUZZ_OUT)/%)
# What a target has beside its own file.
FUZZ_PARTS_upload := $(FUZZ_OUT)/fuzz/seeds.o $(FUZZ_OUT)/fuzz/mutate.o
FUZZ_PARTS_ops := $(patsubst tests/fuzz/%.c,$(FUZZ_OUT)/fuzz/%.o, \
    $(wildcard tests/fuzz/ops/*.c))

$(FUZZ_OUT)/xen/common/vsprintf.o \
$(FUZZ_OUT)/xen/common/livepatch/log.o: HOST_RENAMES := -Dvsnprintf=xen_vsnprintf \
    -Dsnprintf=xen_snprintf

$(FUZZ_OUT)/xen/%.o: xen/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(HOST_CPPFLAGS) $(HOST_RENAMES) -c -o $@ $<

$(FUZZ_OUT)/fuzz/%.o: tests/fuzz/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -c -o $@ $<

$(FUZZ_OUT)/%.o: tests/host/%.c $(HOST_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(FUZZ_OUT)/%.o: tests/host/%.S $(HOST_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang -D__ASSEMBLY__ -c -o $@ $<

.SECONDEXPANSION:
$(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS)): $(FUZZ_OUT)/%: \
    $(FUZZ_OUT)/fuzz/fuzz_%.o $$(FUZZ_PARTS_$$*) $(FUZZ_OBJECTS)
	$(call say,LD,$@)
	$(Q)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^

.PHONY: fuzz test-fuzz
fuzz: $(if $(T),$(FUZZ_OUT)/$(T),$(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS)))
	@test -n '$(T)' || { echo 'make fuzz: T=target is missing; there are:' \
	    $(FUZZ_TARGETS) >&2; exit 1; }
	@tests/fuzz/run $(FUZZ_OUT)/$(T) $(FUZZ_SECONDS)

test-fuzz: $(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS))
	@for target in $^; do \
	    tests/fuzz/run "$$target" $(FUZZ_SECONDS) || exit 1; done

-include $(FUZZ_OBJECTS:.o=.d) $(wildcard $(FUZZ_OUT)/fuzz/*.d \
    $(FUZZ_OUT)/fuzz/ops/*.d)
