# SPDX-License-Identifier: GPL-2.0
#
# The hypervisor: compiles xen/common and xen/arch/ARCH and links them with a
# table of the image's own symbols. Takes the sources from XEN_SRC (a patched
# copy of xen/ builds by the same rules and gives the same object and FILE
# names), gives BUILD/ARCH/xen (to boot), xen-syms (ELF: symbol table, DWARF,
# build-id) and xen-syms.map. The same input gives the same build-id: no path
# of the build and no time of day gets into the image.

##   make hypervisor            build the hypervisor: build/x86/xen, xen-syms
##       [ARCH=arm64]           for that architecture: build/arm64
##       [BUILD=dir]            into this folder (build)
##       [XEN_SRC=dir]          from this copy of xen/ (xen)
##       [LIVEPATCH_KEYS='a.pem b.pem']  that believes these public keys
##       [LIVEPATCH_VERIFY=none|digest|signature]  and asks for that at least
##       [LIVEPATCH_DELAY=y]    with livepatch_delay=, for tests
##       [XEN_MORE_OBJECTS=...] with these objects, for tests

XEN_SRC ?= xen
XEN_OUT := $(BUILD)/$(ARCH)

# What the linked image depends on the compiler for; payloads are built with
# the same, so that they fit the code that they join.
XEN_ARCH_FOLDER := $(if $(filter arm64,$(ARCH)),arm,$(ARCH))
XEN_ARCH_CFLAGS_arm64 := -fno-pic -mgeneral-regs-only -mno-outline-atomics \
    -mbranch-protection=none
XEN_ARCH_CFLAGS_x86 := -fPIC -mno-red-zone -mgeneral-regs-only \
    -fcf-protection=none
XEN_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -Werror \
    -Wstrict-prototypes -Wmissing-prototypes -Wvla \
    -ffreestanding -fvisibility=hidden -fno-common -fno-strict-aliasing \
    -fno-stack-protector -fno-asynchronous-unwind-tables -fno-jump-tables \
    -fno-omit-frame-pointer -ffunction-sections -fdata-sections \
    $(XEN_ARCH_CFLAGS_$(ARCH))

# Or memcpy()'s loop is recognised as one that calls memcpy(). clang has no such
# option and makes no such call in freestanding code.
XEN_CFLAGS_common/string := $(shell option=-fno-tree-loop-distribute-patterns; \
    $(CC) -Werror $$option -c -x c -o /dev/null /dev/null 2>/dev/null && \
    echo $$option)

# The cryptography that payloads are verified with, of Debian's libbearssl-dev.
XEN_ARCH_LIBRARIES_x86 := $(shell $(CC) -print-file-name=libbearssl.a)

# That, and libfdt, of Debian's packages for that architecture; or LIBFDT_arm64
# and LIBBEARSSL_arm64 say where such packages have been unpacked.
ifeq ($(LIBFDT_arm64),)
LIBFDT_arm64 := .cache/arm64/root/libfdt-dev
XEN_ARCH_NEEDS_arm64 += .cache/arm64/libfdt.complete
endif
ifeq ($(LIBBEARSSL_arm64),)
LIBBEARSSL_arm64 := .cache/arm64/root/libbearssl-dev
XEN_ARCH_NEEDS_arm64 += .cache/arm64/libbearssl.complete
endif
XEN_ARCH_LIBRARIES_arm64 := \
    $(LIBFDT_arm64)/usr/lib/aarch64-linux-gnu/libfdt.a \
    $(LIBBEARSSL_arm64)/usr/lib/aarch64-linux-gnu/libbearssl.a
XEN_ARCH_CPPFLAGS_arm64 := -isystem $(LIBFDT_arm64)/usr/include \
    -isystem $(LIBBEARSSL_arm64)/usr/include

# Runs before the MMU is on, when no access may be unaligned.
XEN_CFLAGS_arch/arm/boot_tables := -mstrict-align

# What a build may ask for beside the rest.
XEN_OPTIONS := $(if $(LIVEPATCH_DELAY),-DLIVEPATCH_DELAY)

# Where headers are. The last prefix that matches a path is used for it.
XEN_CPPFLAGS := -include $(XEN_SRC)/include/xen/config.h \
    -include $(XEN_SRC)/include/xen/hidden.h \
    -I$(XEN_SRC)/include -I$(XEN_SRC)/arch/$(XEN_ARCH_FOLDER)/include \
    -I$(XEN_OUT)/include -isystem $(BUILD)/include \
    -ffile-prefix-map="$$PWD"=. -ffile-prefix-map=$(XEN_OUT)/=build/ \
    -ffile-prefix-map=$(BUILD)/=build/ -ffile-prefix-map=$(XEN_SRC)/=xen/ \
    $(XEN_ARCH_CPPFLAGS_$(ARCH)) $(XEN_OPTIONS)

XEN_FOLDERS := common common/livepatch arch/$(XEN_ARCH_FOLDER) arch/$(XEN_ARCH_FOLDER)/*
XEN_SOURCES := $(filter-out %.lds.S,$(sort $(foreach folder,$(XEN_FOLDERS), \
    $(wildcard $(XEN_SRC)/$(folder)/*.c $(XEN_SRC)/$(folder)/*.S))))
# A tool of the tests' is in no product.
XEN_SOURCES := $(if $(LIVEPATCH_DELAY),$(XEN_SOURCES),$(filter-out \
    %/common/livepatch/delay.c,$(XEN_SOURCES)))
XEN_OBJECTS := $(patsubst $(XEN_SRC)/%,$(XEN_OUT)/obj/%.o, \
    $(basename $(XEN_SOURCES))) $(XEN_OUT)/obj/keys.o $(XEN_MORE_OBJECTS)

# What is asked of payloads whatever the command line says.
LIVEPATCH_VERIFY ?= $(if $(LIVEPATCH_KEYS),signature,none)

# What kinds of guests there can be, as XENVER_capabilities tells it.
XEN_CAPABILITIES_x86 := hvm-3.0-x86_64
XEN_CAPABILITIES_arm64 := xen-3.0-aarch64

# The commit's date, so that a build of the same tree is the same build.
XEN_DATE := $(or $(SOURCE_DATE_EPOCH), \
    $(shell git log -1 --format=%ct 2>/dev/null),0)
XEN_CHANGESET := $(or \
    $(shell git log -1 --format='%cd git:%h' --date=iso 2>/dev/null),unknown)

.PHONY: hypervisor
hypervisor: $(XEN_OUT)/xen $(XEN_OUT)/xen-syms.map

$(XEN_OUT)/include/xen/compile.h: FORCE
	@mkdir -p $(@D)
	@{ echo "#define XEN_COMPILE_DATE \"$$(LC_ALL=C date -u -d @$(XEN_DATE))\""; \
	   echo "#define XEN_COMPILER \"$$($(CC) --version | head -n 1)\""; \
	   echo '#define XEN_CAPABILITIES "$(XEN_CAPABILITIES_$(ARCH))"'; \
	   echo '#define XEN_CHANGESET "$(XEN_CHANGESET)"'; } >$@.new
	@$(call keep_if_same,$@)

$(XEN_OUT)/obj/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(XEN_CFLAGS) $(XEN_CPPFLAGS)' >$@.new
	@$(call keep_if_same,$@)

# What the linker is given: a source that is gone makes a new image, too.
$(XEN_OUT)/obj/list: FORCE
	@mkdir -p $(@D)
	@echo '$(XEN_OBJECTS)' >$@.new
	@$(call keep_if_same,$@)

XEN_OBJECT_NEEDS = $(XEN_OUT)/obj/flags $(XEN_OUT)/include/xen/compile.h \
    | $(BUILD)/include/public $(XEN_ARCH_NEEDS_$(ARCH))

# A FILE symbol holds the path in xen/, so that local symbols of equally
# named files have different full names.
$(XEN_OUT)/obj/%.o: $(XEN_SRC)/%.c $(XEN_OBJECT_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(XEN_CFLAGS) $(XEN_CFLAGS_$*) $(XEN_CPPFLAGS) -MMD -MP -c -o $@ $<
	$(Q)$(OBJCOPY) --redefine-sym $(*F).c=$*.c $@

$(XEN_OUT)/obj/%.o: $(XEN_SRC)/%.S $(XEN_OBJECT_NEEDS)
	@mkdir -p $(@D)
	$(call say,AS,$@)
	$(Q)$(CC) $(XEN_CFLAGS) $(XEN_CPPFLAGS) -D__ASSEMBLY__ \
	    -include $(XEN_SRC)/include/xen/asm_file.h -DXEN_FILE='"$*.S"' \
	    -MMD -MP -c -o $@ $<

$(XEN_OUT)/xen.lds: $(XEN_SRC)/common/xen.lds.S $(XEN_OBJECT_NEEDS)
	@mkdir -p $(@D)
	$(call say,CPP,$@)
	$(Q)$(CC) $(XEN_CPPFLAGS) -D__ASSEMBLY__ -MMD -MP -MF $(XEN_OUT)/obj/xen.lds.d \
	    -MT $@ -E -P -x assembler-with-cpp -o $@ $<

$(XEN_OUT)/tools/symbols: $(XEN_SRC)/tools/symbols/symbols.c \
    $(XEN_SRC)/tools/symbols/symbol_names.h $(XEN_SRC)/include/xen/symbols_table.h
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror \
	    -iquote $(XEN_SRC)/include/xen -o $@ $< -lelf

$(XEN_OUT)/tools/extable: $(XEN_SRC)/tools/extable/extable.c
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
	    -o $@ $<

$(XEN_OUT)/tools/keys: $(XEN_SRC)/tools/keys/keys.c
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -o $@ $< -lcrypto

$(XEN_OUT)/keys.c: $(XEN_OUT)/tools/keys FORCE
	@$< $(LIVEPATCH_VERIFY) $(LIVEPATCH_KEYS) >$@.new
	@$(call keep_if_same,$@)

$(XEN_OUT)/obj/keys.o: $(XEN_OUT)/keys.c $(XEN_OBJECT_NEEDS)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(XEN_CFLAGS) $(XEN_CPPFLAGS) -MMD -MP -c -o $@ $<

# No relaxing: the archive's addresses by way of the GOT would become immediate
# ones of 32 bits, out of whose reach the image is.
XEN_LDFLAGS := -nostdlib -static --no-relax -z noexecstack -z max-page-size=4096 \
    --fatal-warnings --no-warn-rwx-segments --build-id=sha1

$(XEN_OUT)/xen-syms: $(XEN_OBJECTS) $(XEN_OUT)/obj/list $(XEN_OUT)/xen.lds \
    $(XEN_OUT)/tools/symbols $(XEN_OUT)/tools/extable $(XEN_SRC)/tools/link
	$(call say,LD,$@)
	$(Q)COMPILE='$(CC) $(filter-out -g,$(XEN_CFLAGS)) $(XEN_CPPFLAGS) -c' \
	LINK='$(LD) $(XEN_LDFLAGS) -T $(XEN_OUT)/xen.lds @$(XEN_OUT)/obj/list $(XEN_ARCH_LIBRARIES_$(ARCH))' \
	    $(XEN_SRC)/tools/link $(XEN_OUT)/tools/symbols \
	    $(XEN_OUT)/tools/extable $@

$(XEN_OUT)/xen-syms.map: $(XEN_OUT)/xen-syms
	$(call say,MAP,$@)
	$(Q)$(XEN_OUT)/tools/symbols --map $< >$@

$(XEN_OUT)/xen: $(XEN_OUT)/xen-syms
	$(call say,OBJCOPY,$@)
	$(Q)$(OBJCOPY) -O binary $< $@

-include $(XEN_OBJECTS:.o=.d) $(XEN_OUT)/obj/xen.lds.d
