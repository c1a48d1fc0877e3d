# SPDX-License-Identifier: GPL-2.0
#
# The tests of what the builder knows of a linked image. Takes the sources of
# the builder's model and of image/, this tree's hypervisor and its objects, and
# samples that each compiler makes small images of; gives test programs to
# UNIT_TESTS.

IMAGE_TESTS_SRC := tests/unit/tools/livepatch-build/image
IMAGE_TESTS_OUT := $(BUILD)/$(IMAGE_TESTS_SRC)
IMAGE_TESTS := $(patsubst %.c,$(BUILD)/%, \
    $(sort $(wildcard $(IMAGE_TESTS_SRC)/test_*.c)))
IMAGE_TESTS_HELPERS := $(IMAGE_TESTS_OUT)/broken_image.o

# COMPILER/FILE.o, and COMPILER/xen-syms of all but the probe.
IMAGE_COMPILERS := gcc clang aarch64-linux-gnu-gcc
IMAGE_SAMPLE_CFLAGS := -O2 -ffunction-sections -fdata-sections -fPIC \
    -fvisibility=hidden -fno-common -fno-asynchronous-unwind-tables \
    -fno-stack-protector
IMAGE_SAMPLES := $(foreach cc,$(IMAGE_COMPILERS),$(foreach file, \
    one/same other/same version probe,$(IMAGE_TESTS_OUT)/$(cc)/$(file).o))
IMAGE_SAMPLE_IMAGES := $(IMAGE_COMPILERS:%=$(IMAGE_TESTS_OUT)/%/xen-syms)

define IMAGE_SAMPLE_RULE
$(IMAGE_TESTS_OUT)/$(1)/%.o: $(IMAGE_TESTS_SRC)/samples/%.c \
    $(IMAGE_TESTS_SRC)/samples/samples.h $(IMAGE_TESTS_SRC)/build.mk
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(1) $(IMAGE_SAMPLE_CFLAGS) -c -o $$@ $$<
endef
$(foreach cc,$(IMAGE_COMPILERS),$(eval $(call IMAGE_SAMPLE_RULE,$(cc))))

$(IMAGE_SAMPLE_IMAGES): $(IMAGE_TESTS_OUT)/%/xen-syms: \
    $(IMAGE_TESTS_OUT)/%/one/same.o $(IMAGE_TESTS_OUT)/%/other/same.o \
    $(IMAGE_TESTS_OUT)/%/version.o
	$(call say,LD,$@)
	$(Q)$* -nostdlib -static -no-pie -Wl,-e,one -Wl,--build-id=sha1 -o $@ $^

$(IMAGE_TESTS_OUT)/%.o: LPB_TEST_DEFINES = -DXEN_SYMS='"$(BUILD)/x86/xen-syms"' \
    -DXEN_OBJECTS='"$(BUILD)/x86/obj/"' -DSAMPLES='"$(IMAGE_TESTS_OUT)/"'

$(IMAGE_TESTS): $(IMAGE_TESTS_HELPERS) | $(IMAGE_SAMPLES) $(IMAGE_SAMPLE_IMAGES) $(BUILD)/x86/xen-syms.map
