# SPDX-License-Identifier: GPL-2.0
#
# The Debian packages of all commands, by debhelper (Debian: debhelper).
# Takes the parts of the tree that it is made of, copied, so that the package's
# build meets nothing that another build left; gives BUILD/deb/*.deb. A further
# package is a further paragraph of debian/control and further lines of
# debian/rules.

##   make deb                   Debian packages of all commands: build/deb/*.deb

# All of them have the hypervisor's loader in them (tools/lib/loader).
DEB_PARTS := COPYING Makefile debian tools xen/include xen/common xen/arch \
    xen/tools/symbols
DEB_OUT := $(BUILD)/deb

.PHONY: deb
deb:
	@test "$$(dpkg-parsechangelog -S Version)" = '$(XLP_VERSION)' || { \
	    echo "make deb: debian/changelog has version" \
	        "$$(dpkg-parsechangelog -S Version), the command" \
	        "$(XLP_VERSION) (tools/xen-livepatch/build.mk)" >&2; exit 1; }
	$(Q)rm -rf $(DEB_OUT)
	$(Q)mkdir -p $(DEB_OUT)/xsplice
	$(Q)tar -c $(DEB_PARTS) | tar -x -C $(DEB_OUT)/xsplice
	$(call say,DEB,$(DEB_OUT))
	$(Q)cd $(DEB_OUT)/xsplice && env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS \
	    -u BUILD dpkg-buildpackage -j"$$(nproc)" --build=binary --no-sign \
	    >../build.log 2>&1 || { tail -n 40 ../build.log >&2; exit 1; }
	$(Q)rm -rf $(DEB_OUT)/xsplice
	@ls $(DEB_OUT)/*.deb
