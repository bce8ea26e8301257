#!/bin/bash
# `make demo`: on the display if there is one, else on one of its own, leaving a picture and a report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
say() { printf 'gwanje demo: %s\n' "$*" >&2; }

# Chromium's sandbox wants an ordinary user and user namespaces. The demo's map shows only our own local page, so
# where the sandbox cannot work (root, some containers) the demo goes without it and says so.
if [ -z "${QTWEBENGINE_DISABLE_SANDBOX:-}" ] && { [ "$(id -u)" -eq 0 ] || ! unshare --user true 2>/dev/null; }; then
    say "the web engine's sandbox cannot work for this user here; the map runs without it"
    export QTWEBENGINE_DISABLE_SANDBOX=1
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/gwanje demo
fi
say "no display here: running for 20 seconds on one of its own"
status=0
.venv/bin/gwanje demo --headless 20 --screenshot demo.png --report demo.json || status=$?
[ ! -s demo.png ] || say "the picture is in $PWD/demo.png, the figures are in $PWD/demo.json"
exit "$status"
