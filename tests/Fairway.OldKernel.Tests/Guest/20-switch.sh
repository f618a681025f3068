# Two namespaces on one network of the switch, wired by hand: rows of bpf/layout.h in hexadecimal, as bpftool wants them.

# row MAP KEY VALUE
row() { bpftool map update pinned "/sys/fs/bpf/$1" key hex $2 value hex $3; }
zeroes() { for _ in $(seq "$1"); do printf '00 '; done; }
little() { printf '%02x %02x %02x %02x ' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)); }
# 192.0.2.N, mapped
address() { printf '%sff ff c0 00 02 %02x ' "$(zeroes 10)" "$1"; }

# wire NAME PORT: namespace NAME with 192.0.2.PORT behind host link h-NAME
wire() {
  ip netns add "$1" && ip link add "h-$1" type veth peer name eth0 netns "$1" &&
    ip -n "$1" link set eth0 address "02:00:00:00:00:0$2" && ip -n "$1" addr add "192.0.2.$2/24" dev eth0 &&
    ip -n "$1" link set eth0 up && ip link set "h-$1" up &&
    tc qdisc add dev "h-$1" clsact &&
    tc filter add dev "h-$1" ingress pref 1 handle 1 bpf da pinned /sys/fs/bpf/switch/programs/from_endpoint classid "0:$2" || return 1
  # flags LIVE, generation 1, network 1, ifindex, address4, no address6, MAC, MTU 1500
  row ports "$(little "$2")" "$(little 1)$(little 1)$(little 1)$(little "$(cat "/sys/class/net/h-$1/ifindex")")$(address "$2")$(zeroes 16)02 00 00 00 00 0$2 dc 05 $(zeroes 8)" &&
    row addresses "$(little 1)$(address "$2")" "$(little "$2")"
}

ping_switch() {
  # flags LIVE, no host vNIC, gateway 192.0.2.254, MAC, MTU
  row networks "$(little 1)" "$(little 1)$(little 0)$(address 254)$(zeroes 16)02 00 00 00 00 fe dc 05 $(zeroes 12)" &&
    wire c1 1 && wire c2 2 && nsenter --net=/run/netns/c1 ping -c 3 -W 5 192.0.2.2
}

spoof_switch() {
  ip -n c1 addr add 192.0.2.9/24 dev eth0 && ! nsenter --net=/run/netns/c1 ping -c 1 -W 1 -I 192.0.2.9 192.0.2.2
}

check "ping switch" ping_switch
check "spoof switch" spoof_switch
