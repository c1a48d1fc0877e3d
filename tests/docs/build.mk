# SPDX-License-Identifier: GPL-2.0
#
# The test of the code in the documentation: what can be done here is done by
# tests/docs/check; what is for dom0, the scenario `docs` does, with what the
# former leaves. Its TAP is a target, failures or not, so that both have it.

##   make test-docs             compile and run the code in docs/ and README.md
DOCS_TAP := $(BUILD)/tests/docs/docs.tap
DOCS_SOURCES := $(wildcard README.md docs/*.md tests/docs/*)

$(DOCS_TAP): $(DOCS_SOURCES) $(XEN_OUT)/xen-syms $(BUILD)/tools/xen-livepatch \
    $(BUILD)/tools/livepatch-build $(BUILD)/tools/livepatch-replay \
    .cache/boot/complete
	$(call say,DOCS,$@)
	@mkdir -p $(@D)
	@BUILD='$(BUILD)' tests/docs/check >$@ || true

.PHONY: test-docs
test-docs: $(DOCS_TAP)
	@! grep -v '^ok' $< | grep -v '^1\.\.'
