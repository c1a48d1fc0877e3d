# SPDX-License-Identifier: GPL-2.0
#
# Payloads by hand: C files into one payload (.livepatch) for one build of a
# hypervisor. How that is done is in xen/tools/payload; here is what a payload
# is compiled with, `make payload` for an author (docs/payloads.md), and the
# rules for folders of payloads. Nothing here builds a hypervisor for an author:
# a payload is for one that runs, whose xen-syms somebody has kept.

##   make payload SRC=file.c    turn C files into a payload (docs/payloads.md)
##       [XEN_SYMS=file]        for this hypervisor (build/x86/xen-syms)
##       [DEPENDS=file]         to be applied on this one (XEN_SYMS)
##       [OUT=file]             here (build/x86/payloads/NAME.livepatch)

# The hypervisor's own flags (xen/build.mk), so that a payload's code fits the
# code that it joins; stock Xen takes the same. Warnings are those that Xen's own
# code is held to: a payload has pieces of it. This tree's own get the others too.
OWN_WARNINGS := -Wextra -Wmissing-prototypes
PAYLOAD_CFLAGS = $(filter-out $(OWN_WARNINGS),$(XEN_CFLAGS)) $(XEN_CPPFLAGS)
PAYLOAD_NEEDS := $(XEN_SRC)/tools/payload | $(BUILD)/include/public

# $(call make_payload,further flags): the program that does it, and its tools.
make_payload = V=$(V) LD=$(LD) NM=$(NM) OBJCOPY=$(OBJCOPY) \
    COMPILE='$(CC) $(PAYLOAD_CFLAGS) $(1)' $(XEN_SRC)/tools/payload

# $(eval $(call payload_folder,sources,payloads,xen-syms)): a rule for
# payloads/NAME.livepatch from each sources/NAME.c. One that is to lie on
# another payload has that as its PAYLOAD_DEPENDS.
define payload_folder
$(2)/%.livepatch: $(1)/%.c $(3) $$(PAYLOAD_NEEDS)
	@mkdir -p $(2)/includes
	$$(call say,PAYLOAD,$$@)
	$$(Q)$$(call make_payload,$(OWN_WARNINGS) \
	    -MMD -MP -MT $$@ -MF $(2)/includes/$$*.d) \
	    $(3) $$(or $$(PAYLOAD_DEPENDS),$(3)) $$@ $$< >/dev/null

-include $$(wildcard $(2)/includes/*.d)
endef

$(eval $(call payload_folder,tests/payloads,$(XEN_OUT)/payloads,$(XEN_OUT)/xen-syms))
$(eval $(call payload_folder,tests/payloads/$(ARCH),$(XEN_OUT)/payloads,$(XEN_OUT)/xen-syms))

XEN_SYMS ?= $(XEN_OUT)/xen-syms
DEPENDS ?= $(XEN_SYMS)

# The program gets these as they are, blanks and all, in its environment.
.PHONY: payload
payload: export SRC := $(SRC)
payload: export XEN_SYMS := $(XEN_SYMS)
payload: export DEPENDS := $(DEPENDS)
payload: export OUT := $(or $(OUT),$(XEN_OUT)/payloads/)
payload: $(PAYLOAD_NEEDS)
	@mkdir -p $(XEN_OUT)/payloads
	$(Q)$(make_payload) "$$XEN_SYMS" "$$DEPENDS" "$$OUT" "$$SRC"
