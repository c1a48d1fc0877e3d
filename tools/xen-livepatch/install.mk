# SPDX-License-Identifier: GPL-2.0
#
# Puts the admin's command where a system wants it: the static binary, its
# manual pages, its completion for bash, its systemd units, and the folder that
# `sync` reads. Takes DESTDIR, a root to be installed into, and PREFIX; the
# units name the binary where PREFIX has it. /etc is /etc with every PREFIX,
# because the binary, the units and the manual say so. Enabling the units is
# the admin's decision, or a package's.

##   make install               the commands, for this system (as root)
##       [PREFIX=/usr/local]    below this folder
##       [DESTDIR=folder]       into this root, for packages
##   make install-xen-livepatch, install-livepatch-build: one of them alone
##   make uninstall             remove what install brought; same variables

PREFIX ?= /usr/local
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
UNITDIR ?= $(PREFIX)/lib/systemd/system

XLP_UNITS := $(sort $(notdir $(wildcard $(XLP)/systemd/*)))
XLP_FOLDER := $(DESTDIR)/etc/xen/livepatch.d
XLP_INSTALLED := $(SBINDIR)/xen-livepatch $(MANDIR)/man8/xen-livepatch.8 \
    $(MANDIR)/man5/xen-livepatch.d.5 \
    $(COMPLETIONDIR)/xen-livepatch $(XLP_UNITS:%=$(UNITDIR)/%)

# $(call install_file,mode,file,place)
define install_file
$(call say,INSTALL,$(DESTDIR)$(3))
$(Q)install -D -m $(1) $(2) '$(DESTDIR)$(3)'
endef

# $(call install_unit,name)
define install_unit
$(Q)sed 's|/usr/sbin/xen-livepatch|$(SBINDIR)/xen-livepatch|' \
    $(XLP)/systemd/$(1) >$(BUILD)/tools/$(1)
$(call install_file,644,$(BUILD)/tools/$(1),$(UNITDIR)/$(1))

endef

.PHONY: install install-xen-livepatch uninstall uninstall-xen-livepatch
install: install-xen-livepatch
uninstall: uninstall-xen-livepatch

install-xen-livepatch: $(BUILD)/tools/xen-livepatch
	$(call install_file,755,$<,$(SBINDIR)/xen-livepatch)
	$(call install_file,644,$(XLP)/xen-livepatch.8,$(MANDIR)/man8/xen-livepatch.8)
	$(call install_file,644,$(XLP)/xen-livepatch.d.5,$(MANDIR)/man5/xen-livepatch.d.5)
	$(call install_file,644,$(XLP)/completion/xen-livepatch.bash,$(COMPLETIONDIR)/xen-livepatch)
	$(foreach unit,$(XLP_UNITS),$(call install_unit,$(unit)))
	$(Q)install -d -m 755 '$(XLP_FOLDER)'

# A folder with payloads in it is the admin's.
uninstall-xen-livepatch:
	$(Q)rm -f $(XLP_INSTALLED:%='$(DESTDIR)'%)
	$(Q)! test -d '$(XLP_FOLDER)' || \
	    rmdir --ignore-fail-on-non-empty '$(XLP_FOLDER)'
