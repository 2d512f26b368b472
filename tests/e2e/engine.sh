#!/bin/bash
# A private Docker engine, beside whatever runs on this machine. Needs root and Debian or Ubuntu.
#
#   engine.sh start RELEASE DIR    start it; the last line is DOCKER_HOST=unix://DIR/d.sock
#   engine.sh image DIR [NAME]     import NAME (default e2e:1): static busybox, prints "hello" by default
#   engine.sh base DIR             import debian:bookworm-slim, made by debootstrap; on bookworm only
#   engine.sh hup DIR              SIGHUP; returns when DIR/daemon.json has been read again
#   engine.sh stop DIR             end it; DIR keeps its images, plugins, daemon.json and log
#   engine.sh client RELEASE       print the folder that has the docker client of that release
#   engine.sh install PACKAGE...   with apt, those that are not there yet
#
# RELEASE is `machine` for what is installed (docker.io is, where nothing is), or 20, 26 or 28: those of
# Debian, on bookworm only. ENGINE_CACHE (default /var/cache/docker-engines) keeps what was downloaded.
set -euo pipefail
shopt -s inherit_errexit

cache=${ENGINE_CACHE:-/var/cache/docker-engines}
# A fixed path: a containerd or runc from elsewhere would not be the release asked for.
path=/usr/sbin:/usr/bin:/sbin:/bin

say() { echo "engine.sh: $*" >&2; }
die() { say "$*"; exit 1; }

# ---------------------------------------------------------------- packages

apt=(apt-get -qq -o DPkg::Lock::Timeout=300)

# A source that cannot be read need not be the one that is needed.
update() { "${apt[@]}" update >&2 || say "apt-get update had errors; going on"; }

# install PACKAGE...: as the system's own, unless they are there.
install() {
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} != 0 ] || return 0
  say "installing ${missing[*]}"
  update
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2 ||
    die "cannot install ${missing[*]}"
}

# need PROGRAM PACKAGE: Docker's own packages bring the same programs, and must not be replaced.
need() { PATH=$path command -v "$1" >/dev/null || install "$2"; }

# The mirror that this machine installs from.
mirror() {
  local codename uri
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016 # apt fills these in
  uri=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$codename" '$2 == codename && $3 == "main" && !n++ { print $1 }')
  [ -n "$uri" ] || die "no Debian mirror for '$codename main' among this machine's apt sources"
  echo "$uri"
}

# unpack WORK SUITE PACKAGE[=VERSION]...: into WORK/root; the system's packages and lists stay as they are.
unpack() {
  local work=$1 suite=$2 uri deb
  shift 2
  uri=$(mirror) || return 1
  mkdir -p "$work/lists/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main" >"$work/sources.list"
  # The mirror may be a frozen one, whose lists have expired; their signatures are still checked.
  local own=(-qq -o Dir::State::Lists="$work/lists" -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=-
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any
    -o Acquire::Check-Valid-Until=false -o Acquire::Check-Date=false)
  apt-get "${own[@]}" update >&2 && (cd "$work" && apt-get "${own[@]}" download "$@" >&2) || return 1
  for deb in "$work"/*.deb; do dpkg-deb -x "$deb" "$work/root" || return 1; done
}

# provide NAME "SUITE..." PACKAGE...: $cache/NAME holds the packages, from the first suite that has them.
provide() {
  local name=$1 suites=$2 suite work
  shift 2
  mkdir -p "$cache"
  (
    flock 8
    [ ! -d "$cache/$name" ] || exit 0
    work=$(mktemp -d "$cache/.$name.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    for suite in $suites; do
      say "downloading $* of $suite"
      # Moved into place when whole, so an interrupted download is never taken for an engine.
      if unpack "$work/$suite" "$suite" "$@" && mv "$work/$suite/root" "$cache/$name"; then exit 0; fi
    done
    die "cannot get $* from: $suites"
  ) 8>"$cache/.lock"
}

# provide_busybox: $cache/busybox-static is a static one, of this machine's own release. Unpacked, not installed:
# busybox-static would replace an installed busybox.
provide_busybox() {
  local work
  mkdir -p "$cache"
  (
    flock 8
    [ ! -x "$cache/busybox-static" ] || exit 0
    work=$(mktemp -d "$cache/.busybox.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cd "$work"
    say "downloading busybox-static"
    local get=("${apt[@]}" -o APT::Sandbox::User=root download busybox-static)
    "${get[@]}" >&2 || { update && "${get[@]}" >&2; } || die "cannot download busybox-static"
    dpkg-deb -x busybox-static_*.deb root
    # Older releases have it in /bin, newer ones in /usr/bin.
    find root -path '*/bin/busybox' -type f -exec mv {} "$cache/busybox-static" \;
    [ -x "$cache/busybox-static" ] || die "no busybox in the package busybox-static"
  ) 8>"$cache/.lock"
}

# provide_base: $cache/bookworm.tar is a minimal system.
provide_base() {
  local work uri
  install debootstrap
  mkdir -p "$cache"
  (
    flock 8
    [ ! -f "$cache/bookworm.tar" ] || exit 0
    uri=$(mirror)
    work=$(mktemp -d "$cache/.bookworm.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    say "making a minimal bookworm"
    debootstrap --variant=minbase bookworm "$work/root" "$uri" >"$work/log" 2>&1 || die "debootstrap: $(tail -n 3 "$work/log")"
    rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
    tar -C "$work/root" -cf "$work/tar" .
    mv "$work/tar" "$cache/bookworm.tar"
  ) 8>"$cache/.lock"
}

# client RELEASE
client() {
  case $1 in
    26) provide 26-client trixie 'docker-cli=26.*' docker-buildx ;;
    28) provide 28-client "sid forky" 'docker-cli=28.*' docker-buildx ;;
    *) need docker docker-cli ;;
  esac
  case $1 in 26 | 28) echo "$cache/$1-client/usr/bin" ;; *) dirname "$(PATH=$path command -v docker)" ;; esac
}

# engine_path RELEASE: makes sure of that dockerd, prints the PATH that finds it.
engine_path() {
  # Serves all releases: runc (those of newer releases need a newer glibc), iptables, docker-init.
  need dockerd docker.io
  # Since trixie, docker.io no longer has the client.
  need docker docker-cli
  need curl curl
  local dirs=$path found
  case $1 in
    26) provide 26 trixie 'docker.io=26.*' containerd ;;
    28) provide 28 "sid forky" 'docker.io=28.*' containerd ;;
  esac
  case $1 in 26 | 28) dirs=$cache/$1/usr/sbin:$cache/$1/usr/bin:$path ;; esac
  found=$(PATH=$dirs dockerd --version) || die "the dockerd of release '$1' does not run on this machine"
  [ "$1" = machine ] || [[ $found == "Docker version $1."* ]] || die "wanted dockerd $1, this is: $found"
  echo "$dirs"
}

# ---------------------------------------------------------------- processes

# A zombie counts as gone: not every machine's first process collects them at once.
alive() { grep -qs $'^State:\t[^ZX]' "/proc/$1/status"; }

# has_argument PID WORD
has_argument() { [ -r "/proc/$1/cmdline" ] && tr '\0' '\n' <"/proc/$1/cmdline" | grep -Fxq -e "$2"; }

# owner PIDFILE WORD: the pid, if it runs and its command line has WORD: a stale number may be a stranger's by now.
owner() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] && alive "$pid" && has_argument "$pid" "$2" && echo "$pid"
}
dockerd_pid() { owner "$1/pid" "unix://$1/d.sock"; }
containerd_pid() { owner "$1/containerd.pid" "$1/c.sock"; }

# end PID SECONDS: SIGTERM, then SIGKILL.
end() {
  local i
  kill -TERM "$1" 2>/dev/null || return 0
  for ((i = 0; i < $2 * 10; i++)); do alive "$1" || return 0; sleep 0.1; done
  say "process $1 did not end within $2 s: killed"
  kill -KILL "$1" 2>/dev/null || true
}

# finish DIR: ends the engine and all that it may have left behind, also after a crash.
finish() {
  local dir=$1 pid file id
  # Each plugin that ignores SIGTERM takes dockerd 10 s.
  if pid=$(dockerd_pid "$dir"); then end "$pid" 60; fi
  if pid=$(containerd_pid "$dir"); then end "$pid" 10; fi
  for file in "$dir"/exec/containerd/io.containerd.runtime.v2.task/*/*/init.pid; do
    id=$(basename "$(dirname "$file")")
    if pid=$(cat "$file" 2>/dev/null) && grep -qs "$id" "/proc/$pid/cgroup"; then kill -KILL "$pid" || true; fi
  done
  for file in /proc/[0-9]*; do
    if has_argument "${file#/proc/}" "$dir/c.sock" 2>/dev/null; then end "${file#/proc/}" 2; fi
  done
  # Sockets of plugins: always here, whatever the --exec-root.
  for file in "$dir"/data/plugins/*; do
    id=${file##*/}
    if [ ${#id} = 64 ]; then rm -rf "/run/docker/plugins/$id"; fi
  done
  # Deepest first; dockerd and its containers also leave bind mounts of a directory onto itself.
  awk -v dir="$dir/" 'index($5, dir) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
    while read -r file; do umount "$file" 2>/dev/null || umount -l "$file" || say "cannot unmount $file"; done
  rm -f "$dir/pid" "$dir/containerd.pid" "$dir/d.sock" "$dir/c.sock" "$dir/c.sock.ttrpc"
}

# launch LOG COMMAND...: in the background; sets pid.
launch() {
  local log=$1 fd
  shift
  (
    # What the caller has open (a test runner's pipes, the lock) would stay open for as long as the engine runs.
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      if ((fd > 2)); then exec {fd}>&-; fi
    done
    exec setsid "$@"
  ) </dev/null >>"$log" 2>&1 &
  pid=$!
}

# A denial by a plugin is an answer too; so is a connection that an engine closes (52), as it does on every call while
# a plugin that it names could not be started.
answers() {
  local status=0
  curl -s -m 5 -o /dev/null --unix-socket "$1/d.sock" http://engine/_ping || status=$?
  [ "$status" = 0 ] || [ "$status" = 52 ]
}

# since LOG OFFSET: what was written after that many bytes.
since() { tail -c "+$(($2 + 1))" "$1" | tr -d '\0'; }

# lock DIR SECONDS: one start or stop at a time.
lock() {
  exec 9>"$1/lock"
  flock -w "$2" 9 || die "$1 is in use: another start or stop is at work there"
}

# ---------------------------------------------------------------- commands

start() {
  local dir=$2 log=$2/dockerd.log from dirs pid i
  [ "$(id -u)" = 0 ] || die "must run as root"
  # dockerd's longest socket is DIR/exec/libnetwork/<12 digits>.sock, and the kernel takes 107 bytes.
  ((${#dir} <= 73)) || die "DIR is too long for a socket path (${#dir} bytes, at most 73): $dir"
  [[ $dir =~ ^/[A-Za-z0-9._/+-]+$ ]] || die "DIR may have letters, digits and . _ + - only: $dir"
  dirs=$(engine_path "$1")
  mkdir -p "$dir"
  lock "$dir" 0
  if pid=$(dockerd_pid "$dir"); then die "$dir is in use: an engine runs there (process $pid)"; fi
  rm -f "$dir/pid"
  [ -e "$dir/daemon.json" ] || echo '{}' >"$dir/daemon.json"

  local clean=(env -i PATH="$dirs" HOME=/root)
  # With its own containerd: dockerd would otherwise share that of the system, where there is one. It outlives a crash
  # of dockerd, as under systemd. The plugins switched off would use ports and folders outside DIR.
  if ! containerd_pid "$dir" >/dev/null; then
    cat >"$dir/containerd.toml" <<'TOML'
version = 2
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime",
  "io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"]
TOML
    launch "$dir/containerd.log" "${clean[@]}" containerd --config "$dir/containerd.toml" --address "$dir/c.sock" \
      --root "$dir/data/containerd" --state "$dir/exec/containerd"
    echo "$pid" >"$dir/containerd.pid"
  fi
  from=$(stat -c %s "$log" 2>/dev/null || echo 0)
  launch "$log" "${clean[@]}" dockerd --host "unix://$dir/d.sock" --containerd "$dir/c.sock" \
    --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/pid" --config-file "$dir/daemon.json" \
    --bridge=none --iptables=false --ip6tables=false
  for ((i = 0; i < 600; i++)); do
    if answers "$dir"; then echo "DOCKER_HOST=unix://$dir/d.sock"; return; fi
    alive "$pid" || break
    sleep 0.1
  done
  since "$log" "$from" | tail -n 5 >&2
  # dockerd may not have come as far as its own pid file.
  end "$pid" 10
  finish "$dir"
  die "dockerd $1 did not come up in $dir; its last lines are above"
}

stop() {
  lock "$1" 120
  if ! dockerd_pid "$1" >/dev/null; then say "no engine runs in $1; clearing what it may have left"; fi
  finish "$1"
}

hup() {
  local dir=$1 pid log=$1/dockerd.log from new i
  pid=$(dockerd_pid "$dir") || die "no engine runs in $dir"
  from=$(stat -c %s "$log")
  kill -HUP "$pid"
  # dockerd looks for a missing plugin for about 15 s, then ends.
  for ((i = 0; i < 300; i++)); do
    new=$(since "$log" "$from")
    if grep -q 'msg="Reloaded configuration' <<<"$new"; then return; fi
    if grep -Eq 'level=error msg="(unable to configure|Error re(loading|configuring))' <<<"$new"; then break; fi
    alive "$pid" || break
    sleep 0.1
  done
  tail -n 5 <<<"$new" >&2
  alive "$pid" || die "dockerd ended on SIGHUP; its last lines are above"
  die "dockerd did not reload $dir/daemon.json; its last lines are above"
}

# docker_at DIR ARGUMENT...
docker_at() {
  dockerd_pid "$1" >/dev/null || die "no engine runs in $1"
  env -u DOCKER_CONTEXT docker --host "unix://$1/d.sock" "${@:2}"
}

base() {
  provide_base
  docker_at "$1" import "$cache/bookworm.tar" debian:bookworm-slim >/dev/null
}

image() {
  local dir=$1 name=${2:-e2e:1} root
  ! docker_at "$dir" image inspect "$name" >/dev/null 2>&1 || return 0
  provide_busybox
  root=$(mktemp -d)
  mkdir "$root/bin" "$root/tmp"
  cp "$cache/busybox-static" "$root/bin/busybox"
  "$root/bin/busybox" --install "$root/bin"
  tar -C "$root" -c . | docker_at "$dir" import -c 'CMD ["echo", "hello"]' - "$name" >/dev/null || { rm -rf "$root"; die "import failed"; }
  rm -rf "$root"
}

usage() { sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2; }

case ${1:-}:$#:${2:-} in
  start:3:machine | start:3:20 | start:3:26 | start:3:28) start "$2" "$(realpath -m "$3")" ;;
  client:2:machine | client:2:20 | client:2:26 | client:2:28) client "$2" ;;
  install:*:?*) install "${@:2}" ;;
  stop:2:?* | hup:2:?* | base:2:?* | image:[23]:?*)
    [ -d "$2" ] || die "no such directory: $2"
    "$1" "$(realpath "$2")" "${@:3}"
    ;;
  *) usage ;;
esac
