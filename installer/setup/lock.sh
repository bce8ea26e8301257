#!/bin/bash
# `make lock`: renew the lock files. They hold hashes for every platform and name no host.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    [ -x .cache/uv/bin/uv ] || { python3 -m venv .cache/uv && .cache/uv/bin/pip install --quiet uv; }
    uv=.cache/uv/bin/uv
fi
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
compile "$@" requirements/build.in -o requirements/build.txt
compile "$@" pyproject.toml -o requirements/runtime.txt
compile "$@" pyproject.toml requirements/dev.in -c requirements/build.txt -c requirements/runtime.txt -o requirements/dev.txt
