# The tour: what a user types, with what it prints. The "outside" is a namespace that stands for a host on the LAN; it knows
# no route to the containers, so an answer from it proves that the source address was translated.

outside=tour-outside
port=8080

say() { printf '\n# %s\n' "$*"; }
run() {
  printf '$ %s\n' "$*"
  "$@"
}
run_outside() {
  printf 'outside$ %s\n' "$*"
  nsenter --net="/run/netns/$outside" "$@"
}

# A web server that answers with who asked.
serve() {
  local root=$state/$1
  shift
  mkdir -p "$root/cgi-bin"
  cat >"$root/cgi-bin/who" <<END
#!/bin/busybox sh
# REMOTE_ADDR is [2001:db8::1], or [::ffff:192.0.2.1] for IPv4.
from=\${REMOTE_ADDR#[} from=\${from%]}
printf 'Content-Type: text/plain\r\n\r\n%s here; you come from %s\n' "$(basename "$root")" "\${from#::ffff:}"
END
  chmod +x "$root/cgi-bin/who"
  setsid "$@" busybox httpd -f -p 80 -h "$root" >/dev/null 2>&1 </dev/null &
  echo $! >>"$state/servers"
  local deadline=$((SECONDS + 10))
  until "$@" curl -fsS --max-time 2 http://127.0.0.1/cgi-bin/who >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || refuse "the web server of '$(basename "$root")' does not answer; ./quickstart --down takes away what was made."
    sleep 0.1
  done
}

outside_up() {
  ip netns add "$outside"
  ip link add tour-lan type veth peer name lan0 netns "$outside"
  ip addr add 198.51.100.1/24 dev tour-lan
  ip addr add 2001:db8:51::1/64 dev tour-lan nodad
  ip link set tour-lan up
  ip -n "$outside" addr add 198.51.100.2/24 dev lan0
  ip -n "$outside" addr add 2001:db8:51::2/64 dev lan0 nodad
  ip -n "$outside" link set lan0 up
  ip -n "$outside" link set lo up
}

tour() {
  while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
  outside_up
  serve outside nsenter --net="/run/netns/$outside"

  say "A dual-stack network with address translation"
  run ./fairway network create web
  say "Two compartments, each with an endpoint; c2 publishes its port 80 on the host's $port"
  run ./fairway namespace create c1
  run ./fairway namespace create c2
  run ./fairway endpoint create c1 --network web --namespace c1
  run ./fairway endpoint create c2 --network web --namespace c2 --publish "$port:80"
  serve c2 ./fairway exec c2 --

  say "c1 reaches c2 by name, over IPv4 and IPv6"
  run ./fairway exec c1 -- curl -4 -sS http://c2/cgi-bin/who
  run ./fairway exec c1 -- curl -6 -sS http://c2/cgi-bin/who
  say "c1 reaches a host outside, which knows no way back to c1 and sees the address of this host"
  run ./fairway exec c1 -- curl -sS http://198.51.100.2/cgi-bin/who
  run ./fairway exec c1 -- curl -sS "http://[2001:db8:51::2]/cgi-bin/who"
  say "The outside reaches c2 through the published port, and c2 sees who asked"
  run_outside curl -sS "http://198.51.100.1:$port/cgi-bin/who"
  run_outside curl -sS "http://[2001:db8:51::1]:$port/cgi-bin/who"
  say "So does this host"
  run curl -sS "http://localhost:$port/cgi-bin/who"

  say "What exists"
  run ./fairway network list
  run ./fairway namespace list
  run ./fairway endpoint list
  run ./fairway port list

  cat <<END

Everything is left running. Where to go next:
  ./fairway --help                     every command
  ./fairway monitor                    drops and new connections, live
  ./fairway doctor                     what of this host stands in the way
  ./fairway exec c1 -- bash            a shell in c1
  ./quickstart --down                  take it all away again
END
}

# Takes away what the tour made; absence is success, so that it runs before every tour.
tour_clean() {
  local pid
  if [ -f "$state/servers" ]; then
    while read -r pid; do
      tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "httpd .*-h $state/" && kill -- "-$pid" 2>/dev/null
    done <"$state/servers" || true
    rm -rf "$state/servers" "$state/outside" "$state/c2"
  fi
  if [ -n "$(daemon_pid)" ] && daemon_answers; then
    local thing
    for thing in "endpoint c1" "endpoint c2" "namespace c1" "namespace c2" "network web"; do
      # Code 3: it is not there.
      ./fairway ${thing% *} delete "${thing#* }" >/dev/null 2>"$state/refusal" || [ $? -eq 3 ] || refuse "$(cat "$state/refusal")"
    done
    rm -f "$state/refusal"
  fi
  # The cable first: the kernel takes it away by itself some time after the namespace, and its name must be free at once.
  [ ! -e /sys/class/net/tour-lan ] || ip link del tour-lan
  [ ! -e "/run/netns/$outside" ] || ip netns del "$outside"
}
