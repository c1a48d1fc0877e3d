# SPDX-License-Identifier: GPL-2.0
#
# Puts the admin's command where a system wants it: the static binary, its
# manual page, its completion for bash, its systemd units, and the folder that
# `sync` reads. Takes DESTDIR, a root to be installed into, and PREFIX; the
# units name the binary where PREFIX has it. /etc is /etc with every PREFIX,
# because the binary, the units and the manual say so. Enabling the units is
# the admin's decision, or a package's.

##   make install               the command, for this system (as root)
##       [PREFIX=/usr/local]    below this folder
##       [DESTDIR=folder]       into this root, for packages
##   make uninstall             remove what install brought; same variables

PREFIX ?= /usr/local
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
UNITDIR ?= $(PREFIX)/lib/systemd/system

XLP_UNITS := $(sort $(notdir $(wildcard $(XLP)/systemd/*)))
XLP_FOLDER := $(DESTDIR)/etc/xen/livepatch.d
XLP_INSTALLED := $(DESTDIR)$(SBINDIR)/xen-livepatch \
    $(DESTDIR)$(MANDIR)/man8/xen-livepatch.8 \
    $(DESTDIR)$(COMPLETIONDIR)/xen-livepatch \
    $(XLP_UNITS:%=$(DESTDIR)$(UNITDIR)/%)

# $(call install_unit,name)
define install_unit
sed 's|/usr/sbin/xen-livepatch|$(SBINDIR)/xen-livepatch|' \
    $(XLP)/systemd/$(1) >$(BUILD)/tools/$(1)
install -D -m 644 $(BUILD)/tools/$(1) $(DESTDIR)$(UNITDIR)/$(1)

endef

.PHONY: install install-xen-livepatch uninstall uninstall-xen-livepatch
install: install-xen-livepatch
uninstall: uninstall-xen-livepatch

install-xen-livepatch: $(BUILD)/tools/xen-livepatch
	install -D -m 755 $< $(DESTDIR)$(SBINDIR)/xen-livepatch
	install -D -m 644 $(XLP)/xen-livepatch.8 \
	    $(DESTDIR)$(MANDIR)/man8/xen-livepatch.8
	install -D -m 644 $(XLP)/completion/xen-livepatch.bash \
	    $(DESTDIR)$(COMPLETIONDIR)/xen-livepatch
	$(foreach unit,$(XLP_UNITS),$(call install_unit,$(unit)))
	install -d -m 755 $(XLP_FOLDER)

# A folder with payloads in it is the admin's.
uninstall-xen-livepatch:
	rm -f $(XLP_INSTALLED)
	rmdir --ignore-fail-on-non-empty $(wildcard $(XLP_FOLDER))
