#!/bin/bash
# Tries lua-authz on this machine: builds it, starts an engine that is private to the trial, puts the
# managed plugin with the profile `baseline` in front of it, and shows what passes and what does not.
# Needs root, and Debian 12 or Ubuntu 24.04 or newer; apt installs what is missing.
#
#   try.sh          leaves the engine running; run again, it starts anew and keeps only what it built
#   try.sh --stop   removes the trial: engine, images, plugin, policy, audit file
#
# All of it is in AUTHZ_TRY_DIR (default /var/lib/lua-authz-try). Another engine on this machine
# is left alone.
set -euo pipefail
shopt -s inherit_errexit

top=$(realpath "$(dirname "$0")/..")
state=$(realpath -m "${AUTHZ_TRY_DIR:-/var/lib/lua-authz-try}")
engine=$state/engine
log=$state/try.log
# Only a folder with this file in it is ever removed.
mark=$state/.lua-authz-try

engine_sh() { ENGINE_CACHE=$state/cache "$top/tests/e2e/engine.sh" "$@"; }

die() {
  echo "try.sh: $*" >&2
  exit 1
}

# step TEXT COMMAND...: its noise goes to the log.
step() {
  echo "==> $1"
  "${@:2}" >>"$log" 2>&1
}

# ---------------------------------------------------------------- the trial as a whole

end_engine() {
  [ -e "$state" ] || return 0
  [ -e "$mark" ] || die "$state is there, but is not a trial's folder: nothing done"
  [ ! -d "$engine" ] || engine_sh stop "$engine" 2>/dev/null || die "the earlier engine does not end; see $engine"
}

remove_trial() {
  end_engine
  rm -rf "$state"
}

begin_trial() {
  end_engine
  rm -rf "$engine" "$state"/{policy,audit,plugin,client,try.log}
  mkdir -p "$state"/{engine,policy,audit,plugin}
  touch "$mark"
  trap finish EXIT
}

# A trial that failed leaves no engine behind, only what tells why.
finish() {
  local status=$?
  [ "$status" != 0 ] || return 0
  echo "try.sh: failed. Last lines of $log:" >&2
  tail -n 20 "$log" >&2 || true
  engine_sh stop "$engine" 2>/dev/null || true
}

# ---------------------------------------------------------------- steps

install_packages() {
  local packages
  mapfile -t packages <"$top/plugin/build-packages.txt"
  engine_sh install "${packages[@]}"
}

# An earlier build is of use if it was finished, and made of these sources.
build() {
  if [ ! -e "$state/build/finished" ] || ! grep -qsFx "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$state/build/CMakeCache.txt"; then
    rm -rf "$state/build"
  fi
  rm -f "$state/build/finished"
  cmake -S "$top" -B "$state/build"
  cmake --build "$state/build" -j "$(nproc)"
  touch "$state/build/finished"
}

start_engine() {
  local line
  # The trial's own client configuration: a context of the caller would win over DOCKER_HOST.
  unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION
  export DOCKER_CONFIG=$state/client
  line=$(engine_sh start machine "$engine")
  export "${line?}"
  engine_sh image "$engine" busybox
}

create_plugin() {
  "$top/plugin/rootfs.sh" "$state/build" "$state/plugin/rootfs"
  cp "$top/plugin/config.json" "$state/plugin/"
  docker plugin create lua-authz "$state/plugin"
  docker plugin set lua-authz "policy.source=$state/policy" "audit.source=$state/audit"
  docker plugin enable lua-authz
}

# Only a plugin that is enabled may be named: on SIGHUP dockerd ends if it is not.
name_plugin() {
  [ "$(docker plugin inspect -f '{{.Enabled}}' lua-authz)" = true ]
  echo '{"authorization-plugins": ["lua-authz"]}' >"$engine/daemon.json"
  engine_sh hup "$engine"
}

# ---------------------------------------------------------------- what it does

show() {
  printf '\n$ docker %s\n' "$*"
  docker "$@" 2>&1 | tee "$state/output"
}

show_allowed() { show "$@" || die "that should have been allowed"; }

show_denied() {
  if show "$@"; then die "that should have been denied"; fi
  grep -q 'authorization denied by plugin lua-authz' "$state/output" || die "that is not a denial by the plugin"
}

show_all() {
  show_allowed run --rm busybox echo hello
  show_denied run --rm --privileged busybox id
  show_denied run --rm -v /:/host busybox ls /host
  show_denied run --rm --pid host busybox ps
}

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "$0"
  exit "$1"
}

try() {
  begin_trial
  step "installing missing packages" install_packages
  step "building in $state/build" build
  step "starting a private engine" start_engine
  step "creating and enabling the plugin lua-authz" create_plugin
  step "naming it in $engine/daemon.json, SIGHUP" name_plugin
  show_all
  cat <<END

The engine is left running. Put a profile into $state/policy/policy.lua
to change its rules; $state/audit has what was decided.
To use it as root, export this line; to remove it: $0 --stop

DOCKER_HOST=unix://$engine/d.sock
END
}

case ${1:-}:$# in
  :0 | --stop:1) ;;
  -h:1 | --help:1) usage 0 ;;
  *) usage 2 >&2 ;;
esac
[ "$(id -u)" = 0 ] || die "must run as root"
# One at a time; closed when this script ends.
exec 8<"$0"
flock -n 8 || die "another try.sh is at work"
if [ "${1:-}" = --stop ]; then remove_trial; else try; fi
