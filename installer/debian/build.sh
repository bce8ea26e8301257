#!/bin/bash
# Build dist/gwanje_<version>_amd64.deb for Debian 12 with dpkg-deb alone.
#
# The program lies in /opt/gwanje as a virtual environment over Debian's own /usr/bin/python3 (3.11): the locked
# requirements, our wheel, and of Qt only what the program uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 022
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
say() { printf 'gwanje package: %s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}

py=$PWD/.venv/bin/python
"$py" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    die "the package is for Debian 12, whose Python is 3.11; set up with it first: make PYTHON=python3.11 setup-dev"
[ "$(dpkg --print-architecture)" = amd64 ] || die "the package is built on amd64 only"

version=$("$py" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
work=$PWD/build/debian
root=$work/root
site=$root/opt/gwanje/lib/python3.11/site-packages
rm -rf "$work" build/lib build/bdist.*
mkdir -p "$work/wheels" "$site" dist

say "our wheel, and wheels of what is published as source only"
# the binary lock is runtime.txt without the source-only packages, which are built here from their hashed source
"$py" installer/debian/split_lock.py requirements/runtime.txt "$work/binary.txt" "$work/source.txt"
"$py" -m pip wheel --quiet --no-deps --no-build-isolation --use-pep517 --require-hashes \
    -r "$work/source.txt" -w "$work/wheels"
"$py" -m pip wheel --quiet --no-deps --no-build-isolation --no-index . -w "$work/wheels"

say "the locked requirements, as wheels that run on Debian 12 (glibc 2.36)"
platforms=(--platform linux_x86_64 --platform manylinux2014_x86_64)
for minor in $(seq 36 -1 17); do platforms+=(--platform "manylinux_2_${minor}_x86_64"); done
"$py" -m pip install --quiet --no-compile --no-deps --only-binary :all: --python-version 3.11 --implementation cp \
    --abi cp311 --abi abi3 --abi none "${platforms[@]}" --require-hashes -r "$work/binary.txt" --target "$site"
rm -rf "$site/bin" # scripts of libraries, for the Python of this machine
"$py" -m pip install --quiet --no-compile --no-deps --no-index --target "$site" "$work"/wheels/*.whl
rm -rf "$site/bin"

say "leaving out the parts of Qt that the program never loads"
"$py" installer/debian/prune.py "$site"

say "launcher, menu entry, documents"
mkdir -p "$root/opt/gwanje/bin" "$root/usr/bin" "$root/usr/share/applications" \
    "$root/usr/share/icons/hicolor/scalable/apps" "$root/usr/share/doc/gwanje" "$root/DEBIAN"
ln -s /usr/bin/python3 "$root/opt/gwanje/bin/python"
printf 'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11\n' >"$root/opt/gwanje/pyvenv.cfg"
install -m 755 installer/debian/gwanje.sh "$root/usr/bin/gwanje"
install -m 644 installer/debian/gwanje.desktop "$root/usr/share/applications/"
install -m 644 resources/icons/gwanje.svg "$root/usr/share/icons/hicolor/scalable/apps/"
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: gwanje\n\n'
    printf 'Files: *\nCopyright: 2026 the gwanje authors\nLicense: Apache-2.0\n'
    printf ' On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.\n\n'
    printf 'Comment:\n'
    sed -e 's/^$/./' -e 's/^/ /' NOTICE
} >"$root/usr/share/doc/gwanje/copyright"
gzip -9nc CHANGELOG.md >"$root/usr/share/doc/gwanje/changelog.gz"

# dpkg records what it owns, so the compiled files are made here and not left behind at removal
"$py" -m compileall -q -j 2 -s "$root" -p / --invalidation-mode unchecked-hash "$site" >"$work/compile.log" ||
    say "some third-party files do not compile; they are listed in build/debian/compile.log"

depends=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -e 's/[[:space:]]*$//' installer/debian/packages-runtime.txt |
    paste -sd, | sed 's/,/, /g')
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
cat >"$root/DEBIAN/control" <<CONTROL
Package: gwanje
Version: $version
Architecture: amd64
Maintainer: The gwanje authors <gwanje@localhost>
Installed-Size: $size
Depends: python3 (>= 3.11), python3 (<< 3.12), $depends
Section: video
Priority: optional
Description: operator console for CCTV control rooms
 Shows live ONVIF and RTSP cameras on video walls of several monitors and on an
 offline map, moves PTZ cameras, and records every action of an operator.
 .
 Korean and English. "gwanje demo" opens it on a simulated district of cameras.
CONTROL
(cd "$root" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
deb=dist/gwanje_${version}_amd64.deb
dpkg-deb --root-owner-group -Zzstd -z12 --build "$root" "$deb" >&2
say "$deb: $(du -h "$deb" | cut -f1) to download, $((size / 1024)) MB installed"
