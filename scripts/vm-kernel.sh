#!/usr/bin/env bash
# Makes a kernel for vm.sh: the newest of Debian's next release, with those modules that the tests want and Debian's
# package does not have, built from Debian's source of the very kernel.
#
#   scripts/vm-kernel.sh DIRECTORY
#
# DIRECTORY gets boot/vmlinuz-VERSION and lib/modules/VERSION. All is done inside a root directory that is made for it
# by debootstrap and deleted in the end, as compilers and tools must be those of the kernel's release: that takes root,
# some minutes and 3 GB of space meanwhile. Nothing is installed.
set -euo pipefail
suite=testing
# Files and directories of the kernel's source, and what configures them.
modules=(drivers/net/amt.c drivers/net/bareudp.c net/sched/sch_dualpi2.c drivers/net/netdevsim)
configuration=(CONFIG_NETDEVSIM=m CONFIG_DEBUG_INFO_BTF_MODULES=)

[[ $# = 1 ]] || { sed -n '2,/^set/s/^# \?//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
die() {
  echo "vm-kernel.sh: $1" >&2
  exit 1
}
[[ $EUID = 0 ]] || die 'for root only'
PATH=$PATH:/usr/sbin:/sbin
for program in debootstrap:debootstrap busybox:busybox-static; do
  command -v "${program%:*}" >/dev/null || die "missing: install ${program#*:}"
done

# What is mounted inside goes with this process.
if [[ ${NETPLUMB_VM_KERNEL_INSIDE:-} != 1 ]]; then
  NETPLUMB_VM_KERNEL_INSIDE=1 exec unshare --mount --propagation private "${BASH_SOURCE[0]}" "$@"
fi

mkdir -p "$1"
to=$(realpath "$1")
root=$(mktemp -d "$to/root.XXXXXX")
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT
trap 'exit 1' HUP INT TERM
# Where this machine has its Debian from.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(CODENAME)' 'Created-By: Packages' 2>/dev/null |
  awk '$1 == "Debian" && $3 !~ /-/ { print $2; exit }') || true
debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"} >&2
# How this machine gets at it, but none of what it does after installing something.
apt-config dump | grep '^Acquire::' >"$root/etc/apt/apt.conf.d/acquire" || true
cp -L /etc/resolv.conf "$root/etc/" 2>/dev/null || true
mount -t proc proc "$root/proc"
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"; }

echo 'APT::Sandbox::User "root";' >"$root/etc/apt/apt.conf.d/root"
inside apt-get -qq update >&2
inside apt-get -qq -y install --no-install-recommends linux-headers-amd64 binutils make >&2
version=$(basename "$root"/usr/src/linux-headers-*-amd64)
version=${version#linux-headers-}
# The image, and where it is in parts what it depends on.
parts=$(inside apt-cache depends "linux-image-$version" |
  sed -n "s/^ *Depends: \(linux-\(base\|binary\|modules\)-.*\)/\1/p")
source=linux-source-${version%%.*}.$(cut -d. -f2 <<<"$version")
# shellcheck disable=SC2086
inside sh -c 'cd /tmp && apt-get -qq download "$@"' sh "linux-image-$version" $parts "$source" >&2
for package in "$root"/tmp/linux-*.deb; do
  case $package in
    */linux-source-*) dpkg-deb --fsys-tarfile "$package" | tar -xO --wildcards '*.tar.xz' >"$root/tmp/source.tar.xz" ;;
    *) dpkg-deb -x "$package" "$root/tmp/kernel" ;;
  esac
  rm "$package"
done
kernel=$root/tmp/kernel
[[ -d $kernel/lib/modules ]] || { mkdir -p "$kernel/lib" && mv "$kernel/usr/lib/modules" "$kernel/lib/"; }
if [[ ! -e $kernel/boot/vmlinuz-$version ]]; then
  mkdir -p "$kernel/boot"
  mv "$kernel/lib/modules/$version/vmlinuz" "$kernel/boot/vmlinuz-$version"
fi

mkdir -p "$root/tmp/source" "$kernel/lib/modules/$version/extra"
busybox xzcat "$root/tmp/source.tar.xz" | tar -x -C "$root/tmp/source" --strip-components=1 "${modules[@]/#/$source/}"
for module in "${modules[@]}"; do
  directory=$root/tmp/source/$module
  if [[ $module = *.c ]]; then
    directory=$root/tmp/build/$(basename "$module" .c)
    mkdir -p "$directory"
    mv "$root/tmp/source/$module" "$directory/"
    echo "obj-m := $(basename "$module" .c).o" >"$directory/Makefile"
  fi
  inside make -s -C "/usr/src/linux-headers-$version" "M=${directory#"$root"}" "${configuration[@]}" modules >&2
  inside sh -c 'strip -g "$1"/*.ko' sh "${directory#"$root"}"
  mv "$directory"/*.ko "$kernel/lib/modules/$version/extra/"
done
mv "$kernel/boot" "$kernel/lib" "$to/"
