#!/bin/busybox sh
# What udhcpc calls with what it was told.
[ "$1" = bound ] || exit 0
ip addr add "$ip/$mask" dev "$interface"
ip route add default via "$router"
for server in $dns; do echo "nameserver $server" >>/etc/resolv.conf; done
