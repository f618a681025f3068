# Loads and attaches every program of every object, then passes a ping between two namespaces with nothing of ours in the way:
# if that fails, the guest is at fault and no other answer counts.
ping_plain() {
  ip netns add left && ip netns add right &&
    ip -n left link add eth0 type veth peer name eth0 netns right &&
    for side in "left 1" "right 2"; do
      set -- $side
      ip -n "$1" addr add "192.0.2.$2/24" dev eth0 && ip -n "$1" link set eth0 up || return 1
    done
  nsenter --net=/run/netns/left ping -c 1 -W 5 192.0.2.2
}

attach() {
  type=$(bpftool prog show pinned "$1" | sed -n '1s/^[0-9]*: \([a-z_]*\) .*/\1/p')
  case $type in
    sched_cls)
      ip link add probe0 type veth peer name probe1 && ip link set probe0 up && ip link set probe1 up &&
        tc qdisc add dev probe0 clsact &&
        tc filter add dev probe0 ingress pref 1 handle 1 bpf da pinned "$1" &&
        tc filter add dev probe0 egress pref 1 handle 1 bpf da pinned "$1"
      result=$?
      ip link del probe0
      return $result
      ;;
    cgroup_* | sock_ops)
      for hook in connect4 connect6 sendmsg4 sendmsg6 recvmsg4 recvmsg6 getpeername4 getpeername6 getsockname4 getsockname6 \
        bind4 bind6 post_bind4 post_bind6 sock_create sock_release ingress egress sock_ops getsockopt setsockopt; do
        bpftool cgroup attach /sys/fs/cgroup "$hook" pinned "$1" 2>/dev/null || continue
        bpftool cgroup detach /sys/fs/cgroup "$hook" pinned "$1"
        return
      done
      echo "no cgroup hook takes it"
      return 1
      ;;
    *)
      echo "no known way to attach a program of type '$type'"
      return 1
      ;;
  esac
}

load() {
  # Maps that ask to be pinned by name land in /sys/fs/bpf itself.
  mkdir -p "/sys/fs/bpf/$2/programs" && bpftool prog loadall "$1" "/sys/fs/bpf/$2/programs"
}

check "ping plain" ping_plain
for object in /bpf/*.o; do
  [ -e "$object" ] || continue
  name=$(basename "$object" .bpf.o) # bpffs takes no dots
  check "load $name" load "$object" "$name"
  for program in /sys/fs/bpf/"$name"/programs/*; do
    [ -e "$program" ] && check "attach $name $(basename "$program")" attach "$program"
  done
done
