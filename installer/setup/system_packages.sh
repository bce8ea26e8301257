#!/bin/bash
# Install the Debian or Ubuntu packages of the given lists that are missing. Touches nothing when none is.
#
# usage: system_packages.sh [--also PACKAGE]... LIST...
set -euo pipefail

say() { printf 'gwanje set-up: %s\n' "$*" >&2; }

wanted=()
while [ $# -gt 0 ]; do
    if [ "$1" = --also ]; then
        wanted+=("$2")
        shift 2
    else
        while IFS= read -r line; do
            line=${line%%#*}
            [ -z "${line//[[:space:]]/}" ] || wanted+=("$line")
        done <"$1"
        shift
    fi
done

if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian or Ubuntu, so system packages are left to you. By their Debian names: ${wanted[*]}"
    exit 0
fi

# a trailing space after each name keeps "libgl1" from matching "libgl1-mesa-dri"
installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ' | sed -E 's/(^| )(not-installed|config-files|half-[a-z]+|unpacked|triggers-[a-z]+) [^ ]+//g; s/(^| )installed / /g') "
missing=()
for choice in "${wanted[@]}"; do
    found=
    IFS='|' read -ra names <<<"${choice//[[:space:]]/}"
    for name in "${names[@]}"; do
        case "$installed" in *" $name "*) found=yes ;; esac
    done
    [ -n "$found" ] || missing+=("${names[*]}")
done
[ ${#missing[@]} -gt 0 ] || exit 0

# pick NAME...: the first that this machine's package lists hold; fails when they hold none
pick() {
    local name known
    for name in "$@"; do
        known=$(LC_ALL=C apt-cache policy "$name" 2>/dev/null)
        [[ $known =~ Candidate:\ [^\(] ]] && echo "$name" && return
    done
    return 1
}

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then
        first=()
        # shellcheck disable=SC2086 # the names of a choice are words
        for choice in "${missing[@]}"; do first+=("$(pick $choice || echo "${choice%% *}")"); done
        say "these system packages are missing, and installing them needs root. Run this, then try again:"
        printf '\n    apt-get update && apt-get install --no-install-recommends %s\n\n' "${first[*]}" >&2
        exit 1
    fi
fi
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2
}

say "installing ${#missing[@]} system packages with apt (once): ${missing[*]}"
apt update || say "apt-get update did not reach every source; going on with what it has"
names=()
for choice in "${missing[@]}"; do
    # shellcheck disable=SC2086
    if ! chosen=$(pick $choice); then
        say "no package source of this machine has ${choice// / or }; enable its main and universe components"
        exit 1
    fi
    names+=("$chosen")
done
apt install --no-install-recommends "${names[@]}"
