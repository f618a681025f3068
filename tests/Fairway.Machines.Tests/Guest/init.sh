#!/bin/busybox sh
# First process of the guest. Every check prints one line to the second serial port: name|ok or name|what went wrong.
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev

report() { echo "$1|$2" >/dev/ttyS1; }
# check NAME COMMAND...: runs it; its output is the reason when it fails.
check() {
  check_name=$1
  shift
  if out=$("$@" 2>&1); then report "$check_name" ok; else report "$check_name" "exit $?: $(echo "$out" | tail -n 20 | tr '\n|' ' /')"; fi
}
# says WORD COMMAND...: whether what it prints has the word.
says() {
  word=$1
  shift
  said=$("$@" 2>&1)
  case $said in *"$word"*) ;; *) echo "no '$word' in: $said"; return 1 ;; esac
}
# nic MAC: the name of the NIC that has it.
nic() { for d in /sys/class/net/*; do [ "$(cat "$d/address")" != "$1" ] || basename "$d"; done; }
# up MAC ADDRESS...: gives a NIC its addresses.
up() {
  dev=$(nic "$1")
  shift
  for address in "$@"; do ip addr add "$address" dev "$dev"; done
  ip link set "$dev" up
}

if grep -q probe /proc/cmdline; then
  report probe ok
  poweroff -f
fi
report kernel "$(uname -r)"
check modules modprobe -a virtio_pci virtio_net
echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
for d in /proc/sys/net/ipv6/conf/*; do echo 0 >"$d/accept_dad"; done
ip link set lo up
. /guest.sh
report finished ok
while :; do sleep 3600; done
