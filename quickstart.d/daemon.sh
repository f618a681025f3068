# Building, starting and stopping the daemon of the tour: instance `fairway`, socket /run/fairway/fairway.sock.

socket=/run/fairway/fairway.sock
pid_file=/run/fairway/quickstart.pid
log=/var/log/fairwayd.log

build() {
  scripts/publish.sh Fairway.Cli Fairway.Daemon || refuse "./quickstart could not build; nothing was started."
  ln -sfn artifacts/publish/fairway fairway
  ln -sfn artifacts/publish/fairwayd fairwayd
}

# The pid of the daemon this script started, or nothing: a pid file outlives its process, and pids come again.
daemon_pid() {
  local pid exe
  pid=$(cat "$pid_file" 2>/dev/null) || return 0
  exe=$(readlink "/proc/$pid/exe" 2>/dev/null) || return 0
  # A build while it runs replaces its file.
  [ "${exe% (deleted)}" != "$PWD/artifacts/publish/fairwayd" ] || echo "$pid"
}

daemon_answers() { curl -fsS --max-time 2 --unix-socket "$socket" http://localhost/v1/health >/dev/null 2>&1; }

require_free_socket() {
  if daemon_answers && [ -z "$(daemon_pid)" ]; then
    refuse "another fairwayd already serves $socket; stop it first (systemctl stop fairwayd), or use it: the tour is in quickstart.d/tour.sh."
  fi
}

daemon_start() {
  mkdir -p /run/fairway
  setsid "$(readlink -f fairwayd)" >>"$log" 2>&1 </dev/null &
  local pid=$!
  echo "$pid" >"$pid_file"
  local deadline=$((SECONDS + 30))
  until daemon_answers; do
    if ! kill -0 "$pid" 2>/dev/null; then
      tail -n 20 "$log" >&2
      refuse "fairwayd ended before it answered (its log, above: $log); ./quickstart --down takes away what was made."
    elif [ $SECONDS -ge $deadline ]; then
      tail -n 20 "$log" >&2
      refuse "fairwayd did not answer on $socket within 30 s (its log, above: $log); ./quickstart --down takes away what was made."
    fi
    sleep 0.1
  done
  echo "fairwayd runs as process $(daemon_pid), log $log"
}

daemon_stop() {
  local pid
  pid=$(daemon_pid)
  [ -n "$pid" ] || return 0
  kill "$pid"
  local deadline=$((SECONDS + 15))
  while [ -n "$(daemon_pid)" ]; do
    [ $SECONDS -lt $deadline ] || { kill -KILL "$pid"; break; }
    sleep 0.1
  done
  rm -f "$pid_file"
}

# What a stopped daemon leaves forwarding on purpose: its programs, maps, links and the settings it changed.
daemon_uninstall() {
  if [ -x artifacts/publish/fairwayd ]; then
    artifacts/publish/fairwayd --uninstall >>"$log" 2>&1 || { tail -n 20 "$log" >&2; echo "fairwayd --uninstall did not succeed (log above)" >&2; }
  fi
  grep -qx /run/fairway "$state/before/directories" || rm -rf /run/fairway
  grep -qx /var/lib/fairway "$state/before/directories" || rm -rf /var/lib/fairway
  rm -f "$log"
  if ! grep -q ' /sys/fs/bpf bpf ' "$state/before/mounts" && mountpoint -q /sys/fs/bpf; then
    rmdir /sys/fs/bpf/* 2>/dev/null || true
    [ -n "$(ls -A /sys/fs/bpf)" ] || umount /sys/fs/bpf
  fi
}
