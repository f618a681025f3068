#!/usr/bin/env bash
# Builds the Debian package: compiles the programs, has them install themselves into a directory, and packs that.
# build-deb.sh [--published] writes artifacts/fairway_VERSION_ARCH.deb; --published takes the programs as they are.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

[ "${1-}" = --published ] || scripts/publish.sh
published=${FAIRWAY_PUBLISHED:-$PWD/artifacts/publish}
version=$("$published/fairway" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
package=${FAIRWAY_PACKAGE:-artifacts/fairway_${version}_$architecture.deb}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

"$published/fairway" install --root "$stage" >/dev/null
install -d "$stage/usr/share/bash-completion/completions" "$stage/usr/share/doc/fairway" "$stage/DEBIAN"
"$published/fairway" completion bash >"$stage/usr/share/bash-completion/completions/fairway"
cp LICENSE "$stage/usr/share/doc/fairway/copyright"
gzip -9nc CHANGELOG.md >"$stage/usr/share/doc/fairway/changelog.gz"
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$(du -sk "$stage" | cut -f1)/" packaging/debian/control >"$stage/DEBIAN/control"
install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$stage/DEBIAN"
chmod -R u=rwX,go=rX "$stage"

dpkg-deb --root-owner-group --build "$stage" "$package" >/dev/null
echo "$package"
