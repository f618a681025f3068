# What a machine looks like to its network stack, one file per kind, without what changes by itself (counters, lifetimes).

snapshot() {
  rm -rf "$1"
  mkdir -p "$1"
  ip -d -o link | sed -E 's/^[0-9]+: //; s/ (promiscuity|numtxqueues|numrxqueues|gso_[a-z_0-9]+|gro_[a-z_0-9]+|tso_[a-z_0-9]+) [0-9]+//g; s/@if[0-9]+//; s/ link-netnsid [0-9]+//' | sort >"$1/links"
  ip -o addr | sed -E 's/^[0-9]+: //; s/(valid_lft|preferred_lft) [0-9a-z]+//g' | sort >"$1/addresses"
  { ip route show table all; ip -6 route show table all; } | sed -E 's/ expires [0-9]+sec//; s/ +$//' | sort >"$1/routes"
  { ip rule; ip -6 rule; } >"$1/rules"
  { ip neigh show nud permanent; ip neigh show proxy; } >"$1/neighbours"
  ls -1 /run/netns >"$1/namespaces" 2>/dev/null || true
  grep ' /sys/fs/bpf bpf ' /proc/mounts >"$1/mounts" || true
  find /sys/fs/bpf -mindepth 1 2>/dev/null | sort >"$1/bpffs"
  # Some settings are write-only or refuse to be read: what cannot be read is left out on both sides.
  find /proc/sys/net -type f -readable 2>/dev/null | sort | grep -vE '/(nf_conntrack_count|tcp_fastopen_key|stable_secret|flush)$' |
    while read -r key; do printf '%s %s\n' "$key" "$(tr '\t\n' '  ' <"$key" 2>/dev/null)"; done >"$1/sysctls"
  nft list ruleset 2>/dev/null | sed -E 's/counter packets [0-9]+ bytes [0-9]+/counter/' >"$1/nft"
  ip -o link | sed -E 's/^[0-9]+: ([^:@]+).*/\1/' | sort | while read -r link; do
    tc qdisc show dev "$link" | sed -E 's/ (refcnt|limit) [0-9a-z]+//g'
    for hook in ingress egress; do tc filter show dev "$link" "$hook" 2>/dev/null | sed "s/^/$link $hook /"; done
  done >"$1/filters"
  ls -1d /run/fairway /var/lib/fairway /etc/netns 2>/dev/null >"$1/directories" || true
}

# A kernel module that was loaded on demand stays and brings settings of its own: settings are compared where they existed before.
# Namespaces and bpffs are everybody's: what others made or took away there meanwhile is told, and is no difference.
compare() {
  local kind same=0 ours='(^[<>] |/)(fairway|tour-)'
  awk 'NR == FNR { known[$1]; next } $1 in known' "$1/sysctls" "$2/sysctls" >"$2/sysctls.known"
  mv "$2/sysctls.known" "$2/sysctls"
  for kind in "$1"/*; do
    kind=$(basename "$kind")
    diff "$1/$kind" "$2/$kind" >"$2/difference" && continue
    case $kind in
      namespaces | bpffs)
        if ! grep -qE "$ours" "$2/difference"; then
          echo "others changed $kind meanwhile: $(grep -c '^[<>]' "$2/difference") entries"
          continue
        fi
        ;;
    esac
    echo "$kind:"
    cat "$2/difference"
    same=1
  done
  rm -f "$2/difference"
  return $same
}
