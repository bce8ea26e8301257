#!/bin/bash
# `make check`: every check runs, so that one run names all that is wrong.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin=.venv/bin
failed=()
step() {
    local name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed+=("$name")
}
sources=(src tests installer setup.py)
step "ruff format" "$bin/ruff" format --check "${sources[@]}"
step "ruff check" "$bin/ruff" check "${sources[@]}"
step "mypy" "$bin/mypy"
step "import-linter" "$bin/lint-imports"
step "house rules" "$bin/python" installer/setup/house.py
step "translations" "$bin/python" installer/setup/translations.py check
if [ ${#failed[@]} -gt 0 ]; then
    printf '\nmake check: failed: %s\n' "$(IFS=,; echo "${failed[*]}")" >&2
    exit 1
fi
printf '\nmake check: all passed\n'
