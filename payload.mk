# SPDX-License-Identifier: GPL-2.0
#
# Turns one C file into a payload (.livepatch) for one build of the
# hypervisor. Takes the source and that build's xen-syms, of which it reads
# two things: the GNU build-id note, which the payload carries as the build
# that it was made for, and the size of each function, which the source gets
# as <function_sizes.h>. Finding out what changed between two trees is not its
# job: tools/livepatch-build does that.

##   make payload SRC=file.c    turn one C file into a payload
##       [XEN_SYMS=file]        for this hypervisor (build/x86/xen-syms)
##       [DEPENDS=file]         to be applied on this one (XEN_SYMS)
##       [OUT=file]             here (build/x86/payloads/NAME.livepatch)

# The hypervisor's own flags (xen/build.mk), so that a payload's code fits the
# code that it joins; stock Xen takes the same. Warnings are those that Xen's own
# code is held to: a payload has pieces of it. This tree's own get the others too.
OWN_WARNINGS := -Wextra -Wmissing-prototypes
PAYLOAD_CFLAGS = $(filter-out $(OWN_WARNINGS),$(XEN_CFLAGS)) $(XEN_CPPFLAGS)
PAYLOAD_NEEDS = $(XEN_OUT)/include/xen/compile.h | $(BUILD)/include/public

# $(call function_sizes,xen-syms,header): FUNCTION_SIZE(name) for each function.
# A static function's name may stand for several functions of several sizes;
# such a name has no size here, and a source that asks for it does not compile.
define function_sizes
{ echo '#define FUNCTION_SIZE(name) FUNCTION_SIZE_##name'; \
  $(NM) -S --defined-only $(1) | \
  awk '$$3 ~ /^[tT]$$/ && $$4 ~ /^[A-Za-z_][A-Za-z_0-9]*$$/ { \
           seen[$$4]++; size[$$4] = $$2 } \
       END { for (name in seen) if (seen[name] == 1) \
           print "#define FUNCTION_SIZE_" name " 0x" size[name] }' | \
  LC_ALL=C sort; } >$(2)
endef

# $(call copy_build_id,elf,file): the note of 36 bytes, its header included.
define copy_build_id
$(OBJCOPY) -O binary --only-section=.note.gnu.build-id $(1) $(2)
endef

# Notes are read as 32 bit words and never written.
add_note = --add-section $(1)=$(2) --set-section-alignment $(1)=4 \
    --set-section-flags $(1)=alloc,readonly

# $(call link_payload,folder,xen-syms,depends,payload): from folder/object.o.
define link_payload
$(call copy_build_id,$(2),$(1)/xen_depends)
$(call copy_build_id,$(3),$(1)/depends)
$(OBJCOPY) $(call add_note,.livepatch.xen_depends,$(1)/xen_depends) \
    $(call add_note,.livepatch.depends,$(1)/depends) \
    --set-section-flags .livepatch.funcs=alloc,readonly,data \
    $(1)/object.o $(1)/noted.o
$(LD) -r --build-id=sha1 -o $(4) $(1)/noted.o
endef

# $(eval $(call payload_folder,sources,payloads,xen-syms)): a rule for
# payloads/NAME.livepatch from each sources/NAME.c. One that is to lie on
# another payload has that as its PAYLOAD_DEPENDS.
define payload_folder
$(2)/parts/function_sizes.h: $(3)
	@mkdir -p $$(@D)
	$$(call function_sizes,$$<,$$@)

$(2)/%.livepatch: $(1)/%.c $(2)/parts/function_sizes.h $(3) $$(PAYLOAD_NEEDS)
	@mkdir -p $(2)/parts/$$*
	$$(CC) $$(PAYLOAD_CFLAGS) $(OWN_WARNINGS) -I$(2)/parts -MMD -MP -MT $$@ \
	    -c -o $(2)/parts/$$*/object.o $$<
	$$(call link_payload,$(2)/parts/$$*,$(3),$$(or $$(PAYLOAD_DEPENDS),$(3)),$$@)

-include $$(wildcard $(2)/parts/*/object.d)
endef

$(eval $(call payload_folder,tests/payloads,$(XEN_OUT)/payloads,$(XEN_OUT)/xen-syms))

XEN_SYMS ?= $(XEN_OUT)/xen-syms
DEPENDS ?= $(XEN_SYMS)
OUT ?= $(XEN_OUT)/payloads/$(basename $(notdir $(SRC))).livepatch

.PHONY: payload
payload: $(XEN_SYMS) $(DEPENDS) $(PAYLOAD_NEEDS)
	@test -n '$(SRC)' || { echo 'make payload: SRC=file.c is missing' >&2; \
	    exit 1; }
	@mkdir -p $(OUT).parts
	$(call function_sizes,$(XEN_SYMS),$(OUT).parts/function_sizes.h)
	$(CC) $(PAYLOAD_CFLAGS) -I$(OUT).parts -c -o $(OUT).parts/object.o $(SRC)
	$(call link_payload,$(OUT).parts,$(XEN_SYMS),$(DEPENDS),$(OUT))
	@rm -r $(OUT).parts
	@echo 'payload: $(OUT)'
