#!/usr/bin/env bash
# Runs a command under a full Debian kernel, in a QEMU guest that is thrown away afterwards.
#
#   scripts/vm.sh [-t SECONDS] [-o DIRECTORY] COMMAND [ARGUMENT...]
#   scripts/vm.sh --probe           only says whether it could: exit status 0, or 1 and what is missing
#
# The guest sees this machine's files; what it writes is lost, except below /out, which is DIRECTORY here. Software
# emulation always: no KVM is needed. The exit status is the command's; 124 when time ran out, 125 when the guest died.
#
# The kernel is an unpacked Debian package: $NETPLUMB_VM_KERNEL, or one in the cache, or downloaded into the cache.
set -euo pipefail

seconds=900 out='' probe=''
while [ $# -gt 0 ]; do
  case $1 in
    -t) seconds=$2; shift 2 ;;
    -o) out=$2; shift 2 ;;
    --probe) probe=yes; shift ;;
    *) break ;;
  esac
done
PATH=$PATH:/usr/sbin:/sbin
fail() { echo "vm: $*" >&2; exit 125; }

missing=''
for tool in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static modprobe:kmod xz:xz-utils; do
  command -v "${tool%:*}" >/dev/null || missing="$missing ${tool#*:}"
done
if [ -n "$missing" ]; then
  if [ -z "$probe" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 </dev/null
  else
    echo "vm: missing Debian packages:$missing" >&2
    exit 1
  fi
fi

cache=${XDG_CACHE_HOME:-$HOME/.cache}/netplumb/vm
kernel=${NETPLUMB_VM_KERNEL:-}
[ -n "$kernel" ] || kernel=$(find "$cache" -mindepth 1 -maxdepth 1 -name 'linux-image-*' -type d 2>/dev/null | sort -V | tail -n 1)
if [ -z "$kernel" ]; then
  [ -z "$probe" ] || { echo "vm: no kernel in $cache yet" >&2; exit 1; }
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  [ -n "$package" ] || fail 'apt knows no Debian kernel (linux-image-amd64): apt-get update, or set NETPLUMB_VM_KERNEL'
  mkdir -p "$cache/download"
  (cd "$cache/download" && apt-get download -qq "$package" >&2 && dpkg-deb -x ./*.deb "../$package.part")
  mv "$cache/$package.part" "$cache/$package"
  rm -r "$cache/download"
  kernel=$cache/$package
fi
image=$(find "$kernel/boot" -name 'vmlinuz-*' | head -n 1)
[ -n "$image" ] || fail "no kernel image below $kernel/boot"
[ -z "$probe" ] || exit 0
version=${image##*/vmlinuz-}
[ $# -gt 0 ] || fail 'no command'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -n "$out" ] || out=$work/out
mkdir -p "$out" "$work/root/bin" "$work/root/modules"

# What the guest needs to see its root file system; everything else is loaded by its own modprobe.
cp "$(command -v busybox)" "$work/root/bin/busybox"
number=100
for module in virtio_pci 9pnet_virtio 9p overlay; do
  modprobe -d "$kernel" -S "$version" --show-depends "$module" 2>/dev/null
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
  case $file in
    *.xz) xz -dc "$file" >"$work/root/modules/$number.ko" ;;
    *) cp "$file" "$work/root/modules/$number.ko" ;;
  esac
  number=$((number + 1))
done

cat >"$work/root/init" <<INIT
#!/bin/busybox sh
b=/bin/busybox
\$b mkdir -p /proc /sys /host /over /new
\$b mount -t proc proc /proc
for module in /modules/*.ko; do \$b insmod \$module; done
share=trans=virtio,version=9p2000.L,msize=512000
\$b mount -t 9p -o \$share,ro,cache=loose host /host || exec \$b poweroff -f
\$b mount -t tmpfs -o size=70% over /over
\$b mkdir /over/upper /over/work
\$b mount -t overlay -o lowerdir=/host,upperdir=/over/upper,workdir=/over/work new /new
\$b mkdir -p /new/out /new/proc /new/sys /new/dev /new/run /new/tmp /new/lib/modules/$version
\$b mount -t 9p -o \$share out /new/out
\$b mount -t proc proc /new/proc
\$b mount -t sysfs sys /new/sys
\$b mount -t devtmpfs dev /new/dev
\$b mkdir -p /new/dev/pts /new/dev/shm
\$b mount -t devpts pts /new/dev/pts
\$b mount -t tmpfs shm /new/dev/shm
\$b mount -t tmpfs run /new/run
\$b mount -t tmpfs tmp /new/tmp
\$b mount -t cgroup2 cgroup /new/sys/fs/cgroup
\$b mount -o bind /host$kernel/lib/modules/$version /new/lib/modules/$version
\$b ln -s /proc/self/fd /new/dev/fd
\$b ip link set lo up
\$b umount /proc
exec \$b switch_root /new /bin/sh /out/job
INIT
chmod +x "$work/root/init"
(cd "$work/root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initrd"

{
  echo "export HOME=/root PATH='$PATH'"
  echo "cd '$PWD'"
  printf '%q ' "$@"
  echo '</dev/null >/out/output 2>&1'
  echo "echo \$? >/out/status; sync; echo o >/proc/sysrq-trigger; sleep 60"
} >"$out/job"
rm -f "$out/status" "$out/output"

status=0
timeout -k 5 "$seconds" qemu-system-x86_64 -accel tcg,thread=multi,tb-size=512 -cpu max,-la57 -smp 2 -m 4096 \
  -nodefaults -no-user-config -display none -no-reboot -serial "file:$work/console" \
  -kernel "$image" -initrd "$work/initrd" -append 'console=ttyS0 quiet panic=-1' \
  -fsdev local,id=host,path=/,security_model=none,multidevs=remap,readonly=on -device virtio-9p-pci,fsdev=host,mount_tag=host \
  -fsdev "local,id=out,path=$out,security_model=none" -device virtio-9p-pci,fsdev=out,mount_tag=out </dev/null || status=$?
[ ! -e "$out/output" ] || cat "$out/output"
[ ! -s "$out/status" ] || exit "$(cat "$out/status")"
[ "$status" != 124 ] || { echo "vm: $seconds s were not enough" >&2; exit 124; }
tail -n 20 "$work/console" >&2
fail "the guest ended without a result (qemu: $status)"
