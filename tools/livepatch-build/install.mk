# SPDX-License-Identifier: GPL-2.0
#
# Puts the distro team's command, its manual page and its completion for bash
# where a system wants them, with the admin's command or alone. Takes DESTDIR and
# PREFIX, and the rules of tools/xen-livepatch/install.mk.

BINDIR ?= $(PREFIX)/bin

LPB_INSTALLED := $(BINDIR)/livepatch-build $(MANDIR)/man1/livepatch-build.1 \
    $(COMPLETIONDIR)/livepatch-build

.PHONY: install-livepatch-build uninstall-livepatch-build
install: install-livepatch-build
uninstall: uninstall-livepatch-build

install-livepatch-build: $(BUILD)/tools/livepatch-build
	$(call install_file,755,$<,$(BINDIR)/livepatch-build)
	$(call install_file,644,$(LPB)/livepatch-build.1,$(MANDIR)/man1/livepatch-build.1)
	$(call install_file,644,$(LPB)/completion/livepatch-build.bash,$(COMPLETIONDIR)/livepatch-build)

uninstall-livepatch-build:
	$(Q)rm -f $(LPB_INSTALLED:%='$(DESTDIR)'%)
