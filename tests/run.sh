#!/bin/bash
# Installs what the tests need, builds into build/ and runs the tests. Needs root and Debian 12; on Debian 13 and
# Ubuntu 24.04 only unit and spec pass: lint is for the tools of Debian 12, conformance and e2e for its engine.
# usage: run.sh [LABEL...]    only the tests with one of these labels: unit, spec, conformance, lint, e2e
set -euo pipefail
shopt -s inherit_errexit

top=$(realpath "$(dirname "$0")/..")

mapfile -t packages <"$top/plugin/build-packages.txt"
packages+=(
  # unit: systemd-journald, to write to
  systemd
  # lint
  clang-format clang-tidy cppcheck git lua-check python3 shellcheck
  # fuzzers
  clang libclang-rt-dev
  # spec
  jq lua-busted lua5.4
  # conformance: the engine's own types and decoder, as an oracle
  golang-github-docker-docker-dev golang-go
  # e2e
  ca-certificates curl debootstrap docker-compose docker-registry docker.io procps python3-docker
)

# one_of LABEL...: as the expression that ctest wants.
one_of() {
  local IFS='|'
  echo "^($*)\$"
}

for label in "$@"; do
  case $label in
    unit | spec | conformance | lint | e2e) ;;
    *) sed -n '4s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
[ "$(id -u)" = 0 ] || { echo "run.sh: must run as root" >&2; exit 1; }

cd "$top"
tests/e2e/engine.sh install "${packages[@]}"
cmake -S . -B build -DAUTHZ_TESTS=ON -DAUTHZ_WERROR=ON
cmake --build build -j "$(nproc)"
only=()
if [ $# != 0 ]; then only=(--label-regex "$(one_of "$@")"); fi
exec ctest --test-dir build --output-on-failure --no-tests=error -j "$(nproc)" "${only[@]}"
