#!/bin/busybox sh
# First process of the guest. Every check prints one line to the second serial port: name|ok or name|what went wrong.
/bin/busybox --install -s /bin
export PATH=/usr/sbin:/bin:/dotnet HOME=/root TMPDIR=/tmp
# busybox runs its own applets before it looks at PATH
ip() { /usr/sbin/ip "$@"; }
tc() { /usr/sbin/tc "$@"; }
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run/netns
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ip link set lo up

report() { echo "$1|$2" >/dev/ttyS1; }
# check NAME COMMAND...: runs it; its output is the reason when it fails.
check() {
  check_name=$1
  shift
  if out=$("$@" 2>&1); then report "$check_name" ok; else report "$check_name" "exit $?: $(echo "$out" | tail -n 40 | tr '\n|' ' /')"; fi
}

report kernel "$(uname -r)"
check "mount bpffs" mount -t bpf bpf /sys/fs/bpf
for module in veth sch_ingress cls_bpf sch_tbf dummy bridge vxlan ifb tun; do
  check "module $module" modprobe "$module"
done
for script in /checks/*.sh; do
  . "$script"
done
report finished ok
poweroff -f
