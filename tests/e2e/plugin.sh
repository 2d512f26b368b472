#!/bin/bash
# The life of the managed plugin on a real engine: pushed, installed, named, broken, mended, removed.
# usage: plugin.sh RELEASE BUILD    RELEASE: of engine.sh; BUILD: a finished build directory
source "$(dirname "$0")/lib.sh"

create() { docker create --network none "$@"; }

privileged() { create --privileged e2e:1; }

# The control: assertions about denials mean nothing on an engine that refuses by itself.
unguarded() {
  allowed privileged
  allowed create -v /etc:/host e2e:1
  allowed create --pid host e2e:1
}

guarded() {
  denied container.no-privileged] privileged
  denied container.bind-mounts] create -v /etc:/host e2e:1
  denied container.host-namespaces] create --pid host e2e:1
  says_hello
}

says_hello() {
  allowed docker run --rm --network none e2e:1
  [ "$(cat "$work/output")" = hello ] || die "docker run printed: $(cat "$work/output")"
}

# push REFERENCE FOLDER
push() {
  allowed docker plugin create "$1" "$2"
  allowed docker plugin push "$1"
  allowed docker plugin rm "$1"
}

publish() {
  reference=$registry/test/lua-authz:1 plain=$registry/test/plain:1
  plugin_folder
  push "$reference" "$work/plugin"
  # Another plugin, that asks for no privileges.
  mkdir -p "$work/plain/rootfs"
  touch "$work/plain/rootfs/plain"
  jq -n '{interface: {types: ["docker.volumedriver/1.0"], socket: "plain.sock"}, entrypoint: ["/plain"]}' \
    >"$work/plain/config.json"
  push "$plain" "$work/plain"
  step "pushed to a registry"
}

install_plugin() {
  if echo n | docker plugin install "$reference" >"$work/prompt" 2>&1; then die "installed without a yes"; fi
  grep -q 'requesting the following privileges' "$work/prompt" || die "no prompt: $(cat "$work/prompt")"
  # Two mounts, no network, no devices, no capabilities.
  [ "$(grep -c '^ - ' "$work/prompt")" = "$(grep -c '^ - mount: ' "$work/prompt")" ] ||
    die "more privileges than mounts are asked for: $(cat "$work/prompt")"
  allowed docker plugin install --grant-all-permissions --disable --alias lua-authz "$reference" \
    policy.source="$policy" audit.source="$audit" LUA_AUTHZ_AUDIT_SINKS=stdout LUA_AUTHZ_WORKERS_MIN=3 \
    LUA_AUTHZ_AUDIT_FILE_BYTES_MAX=20000 LUA_AUTHZ_METRICS=/run/docker/plugins/lua-authz.d/metrics
  enable
  step "installed and enabled; the privileges prompt was refused once"
}

restart_engine() {
  stop_engine
  start_engine
  guarded
  step "guarded after a restart of the engine"
}

boot_without_policy() {
  stop_engine
  mv "$policy" "$policy.away"
  start_engine
  refused EOF docker ps
  mv "$policy.away" "$policy"
  refused EOF docker ps
  stop_engine
  start_engine
  guarded
  step "a boot without the policy directory opens nothing; a restart with it mends that"
}

kill_plugin() {
  local pids
  pids=$(plugin_pids)
  [ -n "$pids" ] || die "no process of the plugin is found"
  # The workers end with the daemon; each may be gone when its turn comes.
  # shellcheck disable=SC2086 # one word each
  kill -KILL $pids 2>/dev/null || true
  # An engine may repeat a call on the connection that was lost, with nothing in it: refused, once.
  create e2e:1 >"$work/output" 2>&1 || grep -q '\[engine-retry\]' "$work/output" ||
    die "after a kill: $(cat "$work/output")"
  guarded
  step "guarded after a kill of the plugin"
}

break_policy() {
  echo 'return profile { id = "broken", extends = ' >"$policy/policy.lua"
  # At the start of the plugin there is no earlier set to stay with.
  stop_engine
  start_engine
  denied no-policy] create e2e:1
  denied no-policy] docker ps
  refused policy.lua: create e2e:1
  allowed docker version
  step "a broken policy denies, with its reason"
}

mend_policy() {
  echo 'return profile { id = "site", extends = "baseline" }' >"$policy/policy.new"
  mv "$policy/policy.new" "$policy/policy.lua"
  # Noticed through the mount.
  wait_for 10 create e2e:1 || die "the mended policy is not noticed"
  guarded
  step "the mended policy is in force"
}

# from_readme NAME: the block of README.md that follows the line about /etc/lua-authz/NAME.
from_readme() {
  awk -v mark="\`/etc/lua-authz/$1\`:" '$0 == mark { found = 1 } !found { next } /^```/ && on { exit }
    on { print } /^```/ { on = 1 }' "$top/README.md"
}

worked_policy() {
  mkdir "$policy/rules"
  from_readme policy.lua >"$policy/policy.lua"
  from_readme rules/site_owner.lua >"$policy/rules/site_owner.lua"
  allowed "$build/lua-authz" check --policy "$policy"
  reload
  wait_for 10 create --label owner=me -v /srv/data/x:/x e2e:1 || die "the allowed path of README.md is refused"
  denied container.bind-mounts] create --label owner=me -v /srv/database:/x e2e:1
  denied site.owner] create e2e:1
  rm -r "$policy/rules"
  step "the policy of README.md does what it says"
}

locked_out() {
  echo 'return profile { id = "strict", extends = "baseline", default = "deny" }' >"$policy/policy.lua"
  allowed control reload
  denied default] docker ps
  denied default] create e2e:1
  rm "$policy/policy.lua"
  wait_for 10 docker ps || die "a policy that was taken away is still in force"
  guarded
  step "a policy that refuses everything was taken away"
}

# The right to manage plugins does not reach this one. The body of such an install is null.
other_plugins() {
  echo 'return profile { id = "open", extends = "baseline", rules = { ["plugin.admin"] = { mode = "off" } } }' \
    >"$policy/policy.lua"
  allowed control reload
  allowed docker plugin install --disable "$plain"
  allowed docker plugin rm "$plain"
  denied self.protect] docker plugin disable lua-authz
  rm "$policy/policy.lua"
  allowed control reload
  step "another plugin was installed through this one"
}

keep_policy() {
  echo 'this is not Lua' >"$policy/policy.lua"
  refused policy.lua:1 control reload
  guarded
  step "a policy that breaks later leaves the earlier one in force"
}

controlled() {
  allowed control status --json
  jq -e '.generation.state == "serving" and .denied > 0 and .reload.result == "failed" and .audit.errors == 0 and .workers.min == 3' \
    "$work/output" >/dev/null || die "the status is not as it should be: $(cat "$work/output")"
  allowed control status
  grep -q 'policy\.lua:1' "$work/output" || die "the status does not say why: $(cat "$work/output")"
  local metrics="/run/docker/plugins/$plugin_id/lua-authz.d/metrics"
  allowed curl -fsS --unix-socket "$metrics" http://plugin/readyz http://plugin/metrics
  grep -q '^lua_authz_decisions_total{stage="request",verdict="deny",reason="policy"} [1-9]' "$work/output" ||
    die "no denials in the metrics: $(cat "$work/output")"
  step "the host's root sees status and metrics"
}

# Over all that happened, kills of the plugin included.
audited() {
  local files=("$audit"/audit.jsonl.2* "$audit/audit.jsonl")
  [ -e "${files[0]}" ] || die "the audit file was never moved away"
  allowed "$build/lua-authz" audit verify "${files[@]}"
  grep -q 'unbroken from the first record of all' "$work/output" || die "the trail: $(cat "$work/output")"
  grep -q 'container.no-privileged' "${files[@]}" || die "no denial in the trail"
  wait_for 10 grep -q '"stage.*container\.no-privileged' "$engine/dockerd.log" ||
    die "no record of a denial in the engine's log"
  step "audit, which the engine's log has too: $(head -n 1 "$work/output")"
}

remove_plugin() {
  # Else anyone who may use the engine would take the plugin out of the chain.
  denied plugin.admin] docker plugin disable lua-authz
  chain
  allowed docker plugin disable lua-authz
  allowed docker plugin rm lua-authz
  allowed privileged
  step "removed; nothing is guarded any more"
}

begin "$@"
unguarded
start_registry
publish
install_plugin
chain lua-authz
guarded
step "guarded from the moment of the SIGHUP"
restart_engine
boot_without_policy
kill_plugin
break_policy
mend_policy
worked_policy
locked_out
other_plugins
keep_policy
controlled
audited
remove_plugin
