# SPDX-License-Identifier: GPL-2.0
#
# Puts the CI engineer's command, its parts, its manual page and its completion
# where a system wants them, with the other commands or alone. Takes DESTDIR and
# PREFIX, and the rules of tools/xen-livepatch/install.mk.

REPLAY_LIBDIR := $(PREFIX)/lib/livepatch-replay
REPLAY_INSTALLED := $(BINDIR)/livepatch-replay \
    $(MANDIR)/man1/livepatch-replay.1 $(COMPLETIONDIR)/livepatch-replay

# $(call install_part,name): as executable as it is.
define install_part
$(call install_file,$(if $(filter faults packages.sh,$(1)),644,755),$(REPLAY_PARTS)/$(1),$(REPLAY_LIBDIR)/$(1))

endef

.PHONY: install-livepatch-replay uninstall-livepatch-replay
install: install-livepatch-replay
uninstall: uninstall-livepatch-replay

install-livepatch-replay: $(BUILD)/tools/livepatch-replay $(REPLAY_PART_FILES)
	$(call install_file,755,$<,$(BINDIR)/livepatch-replay)
	$(call install_file,644,$(REPLAY)/livepatch-replay.1,$(MANDIR)/man1/livepatch-replay.1)
	$(call install_file,644,$(REPLAY)/completion/livepatch-replay.bash,$(COMPLETIONDIR)/livepatch-replay)
	$(foreach part,$(REPLAY_PART_FILES:$(REPLAY_PARTS)/%=%),$(call install_part,$(part)))

uninstall-livepatch-replay:
	$(Q)rm -f $(REPLAY_INSTALLED:%='$(DESTDIR)'%)
	$(Q)rm -rf '$(DESTDIR)$(REPLAY_LIBDIR)'
