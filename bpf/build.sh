#!/usr/bin/env bash
# Compiles every bpf/*.bpf.c to artifacts/bpf/*.o; unchanged sources are left alone.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
out=../artifacts/bpf
mkdir -p "$out"
for source in *.bpf.c; do
  object=$out/${source%.c}.o
  if [ -e "$object" ] && [ -z "$(find . -newer "$object" \( -name '*.[ch]' -o -name build.sh \))" ]; then
    continue
  fi
  # v3: atomics that return a value, 32-bit jumps.
  clang -O2 -g -target bpf -mcpu=v3 -Wall -Wextra -Werror -Wno-unused-parameter \
    -I"/usr/include/$(uname -m)-linux-gnu" -c "$source" -o "$object"
done
