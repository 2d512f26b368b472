#!/bin/bash
# The root file system of the managed plugin: what BUILD installs, and what that needs to run.
# usage: rootfs.sh BUILD DEST    BUILD: a finished build directory; DEST: a new directory
set -euo pipefail
shopt -s inherit_errexit

die() { echo "rootfs.sh: $*" >&2; exit 1; }

# libraries PROGRAM...: paths of all shared libraries and of the loader.
libraries() {
  # ldd fails on a static program, which needs nothing.
  { ldd "$@" 2>/dev/null || true; } | awk '/not found/ { print "missing: " $1 > "/dev/stderr"; bad = 1 }
    $2 == "=>" && $3 ~ /^\// { print $3 }
    $1 ~ /^\// && $2 ~ /^\(/ { print $1 }
    END { exit bad }' | sort -u
}

copy_libraries() {
  local dest=$1 programs files file
  mapfile -t programs < <(find "$dest/usr" -type f -perm /111)
  files=$(libraries "${programs[@]}") || die "a library that the programs need is not there"
  for file in $files; do
    install -D -m 755 "$file" "$dest$file"
  done
}

# The engine mounts over these, and looks up nothing else.
make_folders() {
  mkdir -p "$1"/{etc/lua-authz,var/log/lua-authz,run/docker/plugins,tmp}
  chmod 1777 "$1/tmp"
  printf '%s\n' 'root:x:0:0:root:/:/none' 'nobody:x:65534:65534:nobody:/:/none' >"$1/etc/passwd"
  printf '%s\n' 'root:x:0:' 'nogroup:x:65534:' >"$1/etc/group"
}

[ $# = 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
[ -f "$1/cmake_install.cmake" ] || die "not a build directory: $1"
[ ! -e "$2" ] || die "already there: $2"
mkdir -p "$2"
dest=$(realpath "$2")
DESTDIR=$dest cmake --install "$1" --strip >/dev/null
# The programs have the prefix in them.
[ -x "$dest/usr/sbin/lua-authzd" ] || die "$1 installs no /usr/bin/lua-authzd: configure it with CMAKE_INSTALL_PREFIX=/usr"
copy_libraries "$dest"
make_folders "$dest"
