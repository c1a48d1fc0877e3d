# SPDX-License-Identifier: GPL-2.0
#
# The tests of what an admin installs: make install, the completion for bash,
# the Debian package. Each is a script beside this file that prints TAP.

##   make test-install          what make install brings; completion for bash
##   make test-deb              the Debian package, in a fresh Debian 12 root

# $(call package_test,name)
define package_test
@mkdir -p $(BUILD)/tests/package
@BUILD=$(BUILD) tests/package/$(1) >$(BUILD)/tests/package/$(1).tap || \
    { grep -v '^ok' $(BUILD)/tests/package/$(1).tap; exit 1; }

endef

.PHONY: test-install
test-install: $(BUILD)/tools/xen-livepatch
	$(call package_test,completion)
	$(call package_test,install)

.PHONY: test-deb
test-deb: deb $(BUILD)/tools/xen-livepatch
	$(call package_test,lintian)
	$(call package_test,debian_root)
