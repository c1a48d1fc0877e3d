# SPDX-License-Identifier: GPL-2.0
#
# Mutants: random small mistakes in the sources, each of which a unit test must
# notice. Takes UNIT_TESTS, to which it is included last, and the commands that
# make builds them with; gives BUILD/mutants/: a build for coverage, and of
# each mutant its text, its diff and what became of it.

##   make mutants T=path        do the unit tests notice mistakes in this file or
##                              folder, or in these ('T=a.c b/')?
##       [N=n] [SEED=n]         so many mutants (100), these (1)
##       [J=n]                  so many at a time (the machine's cores)
##       [FUZZ=n]               what survives is fuzzed for n seconds (0: not)
MUTANTS_SRC := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
MUTANTS_OUT := $(BUILD)/mutants
MUTANTS_COVERAGE := $(MUTANTS_OUT)/coverage
N ?= 100
SEED ?= 1
J ?= $(shell nproc)
FUZZ ?= 0
# Of those that compile and change something, at most so many may survive.
MUTANTS_PERCENT ?= 5

# The C library of the compiler that reads sources: libclang-14-dev.
LIBCLANG ?= /usr/lib/llvm-14

$(MUTANTS_OUT)/mutate: $(wildcard $(MUTANTS_SRC)/*.c $(MUTANTS_SRC)/*.h) \
    $(MUTANTS_SRC)/build.mk
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)gcc -std=gnu11 -O1 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
	    -isystem $(LIBCLANG)/include -o $@ $(filter %.c,$^) \
	    -L$(LIBCLANG)/lib -lclang

# What a program executes is written when it ends, so a child ends by exit().
# Without sanitizers of its own: those of gcc are not those of clang.
MUTANTS_COVERAGE_CC := gcc --coverage -D_exit=exit
MUTANTS_LINES := $(UNIT_TESTS:=.lines)

$(MUTANTS_LINES): %.lines: % $(MUTANTS_SRC)/cover
	@$(MUTANTS_SRC)/cover $< $@

.PHONY: mutants mutants-programs mutants-lines test-mutants
mutants-programs: $(UNIT_TESTS)
mutants-lines: $(MUTANTS_LINES)

mutants: $(MUTANTS_OUT)/mutate $(UNIT_TESTS)
	@test -n '$(T)' || { echo 'make mutants: T=path is missing' >&2; exit 2; }
	@$(MAKE) -s -j $(J) BUILD=$(MUTANTS_COVERAGE) T= \
	    TEST_CC='$(MUTANTS_COVERAGE_CC)' HOSTCC='$(MUTANTS_COVERAGE_CC)' \
	    HOST_SANITIZE= mutants-lines
	@env -u MAKEFLAGS MAKE='$(MAKE)' BUILD='$(BUILD)' \
	    PROGRAMS='$(UNIT_TESTS)' N='$(N)' SEED='$(SEED)' J='$(J)' \
	    FUZZ='$(FUZZ)' PERCENT='$(MUTANTS_PERCENT)' \
	    EXPLAINED='$(EXPLAINED)' $(MUTANTS_SRC)/run $(T)

# Its own test, of the kind of the other judges'.
test-harness: test-mutants
test-mutants:
	@mkdir -p $(BUILD)/tests/harness
	@$(MUTANTS_SRC)/check '$(abspath $(BUILD))/tests/mutants' \
	    >$(BUILD)/tests/harness/mutants.tap || \
	    { cat $(BUILD)/tests/harness/mutants.tap; exit 1; }
