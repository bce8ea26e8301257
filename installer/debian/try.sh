#!/bin/bash
# Install the package into a clean Debian 12 and run its demo there, as an ordinary user. Needs root and debootstrap.
#
# DEBIAN_MIRROR chooses the mirror. The clean root lies in a temporary folder and is removed at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
say() { printf 'gwanje package-test: %s\n' "$*" >&2; }
deb=$(ls -t dist/gwanje_*_amd64.deb | head -1)
[ "$(id -u)" -eq 0 ] || { say "this needs root: sudo make package-test"; exit 1; }
command -v debootstrap >/dev/null || { say "this needs debootstrap: apt-get install debootstrap"; exit 1; }

place=$(mktemp -d /var/tmp/gwanje-debian12.XXXXXX)
root=$place/root
tidy() {
    # deepest first; nothing is removed while something of this machine is still mounted inside
    awk '{print $2}' /proc/self/mounts | grep "^$root/" | sort -r | while read -r mount; do
        umount "$mount" || umount -l "$mount"
    done
    rm -rf --one-file-system "$place"
}
trap tidy EXIT

say "a clean Debian 12"
mkdir -p "$root"
debootstrap --variant=minbase bookworm "$root" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$place/debootstrap.log" ||
    { tail -20 "$place/debootstrap.log" >&2; exit 1; }
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sys "$root/sys"
mount -t tmpfs -o mode=755 dev "$root/dev"
for node in null zero full random urandom tty; do
    touch "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/dev/shm" && mount -t tmpfs -o mode=1777 shm "$root/dev/shm"

say "apt install $deb"
cp "$deb" "$root/var/tmp/gwanje.deb"
# the network's own names are the host's
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb DEBIAN_FRONTEND=noninteractive "$@"; }
inside apt-get -q -y -o Acquire::Retries=5 update >"$place/apt.log"
inside apt-get -q -y -o Acquire::Retries=5 install --no-install-recommends /var/tmp/gwanje.deb >>"$place/apt.log" ||
    { tail -30 "$place/apt.log" >&2; exit 1; }

say "every shared library is found"
missing=$(inside sh -c 'find /opt/gwanje -type f \( -name "*.so*" -o -name QtWebEngineProcess \) | xargs ldd 2>/dev/null |
    grep "not found" | sort -u' || true)
[ -z "$missing" ] || { say "missing: $missing"; exit 1; }

say "gwanje demo --headless 20, as an ordinary user"
inside useradd --create-home --home-dir /srv/agent agent
# Inside a chroot the kernel grants no user namespaces, so Chromium's sandbox cannot work there.
inside runuser -u agent -- env HOME=/srv/agent QTWEBENGINE_DISABLE_SANDBOX=1 sh -c \
    'cd && exec timeout --kill-after 10 180 gwanje demo --headless 20 --screenshot demo.png --report demo.json'
cp "$root/srv/agent/demo.json" dist/package-test.json
cp "$root/srv/agent/demo.png" dist/package-test.png
.venv/bin/python - dist/package-test.json <<'CHECK'
import json
import sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = [
    words
    for words, right in {
        "not every tile is live": report["tiles_live"] == report["tiles"] == 9,
        "the camera was not moved and stopped": report["ptz_moved"] and report["ptz_stopped"],
        "the map has no markers": report["map_markers"] > 0,
        "nothing was recorded": report["audit_rows"] > 0,
        f"errors: {report['errors']}": not report["errors"],
    }.items()
    if not right
]
sys.exit("; ".join(wrong) if wrong else 0)
CHECK

say "removal leaves nothing"
inside apt-get -q -y purge gwanje >>"$place/apt.log"
[ ! -e "$root/opt/gwanje" ] || { say "left: $(find "$root/opt/gwanje" | head -5)"; exit 1; }
say "passed; the picture is in dist/package-test.png"
