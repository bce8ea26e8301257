#!/bin/bash
# `make test`: what can share the machine runs in two workers; then, alone, what is marked heavy. Arguments go to pytest.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
colour=no
[ ! -t 1 ] || colour=yes

run() { .venv/bin/pytest --color="$colour" "$@" | tee -a "$log"; }

run -n "${GWANJE_TEST_WORKERS:-2}" --dist worksteal -m "not heavy" "$@"
parallel=$?
printf '\nheavy tests, one at a time\n'
run -m heavy "$@"
heavy=$?
# 5: nothing was selected, which is right for either half when arguments choose a few tests
[ "$heavy" -ne 5 ] || [ "$parallel" -eq 5 ] || heavy=0
[ "$parallel" -ne 5 ] || [ "$heavy" -ne 0 ] || parallel=0

# both closing lines again, so that the end of the output tells the whole
printf '\n'
grep -E '=+ .* in [0-9.]+s.* =+' "$log"
exit $((parallel != 0 ? parallel : heavy))
