local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("ci_runner")

local function runner(call)
  return engine.as("runner-7", call)
end

local function run(host_config, image)
  local asked = { Memory = 1 << 30, NanoCpus = 1000000000, PidsLimit = 512 }
  for key, value in pairs(host_config or {}) do
    asked[key] = value
  end
  return runner(engine.create(asked, { Image = image or "golang:1.26", Labels = { owner = "runner-7" } }))
end

describe("the recipe for CI runners", function()
  engine.denies("access.require-tls", { ["a job on the Unix socket"] = engine.create({}) }, policy)
  engine.denies("access.rbac", {
    ["somebody who is no runner"] = engine.as("alice", engine.call("GET", "/containers/json")),
    ["emptying the cache"] = runner(engine.call("POST", "/build/prune")),
    ["deleting images"] = runner(engine.call("DELETE", "/images/golang:1.26")),
  }, policy)
  engine.denies("container.no-privileged", { ["docker in docker"] = run({ Privileged = true }, "docker:dind") }, policy)
  engine.denies("container.bind-mounts", {
    ["the socket"] = run({ Binds = { "/var/run/docker.sock:/var/run/docker.sock" } }),
    ["the runner's own files"] = run({ Binds = { "/etc/gitlab-runner:/r" } }),
  }, policy)
  engine.denies("image.push-target", {
    ["a push over another team's image"] = runner(engine.call("POST",
      "/images/registry.example.com/base/os/push?tag=1")),
  }, policy)
  engine.denies("image.registry", { ["a tool from anywhere"] = run({}, "ghcr.io/x/y:1") }, policy)
  engine.denies("build.options", {
    ["a build without a memory limit"] = runner(engine.call("POST", "/build?t=registry.example.com%2Fteam%2Fapp%3A1")),
    ["a build with another name"] = runner(engine.call("POST", "/build?memory=1073741824&t=ghcr.io%2Fx%2Fy%3A1")),
    ["a build that passes for an official image"] = runner(engine.call("POST",
      "/build?memory=1073741824&t=golang%3A1.26")),
    ["files from an address"] = runner(engine.call("POST",
      "/build?memory=1073741824&remote=https%3A%2F%2Fgithub.com%2Fx%2Fy.git")),
  }, policy)
  engine.denies("container.host-namespaces", {
    ["a build on the host's network"] = runner(engine.call("POST", "/build?memory=1073741824&networkmode=host")),
  }, policy)

  -- the calls of docker build, run and push, as tests/corpus/recorded.jsonl has them
  engine.allows({
    ["learning which version to speak"] = runner(engine.call("HEAD", "/_ping")),
    ["a login"] = runner(engine.call("POST", "/auth")),
    ["a build"] = runner(engine.call("POST",
      "/build?memory=1073741824&rm=1&t=registry.example.com%2Fteam%2Fapp%3A1&version=1")),
    ["a pull"] = runner(engine.call("POST", "/images/create?fromImage=golang&tag=1.26")),
    ["a container for tests"] = run(),
    ["a container of what was built"] = run({ AutoRemove = true }, "registry.example.com/team/app:1"),
    ["its output"] = runner(engine.call("POST", "/containers/c1/attach?stderr=1&stdout=1&stream=1")),
    ["its end"] = runner(engine.call("POST", "/containers/c1/wait?condition=next-exit")),
    ["its start"] = runner(engine.call("POST", "/containers/c1/start")),
    ["a push"] = runner(engine.call("POST", "/images/registry.example.com/team/app/push?tag=1")),
  }, policy)
end)
