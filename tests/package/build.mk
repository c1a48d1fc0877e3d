# SPDX-License-Identifier: GPL-2.0
#
# The tests of what an admin installs: make install, the completion for bash,
# the Debian package. Each is a script beside this file that prints TAP.

##   make test-install          what make install brings; completion, manual
##   make test-deb              the Debian package, in a fresh Debian 12 root

PACKAGE_TESTS := completion manual builder_completion builder_manual \
    replay_manual install lintian debian_root
PACKAGE_TEST_OUT := $(BUILD)/tests/package

.PHONY: test-install test-deb $(PACKAGE_TESTS:%=test-package-%)
test-install: test-package-completion test-package-manual \
    test-package-builder_completion test-package-builder_manual \
    test-package-replay_manual test-package-install
test-deb: test-package-lintian test-package-debian_root

$(PACKAGE_TESTS:%=test-package-%): test-package-%: $(BUILD)/tools/xen-livepatch
	@mkdir -p $(PACKAGE_TEST_OUT)
	@BUILD=$(BUILD) tests/package/$* >$(PACKAGE_TEST_OUT)/$*.tap || \
	    { grep -v '^ok' $(PACKAGE_TEST_OUT)/$*.tap; exit 1; }

test-package-builder_completion test-package-builder_manual \
    test-package-install: $(BUILD)/tools/livepatch-build
test-package-replay_manual test-package-install: $(BUILD)/tools/livepatch-replay
test-package-debian_root: $(BUILD)/tools/livepatch-replay nested-hypervisor \
    .cache/boot/complete
test-package-lintian test-package-debian_root: deb
