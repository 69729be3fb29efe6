#!/busybox sh
# The guest's process 1 (see vm.sh), first in the initramfs, then in this machine's files.
set -e
if [ "$1" != switched ]; then
  trap '/busybox poweroff -f' EXIT
  /busybox --install -s /bin
  mount -t proc proc /proc
  for file in /modules/*.ko; do insmod "$file"; done

  # Below, this machine's files; above, what is written, in memory.
  transport=trans=virtio,version=9p2000.L,msize=512000
  mount -t 9p -o "$transport,ro,cache=loose" files /files
  mount -t tmpfs -o size=75% above /above
  mkdir /above/upper /above/work
  mount -t overlay -o lowerdir=/files,upperdir=/above/upper,workdir=/above/work root /root

  # shellcheck disable=SC2154 # init_work and init_modules are parameters of the kernel's command line
  mkdir -p "/root$init_work" "/root/lib/modules/$(uname -r)"
  mount -t 9p -o "$transport" work "/root$init_work"
  mount --bind "/files$init_modules" "/root/lib/modules/$(uname -r)"
  mount -t proc proc /root/proc
  mount -t sysfs sysfs /root/sys
  mount -t cgroup2 cgroup2 /root/sys/fs/cgroup
  mount -t devtmpfs dev /root/dev
  mkdir -p /root/dev/pts /root/dev/shm
  mount -t devpts devpts /root/dev/pts
  mount -t tmpfs shm /root/dev/shm
  mount -t tmpfs run /root/run
  for pair in fd: stdin:/0 stdout:/1 stderr:/2; do ln -sf "/proc/self/fd${pair#*:}" "/root/dev/${pair%:*}"; done
  cp /init /busybox /root/run
  trap - EXIT
  # Only process 1 itself can do this: the kernel looks for modprobe in the root directory that it has.
  exec switch_root -c /dev/console /root /run/busybox sh /run/init switched
fi

/run/busybox ip link set lo up
/run/busybox hostname guest
# What the kernel does not load by itself.
modprobe -a tun fou fou6 sch_teql || true
export HOME=/root TERM=dumb
output=$(echo /dev/vport*p1)
: >"$init_work/vm-begun"
status=0
bash "$init_work/vm-command" </dev/null >"$output" 2>&1 || status=$?
echo "$status" >"$init_work/vm-status"
sync
/run/busybox poweroff -f
