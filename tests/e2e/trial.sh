#!/bin/bash
# plugin/try.sh as a user meets it: it runs, runs again over a crash of the engine, and takes itself away.
# usage: trial.sh
set -euo pipefail
shopt -s inherit_errexit

top=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d /tmp/lua-authz-e2e.XXXXXX)
export AUTHZ_TRY_DIR=$work/trial
engine=$AUTHZ_TRY_DIR/engine
unset DOCKER_HOST DOCKER_CONTEXT

die() {
  echo "FAILED: $*"
  exit 1
}

finish() {
  "$top/plugin/try.sh" --stop || true
  rm -rf "$work"
}
trap finish EXIT

try() {
  "$top/plugin/try.sh" >"$work/output" 2>&1 || die "try.sh: $(cat "$work/output")"
  echo "try.sh has run after $SECONDS s"
  grep -qx hello "$work/output" || die "no allowed run in: $(cat "$work/output")"
  for rule in container.no-privileged container.bind-mounts container.host-namespaces; do
    grep -q "authorization denied by plugin lua-authz:latest: \[$rule\] " "$work/output" ||
      die "no denial by $rule in: $(cat "$work/output")"
  done
  [ "$(tail -n 1 "$work/output")" = "DOCKER_HOST=unix://$engine/d.sock" ] || die "the last line is not DOCKER_HOST=…"
}

trial_docker() { docker --host "unix://$engine/d.sock" "$@"; }

guarded() {
  [ "$(trial_docker run --rm busybox echo hi)" = hi ] || die "a plain run is refused"
  if trial_docker create --privileged busybox >"$work/denial" 2>&1; then die "a privileged create is allowed"; fi
  grep -q 'container.no-privileged' "$work/denial" || die "not our denial: $(cat "$work/denial")"
}

# What the machine ran out of power with: stale pid files, mounts, and a plugin named in daemon.json.
crash() {
  kill -KILL "$(cat "$engine/pid")" "$(cat "$engine/containerd.pid")"
  sleep 1
}

gone() {
  [ ! -e "$AUTHZ_TRY_DIR" ] || die "left: $(ls -la "$AUTHZ_TRY_DIR")"
  if grep -q " $AUTHZ_TRY_DIR" /proc/self/mountinfo; then die "left: mounts"; fi
  if grep -als "$AUTHZ_TRY_DIR" /proc/[0-9]*/cmdline; then die "left: processes"; fi
}

strangers_folder() {
  mkdir -p "$AUTHZ_TRY_DIR"
  touch "$AUTHZ_TRY_DIR/precious"
  if "$top/plugin/try.sh" --stop >/dev/null 2>&1; then die "--stop took a folder that is not its own"; fi
  [ -e "$AUTHZ_TRY_DIR/precious" ] || die "--stop removed a stranger's file"
  rm -r "$AUTHZ_TRY_DIR"
}

try
guarded
crash
try
guarded
try
"$top/plugin/try.sh" --stop
gone
"$top/plugin/try.sh" --stop || die "--stop with nothing there is an error"
strangers_folder
echo "passed after $SECONDS s"
