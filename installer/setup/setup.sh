#!/bin/bash
# Make a checkout ready to run: system packages, a virtual environment from the locked requirements, map assets and
# WSDLs, translations. Each step is skipped when its inputs have not changed since it was last done.
#
# usage: setup.sh runtime|dev      (dev adds what the tests and checks need)
# PYTHON chooses the interpreter; otherwise the first of python3, python3.11, 3.12, 3.13 that is new enough.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
kind=${1:?usage: setup.sh runtime|dev}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

say() { printf 'gwanje set-up: %s\n' "$*" >&2; }
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
# fresh STAMP KEY: whether the step was done with these inputs
fresh() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" && command -v "$PYTHON" && return
        say "PYTHON=$PYTHON is not a Python 3.11 to 3.13"
        return 1
    fi
    for candidate in python3 python3.11 python3.12 python3.13; do
        suits "$candidate" && command -v "$candidate" && return
    done
    say "no Python 3.11, 3.12 or 3.13 on this machine; install one, or name it: make PYTHON=/path/to/python3.11 ..."
    return 1
}

lists=(installer/debian/packages-runtime.txt)
[ "$kind" = runtime ] || lists+=(installer/debian/packages-test.txt)
also=()
build_venv=
has_pip() { "$1" -c 'import sys, importlib.util; sys.exit(importlib.util.find_spec("pip") is None)' 2>/dev/null; }
made_with=$(cat .venv/made-with 2>/dev/null || true)
if ! { suits .venv/bin/python && has_pip .venv/bin/python; } ||
    { [ -n "${PYTHON:-}" ] && [ -n "$made_with" ] && [ "$made_with" != "$PYTHON" ]; }; then
    build_venv=yes
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian and Ubuntu ship venv apart from their Python
        also=(--also "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
    fi
fi
bash installer/setup/system_packages.sh "${also[@]}" "${lists[@]}"

if [ -n "$build_venv" ]; then
    say "making .venv with $("$python" --version) ($python)"
    "$python" -m venv --clear .venv
    printf '%s' "${PYTHON:-$python}" >.venv/made-with
fi
py=$PWD/.venv/bin/python

# dev.txt holds everything in runtime.txt, so a stamp of dev stands for both
source_key=$(hash_of pyproject.toml setup.py requirements/build.txt)$PWD
runtime_key="$(hash_of requirements/runtime.txt)$source_key"
dev_key="$(hash_of requirements/dev.txt)$source_key"
if [ "$kind" = runtime ]; then
    key=$runtime_key
else
    key=$dev_key
fi
if ! fresh ".venv/stamp-$kind" "$key" && ! { [ "$kind" = runtime ] && fresh .venv/stamp-dev "$dev_key"; }; then
    say "installing the locked Python packages of requirements/$kind.txt (some hundred megabytes the first time)"
    rm -f .venv/stamp-runtime .venv/stamp-dev
    pip=("$py" -m pip --retries 5 --timeout 60 install --quiet)
    "${pip[@]}" --require-hashes -r requirements/build.txt
    # no build isolation: an isolated build would fetch its tools without a hash
    "${pip[@]}" --no-build-isolation --use-pep517 --require-hashes -r "requirements/$kind.txt"
    "${pip[@]}" --no-deps --no-build-isolation --no-index --force-reinstall --editable .
    printf '%s' "$key" >".venv/stamp-$kind"
fi

assets_key=$(hash_of requirements/assets.txt installer/setup/unpack_assets.py)
if ! fresh resources/vendor/stamp "$assets_key"; then
    say "unpacking the map library and the ONVIF service descriptions into resources/vendor"
    mkdir -p .cache/assets
    "$py" -m pip --retries 5 --timeout 60 download --quiet --no-deps --only-binary :all: --require-hashes \
        -r requirements/assets.txt -d .cache/assets
    "$py" installer/setup/unpack_assets.py requirements/assets.txt .cache/assets resources/vendor
    printf '%s' "$assets_key" >resources/vendor/stamp
fi

shopt -s nullglob
for ts in resources/translations/*.ts; do
    qm=${ts%.ts}.qm
    if [ ! -f "$qm" ] || [ "$ts" -nt "$qm" ]; then
        .venv/bin/pyside6-lrelease -silent "$ts" -qm "$qm" >&2
        touch "$qm"
    fi
done
