# SPDX-License-Identifier: GPL-2.0
#
# Fuzz targets: the subsystem, unchanged, on the user-mode host, and parts of the
# tools, with libFuzzer and the sanitizers of clang. Takes tests/fuzz/fuzz_NAME.c, gives
# BUILD/fuzz/NAME; what a run has learned stays in BUILD/fuzz/corpus/NAME.

##   make fuzz T=upload|ops|verify|objects|layouts   fuzz for a while
##       [FUZZ_SECONDS=n]       so long (30)
##       [FUZZ_SEED=n]          with the same choices each time
FUZZ_OUT := $(BUILD)/fuzz
FUZZ_SECONDS ?= 30
FUZZ_TARGETS := $(patsubst tests/fuzz/fuzz_%.c,%, \
    $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_CFLAGS := $(filter-out -fsanitize=%,$(HOST_CFLAGS)) -pthread \
    -fsanitize=address,undefined -fno-sanitize-recover=all
# New ways through the subsystem and its host count as progress; new ways
# through a model of them do not.
FUZZ_PROGRESS := -fsanitize=fuzzer-no-link
FUZZ_NEEDS := $(HOST_NEEDS) tests/fuzz/build.mk
FUZZ_OBJECTS := $(HOST_OBJECTS:$(HOST_OUT)/%=$(FUZZ_OUT)/%)
# Where what fails is kept: of every target. What else one has beside its own
# file.
FUZZ_KEEPER := $(FUZZ_OUT)/fuzz/beside.o
FUZZ_PARTS_upload := $(FUZZ_OUT)/fuzz/seeds.o \
    $(FUZZ_OUT)/fuzz/mutate.o $(FUZZ_OUT)/fuzz/break_pair.o \
    $(BROKEN_SOURCES:tests/%.c=$(FUZZ_OUT)/%.o)
# verify: the loader of the tools, and files of theirs, under names that are no
# other's; mutations and seeds as for upload.
FUZZ_PARTS_verify := $(FUZZ_PARTS_upload) $(FUZZ_OUT)/fuzz/verify_samples.o \
    $(FUZZ_OUT)/loader/x86.o \
    $(FUZZ_OUT)/loader/arm.o \
    $(TOOLS_LIB_SOURCES:%.c=$(FUZZ_OUT)/%.o)
FUZZ_LIBS_verify := -ljson-c $(TOOLS_CRYPTO)
# objects: the builder's reader and comparer, without the subsystem. It begins
# with objects of some of the builder's cases.
FUZZ_PARTS_objects := $(patsubst tools/%.c,$(FUZZ_OUT)/tools/%.o,$(wildcard \
    $(foreach stage,base model match diff,tools/livepatch-build/$(stage)/*.c) \
    tools/lib/memory.c))
FUZZ_LIBS_objects := -lelf -lZydis -ljson-c
FUZZ_OBJECT_CASES := alias alternative_changed array_of_strings boot_only \
    constant_changed static_local_kept string_changed
FUZZ_OBJECT_SEEDS := $(foreach case,$(FUZZ_OBJECT_CASES), \
    $(FUZZ_OUT)/corpus/objects/$(case).gcc \
    $(FUZZ_OUT)/corpus/objects/$(case).aarch64-linux-gnu-gcc)

$(FUZZ_OBJECT_SEEDS): tests/builder/cases/case.h tests/fuzz/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(patsubst .%,%,$(suffix $@)) -O2 -ffunction-sections -fdata-sections \
	    -fpic -fno-asynchronous-unwind-tables -Itests/builder/cases -c -o $@ \
	    tests/builder/cases/$(basename $(@F)).c

$(FUZZ_OUT)/objects: | $(FUZZ_OBJECT_SEEDS)

# layouts: the builder's reader of debugging information, likewise.
FUZZ_PARTS_layouts := $(patsubst tools/%.c,$(FUZZ_OUT)/tools/%.o,$(wildcard \
    $(foreach stage,base layout,tools/livepatch-build/$(stage)/*.c) \
    tools/lib/memory.c))
FUZZ_LIBS_layouts := -lelf -ldw -ljson-c
FUZZ_LAYOUT_CASES := layout_member_removed layout_of_a_part layout_of_bits \
    layout_on_the_stack layout_of_a_typedef
FUZZ_LAYOUT_SEEDS := $(foreach case,$(FUZZ_LAYOUT_CASES), \
    $(FUZZ_OUT)/corpus/layouts/$(case).gcc \
    $(FUZZ_OUT)/corpus/layouts/$(case).clang)

$(FUZZ_LAYOUT_SEEDS): tests/builder/cases/case.h tests/fuzz/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(patsubst .%,%,$(suffix $@)) -O2 -g -fpic \
	    -fno-asynchronous-unwind-tables -Itests/builder/cases -c -o $@ \
	    tests/builder/cases/$(basename $(@F)).c

$(FUZZ_OUT)/layouts: | $(FUZZ_LAYOUT_SEEDS)

FUZZ_PARTS_ops := $(patsubst tests/fuzz/%.c,$(FUZZ_OUT)/fuzz/%.o, \
    $(wildcard tests/fuzz/ops/*.c))

# The subsystem on its host.
FUZZ_HOST_upload := $(FUZZ_OBJECTS)
FUZZ_HOST_ops := $(FUZZ_OBJECTS)
FUZZ_HOST_verify := $(FUZZ_OBJECTS)

$(FUZZ_OUT)/xen/common/vsprintf.o \
$(FUZZ_OUT)/xen/common/livepatch/log.o: HOST_RENAMES := -Dvsnprintf=xen_vsnprintf \
    -Dsnprintf=xen_snprintf

$(foreach arch,$(LOADER_ARCHS),$(eval $(call LOADER_RULES,$(arch), \
    $(FUZZ_OUT)/loader,clang,-O1 $(FUZZ_PROGRESS) $(TOOLS_SANITIZE))))
FUZZ_TOOLS_CFLAGS := $(filter-out -O2,$(TOOLS_CFLAGS)) -O1 $(TOOLS_SANITIZE) \
    -Dpayload_file_free=tools_payload_file_free

$(FUZZ_OUT)/tools/%.o: tools/%.c $(FUZZ_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_TOOLS_CFLAGS) $(TOOLS_HOUSE) $(FUZZ_PROGRESS) -c -o $@ $<

$(FUZZ_OUT)/tools/livepatch-build/%.o: TOOLS_HOUSE := -iquote \
    tools/livepatch-build
$(FUZZ_OUT)/fuzz/fuzz_objects.o $(FUZZ_OUT)/fuzz/fuzz_layouts.o: \
    $(FUZZ_OUT)/fuzz/%.o: tests/fuzz/%.c $(FUZZ_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_TOOLS_CFLAGS) -iquote tools/livepatch-build -c -o $@ $<

$(FUZZ_OUT)/fuzz/fuzz_verify.o: tests/fuzz/fuzz_verify.c $(FUZZ_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_TOOLS_CFLAGS) -iquote tests -c -o $@ $<

$(FUZZ_OUT)/xen/%.o: xen/%.c $(FUZZ_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(FUZZ_PROGRESS) $(HOST_CPPFLAGS) \
	    $(HOST_RENAMES) -c -o $@ $<

$(FUZZ_OUT)/fuzz/%.o: tests/fuzz/%.c $(FUZZ_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(HOST_CPPFLAGS) $(LP_TEST_CPPFLAGS) -c -o $@ $<

$(FUZZ_OUT)/broken/%.o: tests/broken/%.c $(FUZZ_NEEDS) \
    | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(HOST_CPPFLAGS) -c -o $@ $<

$(FUZZ_OUT)/%.o: tests/host/%.c $(FUZZ_NEEDS) | $(BUILD)/include/public
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(FUZZ_PROGRESS) $(HOST_CPPFLAGS) -c -o $@ $<

$(FUZZ_OUT)/%.o: tests/host/%.S $(FUZZ_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)clang -D__ASSEMBLY__ -c -o $@ $<

.SECONDEXPANSION:
$(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS)): $(FUZZ_OUT)/%: \
    $(FUZZ_OUT)/fuzz/fuzz_%.o $(FUZZ_KEEPER) $$(FUZZ_PARTS_$$*) $$(FUZZ_HOST_$$*)
	$(call say,LD,$@)
	$(Q)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ $(FUZZ_LIBS_$*)

# Mutants: the subsystem with something made wrong, which a target must notice:
# `ops` those in tests/fuzz/mutants, another one those in a folder of its name.
FUZZ_MUTANTS_ops := $(patsubst tests/fuzz/mutants/%.patch, \
    $(FUZZ_OUT)/mutants/%/ops,$(wildcard tests/fuzz/mutants/*.patch))
FUZZ_MUTANTS_upload := $(patsubst tests/fuzz/mutants/upload/%.patch, \
    $(FUZZ_OUT)/mutants/%/upload,$(wildcard tests/fuzz/mutants/upload/*.patch))
FUZZ_MUTANTS := $(FUZZ_MUTANTS_ops) $(FUZZ_MUTANTS_upload)
FUZZ_MUTANT_SECONDS ?= 300

$(FUZZ_MUTANTS_ops): $(FUZZ_OUT)/mutants/%/ops: tests/fuzz/mutants/%.patch \
    $(FUZZ_OUT)/ops
	$(make_mutant)

$(FUZZ_MUTANTS_upload): $(FUZZ_OUT)/mutants/%/upload: \
    tests/fuzz/mutants/upload/%.patch $(FUZZ_OUT)/upload
	$(make_mutant)

# Each file that the patch changes takes the place of its object.
define make_mutant
@rm -rf $(@D)
@mkdir -p $(@D)/xen/common
@cp -r xen/common/livepatch $(@D)/xen/common
@patch -s -p1 -d $(@D) <$< || { echo 'mutant $*: its patch no longer' \
    'fits: make it anew for the source as it is' >&2; exit 1; }
$(call say,MUTANT,$@)
$(Q)objects=' $(FUZZ_OBJECTS) ' && \
for file in $$(sed -n 's,^+++ b/,,p' $<); do \
    clang $(FUZZ_CFLAGS) $(FUZZ_PROGRESS) $(HOST_CPPFLAGS) -c \
        -o $(@D)/$$(basename $$file .c).o $(@D)/$$file || exit 1; \
    objects=$$(echo "$$objects" | sed "s, $(FUZZ_OUT)/$${file%.c}.o , ,"); \
done && \
clang $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $(@D)/*.o \
    $(FUZZ_OUT)/fuzz/fuzz_$(@F).o $(FUZZ_KEEPER) $(FUZZ_PARTS_$(@F)) \
    $$objects
endef

.PHONY: fuzz test-fuzz test-fuzz-mutants
test-fuzz-mutants: $(FUZZ_MUTANTS)
	@tests/fuzz/find_mutants $(FUZZ_MUTANT_SECONDS) $^

fuzz: $(if $(T),$(FUZZ_OUT)/$(T),$(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS)))
	@test -n '$(T)' || { echo 'make fuzz: T=target is missing; there are:' \
	    $(FUZZ_TARGETS) >&2; exit 1; }
	@tests/fuzz/run $(FUZZ_OUT)/$(T) $(FUZZ_SECONDS)

test-fuzz: $(addprefix $(FUZZ_OUT)/,$(FUZZ_TARGETS))
	@failed=0; for target in $^; do \
	    tests/fuzz/run "$$target" $(FUZZ_SECONDS) || failed=1; done; \
	    exit $$failed

-include $(FUZZ_OBJECTS:.o=.d) $(wildcard $(FUZZ_OUT)/fuzz/*.d \
    $(FUZZ_OUT)/fuzz/ops/*.d $(FUZZ_OUT)/broken/*.d)
