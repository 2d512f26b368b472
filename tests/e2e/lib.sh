# shellcheck shell=bash
# For the end-to-end tests: a private engine, the plugin as a folder, and what a test asserts.
# usage: source lib.sh; begin RELEASE BUILD
# Sets: top (of the source tree), build, work (this test's folder), engine (DIR of engine.sh),
# policy and audit (what the plugin mounts).
set -Eeuo pipefail
shopt -s inherit_errexit
trap 'echo "FAILED: ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND"' ERR

top=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
# Not what else is installed: Debian's.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION

step() { printf '%5d s  %s\n' "$SECONDS" "$*"; }

die() {
  echo "FAILED: $*"
  echo "last lines of the engine's log:"
  tail -n 15 "$engine/dockerd.log" 2>/dev/null | cut -c 1-300 || true
  exit 1
}

finish() {
  stop_registry
  "$top/tests/e2e/engine.sh" stop "$engine" || true
  rm -rf "$work"
}

# use_client: of the engine's own release, with the buildx that came with it.
use_client() {
  local bin buildx
  bin=$("$top/tests/e2e/engine.sh" client "$release")
  buildx=$bin/../libexec/docker/cli-plugins/docker-buildx
  PATH=$bin:$PATH
  export DOCKER_CONFIG=$work/client
  mkdir -p "$DOCKER_CONFIG/cli-plugins"
  if [ -x "$buildx" ]; then ln -s "$buildx" "$DOCKER_CONFIG/cli-plugins/"; fi
}

begin() {
  release=$1 build=$(realpath "$2")
  work=$(mktemp -d /tmp/lua-authz-e2e.XXXXXX)
  engine=$work/engine policy=$work/policy audit=$work/audit
  mkdir "$engine" "$policy" "$audit"
  trap finish EXIT
  use_client
  start_engine
  "$top/tests/e2e/engine.sh" image "$engine"
  step "up: $(docker version -f 'engine {{.Server.Version}}, client {{.Client.Version}}')"
}

start_engine() {
  local line
  line=$("$top/tests/e2e/engine.sh" start "$release" "$engine") || die "the engine does not start"
  export "${line?}"
}
stop_engine() { "$top/tests/e2e/engine.sh" stop "$engine"; }

# chain NAME...: the engine asks these plugins from now on.
chain() {
  jq -n '{"authorization-plugins": $ARGS.positional}' --args -- "$@" >"$engine/daemon.json"
  "$top/tests/e2e/engine.sh" hup "$engine" || die "SIGHUP with the chain '$*'"
}

# plugin_folder: what `docker plugin create` wants.
plugin_folder() {
  mkdir "$work/plugin"
  "$top/plugin/rootfs.sh" "$build" "$work/plugin/rootfs"
  cp "$top/plugin/config.json" "$work/plugin/"
  step "root file system: $(du -s --apparent-size --block-size=1K "$work/plugin/rootfs" | cut -f1) KiB"
}

# enable: the plugin lua-authz; sets plugin_id, which may not be asked for later.
enable() {
  allowed docker plugin enable lua-authz
  plugin_id=$(docker plugin inspect -f '{{.Id}}' lua-authz)
}

# plugin_pids: its processes, found by the id; their names could be anyone's.
plugin_pids() {
  # A process that ends meanwhile makes grep fail.
  { grep -ls "$plugin_id" /proc/[0-9]*/cgroup || true; } | cut -d/ -f3
}

# reload: the daemon in the plugin reads the policy anew.
reload() {
  local pid
  for pid in $(plugin_pids); do
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = lua-authzd ]; then kill -HUP "$pid"; fi
  done
}

# control COMMAND [FLAG...]: what the command line asks the daemon, from the host.
control() {
  "$build/lua-authz" "$@" --control "/run/docker/plugins/$plugin_id/lua-authz.d/control"
}

# refused WORDS COMMAND...: it fails, and what it prints has the words.
refused() {
  local words=$1 output
  shift
  if output=$("$@" 2>&1); then die "was allowed: $*"; fi
  [[ $output == *"$words"* ]] || die "no '$words' in the answer to '$*': $output"
}

# denied ID COMMAND...: by the plugin, for that reason.
denied() {
  local id=$1
  shift
  refused "authorization denied by plugin" "$@"
  refused "[$id" "$@"
}

# allowed COMMAND...: succeeds; its output goes to $work/output.
allowed() {
  "$@" >"$work/output" 2>&1 || die "was refused: $*: $(tail -n 20 "$work/output")"
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local i
  for ((i = 0; i < $1 * 10; i++)); do
    if "${@:2}" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  return 1
}

# start_registry: on loopback, where engines do without TLS; sets registry (HOST:PORT).
start_registry() {
  for ((port = 20000 + RANDOM % 10000; ; port++)); do
    printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: "%s"}}\nhttp: {addr: "127.0.0.1:%d"}\n' \
      "$work/registry" "$port" >"$work/registry.yml"
    docker-registry serve "$work/registry.yml" >>"$work/registry.log" 2>&1 &
    registry_pid=$!
    if wait_for 5 registry_answers; then break; fi
    kill "$registry_pid" 2>/dev/null || true
    ((port < 31000)) || die "no registry: $(tail -n 3 "$work/registry.log")"
  done
  # shellcheck disable=SC2034 # for the tests
  registry=127.0.0.1:$port
}

# Another process might answer on a port that is taken.
registry_answers() { kill -0 "$registry_pid" && curl -fs "http://127.0.0.1:$port/v2/"; }
stop_registry() { [ -z "${registry_pid:-}" ] || kill "$registry_pid" 2>/dev/null || true; }
