#!/usr/bin/env bash
# Runs a command under a full Debian kernel: in a QEMU guest that has this machine's files, programs and working tree.
#
#   scripts/vm.sh [-t SECONDS] [-o DIRECTORY] COMMAND [ARGUMENT...]
#   scripts/vm.sh -n            tells whether a guest can be started here without making a kernel, and what is missing
#
# The command runs as root in the current directory, with PATH and all NETPLUMB_* variables. What it writes to standard
# output and standard error comes out on standard output; the exit status is its own, or 124 past the time limit, or 125
# where the guest ended without a word. All it writes to files is thrown away, except in DIRECTORY (-o), which is shared
# under the same path and also gets this script's own files, vm-*. NETPLUMB_GUEST=1 tells the command that the machine is
# thrown away afterwards.
#
# The kernel is that of $NETPLUMB_VM_KERNEL (a Debian kernel package, unpacked by `dpkg-deb -x`), else the newest in the
# cache, else what vm-kernel.sh makes there: Debian's newest and what it lacks; nothing is installed. The machine is
# emulated in software, as a /dev/kvm that is there may not run other kernels. Processes start 10 to 20 times slower than
# outside.
set -euo pipefail
export NETPLUMB_SLOW=${NETPLUMB_SLOW:-10} NETPLUMB_GUEST=1
scripts=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cache=${XDG_CACHE_HOME:-~/.cache}/netplumb/vm
PATH=$PATH:/usr/sbin:/sbin
seconds=600 work='' is_query=''

die() {
  echo "vm.sh: $1" >&2
  exit 125
}

while getopts t:o:n option; do
  case $option in
    t) seconds=$OPTARG ;;
    o) work=$(realpath "$OPTARG") ;;
    n) is_query=1 ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[[ $# -gt 0 || $is_query ]] || die 'no command'

missing=()
for program in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static modprobe:kmod; do
  command -v "${program%:*}" >/dev/null || missing+=("${program#*:}")
done
[[ ${#missing[@]} = 0 ]] || die "missing: install ${missing[*]}"
[[ $(uname -m) = x86_64 ]] || die 'made for x86-64 only'

# Makes a kernel in the cache; what others have left half made goes.
make() {
  "$scripts/rtnetlink-answers.sh" || die 'apt cannot be used, as rtnetlink does not answer'
  local directory log
  rm -rf --one-file-system "$cache"/new.*
  directory=$(mktemp -d "$cache/new.XXXXXX")
  log=$directory.log
  if ! "$scripts/vm-kernel.sh" "$directory" >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -rf --one-file-system "$directory" "$log"
    die 'no kernel could be made'
  fi
  rm "$log"
  mv -T "$directory" "$cache/full-$(basename "$directory"/lib/modules/*)"
}

newest() { { find "$cache" -maxdepth 1 -name 'full-*' 2>/dev/null || true; } | sort -V | tail -n 1; }
kernel=${NETPLUMB_VM_KERNEL:-$(newest)}
if [[ -z $kernel ]]; then
  [[ -z $is_query ]] || die "missing: a kernel in $cache (NETPLUMB_VM=1 makes it)"
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  # Somebody else may have made it meanwhile.
  [[ $(newest) ]] || make 9>&-
  exec 9>&-
  kernel=$(newest)
fi
kernel=$(realpath "$kernel")
image=$(find "$kernel/boot" -name 'vmlinuz-*' -print -quit) || true
version=${image##*/vmlinuz-}
base=$kernel
[[ -d $base/lib/modules/$version ]] || base=$kernel/usr
[[ $image && -d $base/lib/modules/$version ]] || die "no unpacked kernel package: $kernel"
[[ -z $is_query ]] || exit 0
[[ -s $base/lib/modules/$version/modules.dep ]] || depmod -b "$base" "$version"

if [[ -z $work ]]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
{
  printf 'cd %q\n' "$PWD"
  for name in PATH "${!NETPLUMB_@}"; do printf 'export %s=%q\n' "$name" "${!name}"; done
  printf 'exec'
  printf ' %q' "$@"
} >"$work/vm-command"

# The guest's first file system: a shell, the init script and the modules that bring this machine's files.
first=$work/vm-initramfs
mkdir -p "$first"/{bin,modules,proc,files,above,root}
cp "$(command -v busybox)" "$first/busybox"
# Debian has a busybox that is not static, too.
{ ldd "$first/busybox" 2>/dev/null || true; } | { grep -o '/[^ ]*' || true; } | xargs -r cp -L --parents -t "$first"
cp "$scripts/vm-init.sh" "$first/init"
for module in virtio_pci 9pnet_virtio 9p overlay; do
  modprobe -d "$base" -S "$version" --show-depends "$module"
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | {
  number=10
  while read -r file; do
    if [[ $file = *.xz ]]; then busybox xzcat "$file"; else cat "$file"; fi >"$first/modules/$((number++)).ko"
  done
}
(cd "$first" && find . | busybox cpio -o -H newc 2>/dev/null) >"$first.cpio"
rm -r "$first"

share() { echo "local,id=$1,path=$2,security_model=none,multidevs=remap$3"; }
qemu=(
  qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot
  -accel tcg,tb-size=512 -cpu max,-la57 -smp 2 -m 3072
  -kernel "$image" -initrd "$first.cpio"
  -append "console=ttyS0 quiet panic=-1 mitigations=off init_work=$work init_modules=$base/lib/modules/$version"
  -serial "file:$work/vm-console"
  -fsdev "$(share files / ,readonly=on)" -device virtio-9p-pci,fsdev=files,mount_tag=files
  -fsdev "$(share work "$work" '')" -device virtio-9p-pci,fsdev=work,mount_tag=work
  -device virtio-rng-pci -device virtio-serial-pci
  -chardev file,id=output,path=/dev/stdout,append=on -device virtserialport,chardev=output
)

# Now and then an emulated machine dies while it boots: it gets a second chance as long as the command has not begun.
for _ in 1 2; do
  rm -f "$work/vm-begun" "$work/vm-status"
  status=0
  # In the foreground, thus in this process group: who kills the group gets QEMU too. The pipe is for QEMU, which opens
  # its standard output anew and could not if that were a socket.
  timeout --foreground -k 5 "$seconds" "${qemu[@]}" </dev/null | cat || status=$?
  [[ ! -s $work/vm-status ]] || exit "$(<"$work/vm-status")"
  [[ $status != 124 ]] || { echo "vm.sh: killed after $seconds s" >&2; exit 124; }
  [[ ! -e $work/vm-begun ]] || break
done
tail -n 30 "$work/vm-console" >&2
die "the guest ended without a word (QEMU: $status)"
