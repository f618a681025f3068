#!/usr/bin/env bash
# Compiles the products ahead of time into artifacts/publish, as users get them: every project of src/ that says PublishAot, or those named.
# publish.sh [PROJECT...]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

products=("$@")
[ $# -gt 0 ] || mapfile -t products < <(grep -lE '<PublishAot>true' src/*/*.csproj | xargs -n1 dirname | xargs -n1 basename)
log=artifacts/publish.log
mkdir -p artifacts

[ ! -x bpf/build.sh ] || bpf/build.sh
for project in "${products[@]}"; do
  program=$(sed -nE 's:.*<AssemblyName>(.*)</AssemblyName>.*:\1:p' "src/$project/$project.csproj")
  # A minute of silence looks like a hang.
  printf '%-18s' "${program:-$project}"
  start=$SECONDS
  if ! dotnet publish "src/$project" -c Release -v q --nologo -o artifacts/publish >"$log" 2>&1 </dev/null; then
    echo
    tail -n 40 "$log" >&2
    echo "publish '$project': dotnet publish failed (its output is above and in $log)" >&2
    exit 1
  fi
  echo "$((SECONDS - start)) s"
done
# Of the libraries, which are inside the programs.
rm -f artifacts/publish/*.pdb
