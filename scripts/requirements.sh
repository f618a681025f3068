# What ./test and ./quickstart ask of the machine. Sourced; every refusal is one sentence and changes nothing.

refuse() {
  echo "$*" >&2
  exit 1
}

require_root() {
  [ "$(id -u)" -eq 0 ] || refuse "$1 needs root: it makes network namespaces and loads eBPF programs; run it as root or with sudo."
}

require_sdk() {
  local sdks
  sdks=$(dotnet --list-sdks 2>/dev/null) || true
  grep -q '^10\.' <<<"$sdks" ||
    refuse "$1 needs the .NET 10 SDK and found ${sdks:+only $(cut -d' ' -f1 <<<"$sdks" | paste -sd' ')}${sdks:-none}; install it (https://dotnet.microsoft.com/download) and see that 'dotnet' is on root's PATH."
}

# The switch is tested on 6.1 (Debian 12) and newer.
require_kernel() {
  local major minor
  IFS=.- read -r major minor _ < <(uname -r)
  if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
    refuse "$1 needs Linux 6.1 or newer and this is $(uname -r); boot a newer kernel (Debian 12 and Ubuntu 24.04 have one)."
  fi
  [ -r /sys/kernel/btf/vmlinux ] || refuse "$1 needs a kernel with BTF (/sys/kernel/btf/vmlinux is missing); boot the distribution's own kernel."
}

# Installs what is missing of the packages named after the first argument (who needs them), and says so.
require_packages() {
  local who=$1 package missing=()
  shift
  command -v dpkg-query >/dev/null || refuse "$who installs Debian packages and found no dpkg; install the equivalents of: $*."
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get -qq -o DPkg::Lock::Timeout=300 update &&
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    refuse "$who could not install ${missing[*]} with apt-get (its output is above); install them by hand and run it again."
  fi
  rm -f "$log"
}
