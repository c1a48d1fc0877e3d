# SPDX-License-Identifier: GPL-2.0
#
# What the programs in tools/ share, and how all of them are compiled. Takes the
# sources beside this file, gives BUILD/tools/lib.a and the flags. A program that
# loads payloads links LOADER_OBJECTS (loader/build.mk) with it.

TOOLS_LIB := tools/lib

TOOLS_WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
    -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wpointer-arith
TOOLS_CFLAGS := -std=gnu11 -O2 -g $(TOOLS_WARNINGS) \
    -ffile-prefix-map="$$PWD"=. -iquote tools -iquote xen/include/public \
    -iquote xen/tools/symbols -D_GNU_SOURCE -MMD -MP
TOOLS_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
TOOLS_TEST_CFLAGS := $(filter-out -O2,$(TOOLS_CFLAGS)) -O1 $(TOOLS_SANITIZE)

# Of libbearssl-dev; the archive, so that no program depends on the library. The
# loader wants it, too.
TOOLS_CRYPTO := -l:libbearssl.a

TOOLS_LIB_SOURCES := $(sort $(wildcard $(TOOLS_LIB)/*.c $(TOOLS_LIB)/loader/*.c))
TOOLS_LIB_OBJECTS := \
    $(TOOLS_LIB_SOURCES:$(TOOLS_LIB)/%.c=$(BUILD)/tools/lib.obj/%.o)
TOOLS_LIB_TESTED := $(TOOLS_LIB_SOURCES:%.c=$(BUILD)/tests/unit/%.o)

$(BUILD)/tools/lib.a: $(TOOLS_LIB_OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/tools/lib.obj/%.o: $(TOOLS_LIB)/%.c $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(TOOLS_CFLAGS) -D_FORTIFY_SOURCE=2 -c -o $@ $<

# The same, sanitized, for unit tests.
$(TOOLS_LIB_TESTED): $(BUILD)/tests/unit/%.o: %.c $(TOOLS_LIB)/build.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOSTCC) $(TOOLS_TEST_CFLAGS) -c -o $@ $<

-include $(TOOLS_LIB_OBJECTS:.o=.d) $(TOOLS_LIB_TESTED:.o=.d)
