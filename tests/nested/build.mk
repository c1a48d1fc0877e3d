# SPDX-License-Identifier: GPL-2.0
#
# Builds what the nested tests put into dom0, and starts them: helper programs,
# payloads for both hypervisors, and payloads with one thing broken in each.
# How a scenario runs is in tests/nested/scenario and what it calls: the harness
# of livepatch-replay boots and packs.

##   make test                  all tests, from lint to nested ones
##   make test-harness          show that the tests' own judges can say no
##   make test-nested           boot each hypervisor in QEMU, run all scenarios
##   make nested S=scenario     run one scenario (tests/nested/scenarios)
##       [FLAVOUR=ours|clang|stock|arm64]  only on this hypervisor
##       [CPUS=n]               only with so many pCPUs

NESTED := $(BUILD)/tests/nested
NESTED_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror \
    -D_GNU_SOURCE -D__XEN_TOOLS__

NESTED_GUEST := $(addprefix $(NESTED)/guest/,busy xen-dmesg debug-key \
    livepatch-abi livepatch-ext broken-payloads live-vectors \
    same_as_stock/stock-xen-livepatch \
    border/border border/border.ko report_triple_fault/border \
    report_triple_fault/border.ko admins_day/session admins_day/xen-syms)

$(NESTED)/guest/busy: $(REPLAY_PARTS)/bin/busy
	@mkdir -p $(@D)
	@cp $< $@

$(addprefix $(NESTED)/guest/,xen-dmesg debug-key livepatch-abi livepatch-ext \
    live-vectors): \
$(NESTED)/guest/%: tests/nested/guest/%.c $(REPLAY)/dom0/hypervisor.c \
    $(REPLAY)/dom0/hypervisor.h xen/include/public/livepatch_ext.h
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(NESTED_CFLAGS) -iquote xen/include/public \
	    -iquote $(REPLAY) -static -o $@ $(filter %.c,$^) \
	    -lxencall -lxentoolcore -lxentoollog

$(NESTED)/guest/broken-payloads: tests/nested/guest/broken-payloads.c \
    $(REPLAY)/dom0/hypervisor.c $(REPLAY)/dom0/hypervisor.h \
    tests/broken/set.h $(BROKEN_GUEST_OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(NESTED_CFLAGS) -iquote tests -iquote $(REPLAY) -static \
	    -o $@ $(filter %.c %.o,$^) \
	    -lxencall -lxentoolcore -lxentoollog

# What verify says in advance of stock Xen's answers.
$(NESTED)/guest/broken_payloads/answers: $(BUILD)/tests/broken/predict \
    tests/broken/stock_answers .cache/boot/xen-stock-syms
	@mkdir -p $(@D)
	$(call say,PREDICT,$@)
	$(Q)$(BUILD)/tests/broken/predict .cache/boot/xen-stock-syms \
	    tests/broken/stock_answers >$@.partial
	@mv $@.partial $@

# What the manual shows, and the symbols that it has a reader look things up in.
MANUAL := tools/xen-livepatch/xen-livepatch.8

$(NESTED)/guest/admins_day/session: tests/nested/manual_session $(MANUAL)
	@mkdir -p $(@D)
	$(call say,SESSION,$@)
	$(Q)tests/nested/manual_session $(MANUAL) 'A DAY' >$@

$(NESTED)/guest/admins_day/xen-syms: $(XEN_OUT)/xen-syms
	@mkdir -p $(@D)
	@cp $< $@

# The stock command, with the loader and the libraries of this machine.
STOCK_COMMAND := .cache/root/xen-utils-4.17/usr/lib/xen-4.17/bin/xen-livepatch

$(STOCK_COMMAND):
	$(Q)tests/nested/fetch --stock-command

$(NESTED)/guest/same_as_stock/stock-xen-livepatch: $(STOCK_COMMAND)
	@mkdir -p $(@D)
	@cp $$(ldd $< | awk '$$3 ~ /^\// { print $$3 }') /lib64/ld-linux-x86-64.so.2 \
	    $(@D)
	@cp $< $@

BORDER := tests/nested/guest/border

$(NESTED)/guest/border/border: $(BORDER)/border.c $(BORDER)/border.h
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(NESTED_CFLAGS) -static -o $@ $<

# A module of dom0's kernel, built by that kernel's rules, which write beside
# the sources: so those are copied. What this make was told is not for that one.
$(NESTED)/guest/border/border.ko: $(wildcard $(BORDER)/module/*) \
    $(BORDER)/border.h .cache/boot/complete
	@rm -rf $(NESTED)/border-module
	$(call say,KBUILD,$@)
	@mkdir -p $(@D) $(NESTED)/border-module
	@cp -r $(BORDER)/module $(BORDER)/border.h $(NESTED)/border-module
	@MAKEFLAGS= $(MAKE) -s -C .cache/headers/build \
	    M=$(abspath $(NESTED))/border-module/module modules \
	    >$(NESTED)/border-module/log 2>&1 || \
	    { cat $(NESTED)/border-module/log >&2; exit 1; }
	@cp $(NESTED)/border-module/module/border.ko $@

$(NESTED)/guest/report_triple_fault/%: $(NESTED)/guest/border/%
	@mkdir -p $(@D)
	@cp $< $@

$(BUILD)/tests/payloads/break-payload: tests/payloads/break.c
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(NESTED_CFLAGS) -o $@ $<

# The same sources as for our hypervisor, made for stock Xen.
$(eval $(call payload_folder,tests/payloads,$(BUILD)/stock/payloads,.cache/boot/xen-stock-syms))
$(eval $(call payload_folder,tests/payloads/x86,$(BUILD)/stock/payloads,.cache/boot/xen-stock-syms))

# A way to break a payload, and the good one to break.
NESTED_PAYLOADS := extra_version calls_hypervisor
NESTED_SOUND_PAYLOADS = stacked_version replacing_version hooks veto \
    provider user crash warns bug assert overflow data_fix action_hooks hook_hangs \
    hook_writes_text alternatives crossing crossed \
    $(NESTED_SOUND_PAYLOADS_$(ARCH))
NESTED_SOUND_PAYLOADS_x86 := faults names alternative_calls
BROKEN_extra_version := no_bytes random_bytes cut_in_half not_elf \
    other_machine other_xen_build_id other_depends unknown_function \
    unknown_relocation
BROKEN_calls_hypervisor := unknown_symbol

# $(eval $(call broken_payloads,folder,good))
define broken_payloads
$(addprefix $(1)/broken/,$(addsuffix .livepatch,$(BROKEN_$(2)))): \
$(1)/broken/%.livepatch: $(1)/$(2).livepatch \
    $$(BUILD)/tests/payloads/break-payload
	@mkdir -p $$(@D)
	$$(call say,BREAK,$$@)
	$$(Q)$$(BUILD)/tests/payloads/break-payload $$* $$< $$@

NESTED_FILES_$(1) += $(1)/$(2).livepatch \
    $(addprefix $(1)/broken/,$(addsuffix .livepatch,$(BROKEN_$(2))))
endef

NESTED_FOLDER_ours := $(XEN_OUT)/payloads
NESTED_FOLDER_stock := $(BUILD)/stock/payloads
$(foreach good,$(NESTED_PAYLOADS),\
    $(eval $(call broken_payloads,$(NESTED_FOLDER_ours),$(good)))\
    $(eval $(call broken_payloads,$(NESTED_FOLDER_stock),$(good))))

# $(eval $(call sound_payloads,folder))
define sound_payloads
NESTED_FILES_$(1) += $(addprefix $(1)/,$(addsuffix .livepatch, \
    $(NESTED_SOUND_PAYLOADS)))
$(1)/stacked_version.livepatch: private PAYLOAD_DEPENDS = $(1)/extra_version.livepatch
$(1)/stacked_version.livepatch: $(1)/extra_version.livepatch
$(1)/crossed.livepatch: private PAYLOAD_DEPENDS = $(1)/crossing.livepatch
$(1)/crossed.livepatch: $(1)/crossing.livepatch
endef
$(eval $(call sound_payloads,$(NESTED_FOLDER_ours)))
$(eval $(call sound_payloads,$(NESTED_FOLDER_stock)))

# One payload signed in many ways, and a build that believes two of the keys.
NESTED_KEYED := $(BUILD)/keyed
NESTED_KEYS := $(NESTED)/keys

$(NESTED_KEYS)/made: tests/nested/sign_payloads
	$(call say,KEYS,$(@D))
	$(Q)tests/nested/sign_payloads keys $(@D)
	@touch $@

# $(eval $(call signed_payloads,folder))
define signed_payloads
$(1)/signed/made: $(1)/extra_version.livepatch $$(BUILD)/tools/xen-livepatch \
    $$(NESTED_KEYS)/made
	$$(call say,SIGN,$$(@D))
	$$(Q)tests/nested/sign_payloads payloads $$(BUILD)/tools/xen-livepatch \
	    $$(NESTED_KEYS) $$< $$(@D) >/dev/null
	@touch $$@
endef
$(foreach folder,$(NESTED_FOLDER_ours) $(NESTED_FOLDER_stock) \
    $(NESTED_KEYED)/x86/payloads,$(eval $(call signed_payloads,$(folder))))

.PHONY: nested-keyed
nested-keyed: $(NESTED_KEYS)/made
	+$(Q)$(MAKE) -s BUILD=$(NESTED_KEYED) \
	    LIVEPATCH_KEYS='$(NESTED_KEYS)/rsa.pem $(NESTED_KEYS)/p256.pem' \
	    $(NESTED_KEYED)/x86/xen $(NESTED_KEYED)/x86/payloads/extra_version.livepatch
	+$(Q)$(MAKE) -s $(NESTED_KEYED)/x86/payloads/signed/made

# A build with livepatch_delay=, for the scenarios that say so.
NESTED_DELAY := $(BUILD)/delay

# And one by the other compiler, its payloads too.
NESTED_CLANG := $(BUILD)/clang

.PHONY: nested-ours nested-clang nested-stock nested-delay nested-hypervisor \
    nested-arm64
nested-hypervisor: $(XEN_OUT)/xen $(NESTED_FILES_$(NESTED_FOLDER_ours))
nested-delay:
	+$(Q)$(MAKE) -s BUILD=$(NESTED_DELAY) LIVEPATCH_DELAY=y nested-hypervisor
nested-ours: nested-hypervisor nested-delay nested-keyed \
    $(NESTED_FOLDER_ours)/signed/made $(BUILD)/tests/docs/docs.tap
nested-clang:
	+$(Q)$(MAKE) -s BUILD=$(NESTED_CLANG) CC=clang nested-hypervisor
nested-stock: $(NESTED_FILES_$(NESTED_FOLDER_stock)) \
    $(NESTED_FOLDER_stock)/signed/made \
    $(NESTED)/guest/broken_payloads/answers
nested-ours nested-clang nested-stock: $(BUILD)/tools/xen-livepatch \
    $(NESTED_GUEST) .cache/boot/complete

# What does not know the machine that it runs on.
NESTED_GUEST_ARM64 := $(addprefix $(ARM64_DOM0)/tests/nested/guest/, \
    busy xen-dmesg debug-key livepatch-abi livepatch-ext)
nested-arm64: .cache/arm64/boot.complete .cache/arm64/libraries.complete
	+$(Q)$(MAKE) -s ARCH=arm64 nested-hypervisor
	+$(Q)$(MAKE) -s ARCH=arm64 BUILD=$(NESTED_DELAY) LIVEPATCH_DELAY=y \
	    nested-hypervisor
	+$(Q)$(call MAKE_FOR_ARM64_DOM0,-s $(ARM64_DOM0)/tools/xen-livepatch \
	    $(NESTED_GUEST_ARM64))

# What is wanted may change with the script.
.cache/boot/complete: tests/nested/fetch $(REPLAY)/harness/packages.sh
	$(Q)tests/nested/fetch
	@touch $@

.cache/boot/xen-stock-syms: | .cache/boot/complete

# The disk of an ordinary Debian, where one can be made, for the scenarios that
# boot it.
NESTED_DEBIAN := $(NESTED)/debian.disk
NESTED_DISK := $(if $(shell grep -ls '^# userland: debian' \
    $(wildcard tests/nested/scenarios/$(or $(S),*).sh)),$(NESTED_DEBIAN))

$(NESTED_DEBIAN): $(BUILD)/tools/xen-livepatch tests/nested/debian_disk \
    tests/package/fetch $(wildcard debian/* tools/xen-livepatch/systemd/*) \
    .cache/boot/complete | deb
	@mkdir -p $(@D)
	$(call say,DISK,$@)
	$(Q)tests/nested/debian_disk $@ $(DEB_OUT)/xsplice-tools_*.deb

.PHONY: nested test-nested test-harness test
# What needs nothing is told before anything is built or fetched.
ifneq ($(filter nested,$(MAKECMDGOALS)),)
ifeq ($(S),)
$(error make nested: S=scenario is missing; there are: \
    $(basename $(notdir $(wildcard tests/nested/scenarios/*.sh))))
endif
endif

# What some scenarios boot or load, and no other needs: where one of these is
# to run.
nested_wants = $(filter $(or $(S),$(1)),$(1))
NESTED_OF_SCENARIOS := \
    $(if $(call nested_wants,builder_cases),nested-cases) \
    $(if $(call nested_wants,source_patches),nested-patches)

NESTED_FLAVOURS := ours clang stock arm64
nested: $(addprefix nested-,$(or $(FLAVOUR),$(NESTED_FLAVOURS))) \
    $(NESTED_DISK) $(NESTED_OF_SCENARIOS)
	@BUILD=$(BUILD) tests/nested/all '$(S)' '$(FLAVOUR)' '$(CPUS)'

test-nested: $(addprefix nested-,$(NESTED_FLAVOURS)) $(NESTED_DISK) \
    $(NESTED_OF_SCENARIOS)
	@BUILD=$(BUILD) tests/nested/all

test-harness:
	@mkdir -p $(BUILD)/tests/harness
	@tests/totals_test >$(BUILD)/tests/harness/totals.tap
	@tests/nested/judge_test >$(BUILD)/tests/harness/judge.tap
	@! grep '^not ok' $(BUILD)/tests/harness/*.tap

test: lint test-unit test-harness test-verify test-docs test-make test-install \
    test-deb test-fuzz test-fuzz-mutants model stress test-replay test-nested
