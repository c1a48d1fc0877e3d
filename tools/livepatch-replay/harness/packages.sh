# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
#
# Brings Debian packages without installing them: sourced by what wants files
# out of some. Takes CACHE, a folder to keep them in, and apt's package lists;
# apt decides where a package comes from. Under CACHE, deb/ has the packages and
# root/NAME/ what each one holds; boot/ is for the caller to fill.
#
# With PACKAGE_ARCH, packages are that architecture's, whether or not this
# machine's dpkg knows of it: the lists of them are kept under CACHE, which must
# be an absolute path then, and update_lists_of_arch brings them.

die() {
    echo "fetch: $*" >&2
    exit 1
}

# of_arch COMMAND...: apt-get or apt-cache, of that architecture.
of_arch() {
    if [ -z "${PACKAGE_ARCH-}" ]; then
        "$@"
        return
    fi
    command=$1
    shift
    "$command" -o "Dir::State::Lists=$CACHE/apt/lists" \
        -o "Dir::Cache=$CACHE/apt/cache" \
        -o "APT::Architectures::=$(dpkg --print-architecture)" \
        -o "APT::Architectures::=$PACKAGE_ARCH" "$@"
}

update_lists_of_arch() {
    mkdir -p "$CACHE/apt/lists/partial" "$CACHE/apt/cache/archives/partial"
    of_arch apt-get -qq -o APT::Sandbox::User=root update ||
        die "$PACKAGE_ARCH: apt-get update failed"
}

# The kernel's package name changes with each kernel ABI; the meta package
# always depends on the newest one.
kernel_package() {
    meta=linux-image-${PACKAGE_ARCH:-amd64}
    of_arch apt-cache depends "$meta${PACKAGE_ARCH:+:$PACKAGE_ARCH}" |
        sed -n 's/^ *Depends: \(linux-image-[0-9][^:]*\).*$/\1/p' | head -n 1
}

# Downloads into a folder of its own; the .deb gets its final name only after
# apt has checked its hash, so that a half download never counts.
download() {
    rm -rf "$CACHE/deb/partial"
    mkdir -p "$CACHE/deb/partial"
    echo "fetch: $1" >&2
    (cd "$CACHE/deb/partial" &&
        of_arch apt-get -qq -o APT::Sandbox::User=root download \
            "$1${PACKAGE_ARCH:+:$PACKAGE_ARCH}") ||
        die "$1: apt-get download failed; try: apt-get update"
    mv "$CACHE/deb/partial"/*.deb "$CACHE/deb/$1.deb"
}

unpack() {
    rm -rf "$CACHE/root/$1" "$CACHE/root/$1.partial"
    mkdir -p "$CACHE/root/$1.partial"
    dpkg -x "$CACHE/deb/$1.deb" "$CACHE/root/$1.partial" ||
        die "$1: cannot unpack $CACHE/deb/$1.deb"
    mv "$CACHE/root/$1.partial" "$CACHE/root/$1"
}

bring() {
    if [ ! -f "$CACHE/deb/$1.deb" ]; then
        download "$1"
    fi
    if [ ! -d "$CACHE/root/$1" ]; then
        unpack "$1"
    fi
}

forget() {
    rm -rf "$CACHE/deb/$1.deb" "$CACHE/root/$1"
}

package_version() {
    dpkg-deb -f "$CACHE/deb/$1.deb" Version
}

# copy_only FOLDER NAME PLACE: the one file of that name below the folder.
copy_only() {
    found=$(find "$1" -type f -name "$2")
    [ -f "$found" ] || die "$1: wanted one file named $2, found: ${found:-none}"
    cp "$found" "$3"
}

# What a dom0 with a disk needs, where the kernel has it not built in.
DISK_MODULES="virtio_pci virtio_blk crc32c_generic ext4"

has_module() {
    [ -n "$(find "$1" -type f -name "$2.ko")" ]
}

module_needs() {
    readelf -p .modinfo "$1" |
        sed -n 's/.* depends=//p' | tr ',' ' '
}

# add_module FOLDER NAME PLACE: the module below the folder to PLACE, and all
# that it needs. Lists it after those: PLACE/order is the order of loading.
add_module() {
    ! grep -qx "$2" "$3/order" || return 0
    copy_only "$1" "$2.ko" "$3/$2.ko"
    for needed in $(module_needs "$3/$2.ko"); do
        (add_module "$1" "$needed" "$3")
    done
    echo "$2" >>"$3/order"
}

# Two runs at once: the second waits, then finds all done.
take_lock() {
    mkdir -p "$CACHE/deb" "$CACHE/root"
    exec 9>"$CACHE/lock"
    flock 9
}

# add_dom0 KERNEL-PACKAGE FOLDER MODULE...: what any dom0 boots with.
#   FOLDER/vmlinuz         its kernel
#   FOLDER/modules/*.ko    its modules; "order" lists them to be loaded
#   FOLDER/busybox         static
add_dom0() {
    kernel=$1
    folder=$2
    shift 2
    mkdir -p "$folder/modules"
    : >"$folder/modules/order"
    copy_only "$CACHE/root/$kernel" 'vmlinuz-*' "$folder/vmlinuz"
    for module; do
        add_module "$CACHE/root/$kernel" "$module" "$folder/modules"
    done
    copy_only "$CACHE/root/busybox-static/bin" busybox "$folder/busybox"
}
