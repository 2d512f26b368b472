#!/bin/bash
# The Dockerfile makes the same root file system as a build on the host, and its programs run.
# usage: dockerfile.sh RELEASE BUILD    RELEASE: of engine.sh; BUILD: a finished build directory
source "$(dirname "$0")/lib.sh"

# names FOLDER: what is in it; libraries may differ in version.
names() { (cd "$1" && find . -mindepth 1 | sed 's/[0-9][0-9.]*$//' | sort); }

begin "$@"
"$top/tests/e2e/engine.sh" base "$engine"
step "there is a base image"
# The private engine has no bridge.
allowed docker build --network host -t rootfs "$top"
step "built"
allowed docker run --rm rootfs --version
grep -q '^lua-authz' "$work/output" || die "--version printed: $(cat "$work/output")"

mkdir "$work/exported"
docker create --name rootfs rootfs >/dev/null
docker export rootfs | tar -x -C "$work/exported"
# What `docker create` makes itself.
(cd "$work/exported" && rm -rf .dockerenv dev proc sys etc/hostname etc/hosts etc/mtab etc/resolv.conf)
plugin_folder
diff <(names "$work/plugin/rootfs") <(names "$work/exported") || die "the two differ"
step "the same as a build on the host"
