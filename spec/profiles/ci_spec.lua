local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "ci", rules = {
  ["image.registry"] = { params = { allow = { "docker.io/library/*", "registry.example.com/*" } } },
  ["build.options"] = { params = { tags = { "registry.example.com/web/*" } } },
  ["image.push-target"] = { params = { allow = { "registry.example.com/web/*" } } },
} }]] }

local function job(call)
  return engine.as("web", call)
end

--- A container as a job has to ask for it, but for what is said.
local function create(host_config, config)
  local asked = { Memory = 1 << 30, NanoCpus = 1000000000, PidsLimit = 512 }
  for key, value in pairs(host_config or {}) do
    asked[key] = value ~= "" and value or nil
  end
  config = config or {}
  config.Labels = config.Labels or { owner = "web" }
  return job(engine.create(asked, config))
end

local function network(body)
  body.Name, body.Labels = "n", { owner = "web" }
  return job(engine.call("POST", "/networks/create", body))
end

describe("ci", function()
  engine.denies("access.require-tls", {
    ["whoever has no certificate"] = engine.create({}),
    ["a look without a certificate"] = engine.call("GET", "/containers/json"),
  }, policy)

  engine.denies("access.rbac", {
    ["a prune"] = job(engine.call("POST", "/volumes/prune")),
    ["the cache of all"] = job(engine.call("POST", "/build/prune")),
    ["an image that others may use"] = job(engine.call("DELETE", "/images/alpine")),
    ["images from a file"] = job(engine.call("POST", "/images/load")),
    ["an image from a container"] = job(engine.call("POST", "/commit?container=web", {})),
    ["another name for an image"] = job(engine.call("POST", "/images/x/tag?repo=alpine&tag=3.20")),
    ["a whole file system"] = job(engine.call("GET", "/containers/web/export")),
    ["more resources later"] = job(engine.call("POST", "/containers/web/update", { Memory = 1 << 33 })),
    ["a swarm"] = job(engine.call("POST", "/swarm/init", {})),
    ["a service"] = job(engine.service({})),
    ["a plugin"] = job(engine.call("POST", "/plugins/x/enable")),
    ["what others do"] = job(engine.call("GET", "/events")),
  }, policy)

  engine.denies("access.ownership", {
    ["a container without an owner"] = create(nil, { Labels = {} }),
    ["a container of somebody else"] = create(nil, { Labels = { owner = "mobile" } }),
    ["a volume without an owner"] = job(engine.volume({ Name = "cache" })),
    ["a network of somebody else"] = job(engine.call("POST", "/networks/create",
      { Name = "n", Labels = { owner = "mobile" } })),
  }, policy)

  engine.denies("container.limits", {
    ["no memory limit"] = create({ Memory = "" }),
    ["too much memory"] = create({ Memory = (4 << 30) + 1 }),
    ["no processor limit"] = create({ NanoCpus = "" }),
    ["too many processors"] = create({ NanoCpus = 2000000001 }),
    ["no process limit"] = create({ PidsLimit = "" }),
    ["too many processes"] = create({ PidsLimit = 1025 }),
    ["the out-of-memory killer off"] = create({ OomKillDisable = true }),
  }, policy)

  engine.denies("container.bind-mounts", {
    ["the socket"] = create({ Binds = { "/var/run/docker.sock:/var/run/docker.sock" } }),
    ["a tree of the host"] = create({ Binds = { "/srv/builds:/builds" } }),
  }, policy)
  engine.denies("container.no-privileged", {
    ["docker in docker"] = create({ Privileged = true }),
    ["a privileged command"] = job(engine.exec({ Privileged = true, Cmd = { "sh" } })),
  }, policy)
  engine.denies("container.host-namespaces", {
    ["the network of another container"] = create({ NetworkMode = "container:mobile-db" }),
    ["the processes of another container"] = create({ PidMode = "container:mobile-db" }),
  }, policy)
  engine.denies("image.registry", {
    ["an image from elsewhere"] = create(nil, { Image = "ghcr.io/somebody/tool:1" }),
    ["a pull from elsewhere"] = job(engine.call("POST", "/images/create?fromImage=somebody%2Ftool&tag=1")),
  }, policy)
  engine.denies("image.push-target", {
    ["a push into another project"] = job(engine.call("POST", "/images/registry.example.com/mobile/app/push?tag=1")),
    ["a push to Docker Hub"] = job(engine.call("POST", "/images/somebody/app/push?tag=1")),
  }, policy)
  engine.denies("request.opaque", {
    ["a BuildKit session"] = job(engine.call("POST", "/session")),
    ["a BuildKit build"] = job(engine.call("POST", "/build?version=2")),
  }, policy)
  engine.denies("build.options", {
    ["a build that passes for an official image"] = job(engine.call("POST", "/build?t=alpine%3A3.20")),
    ["a build that passes for another tenant's"] = job(engine.call("POST",
      "/build?t=registry.example.com%2Fmobile%2Fapp%3A1")),
    ["names for addresses"] = job(engine.call("POST", "/build?extrahosts=registry.example.com%3A192.0.2.1")),
  }, policy)
  engine.denies("network.driver", {
    ["a network in the LAN"] = network({ Driver = "macvlan" }),
  }, policy)
  engine.denies("network.options", {
    ["a bridge of the host"] = network({ Options = { ["com.docker.network.bridge.name"] = "docker0" } }),
  }, policy)
  engine.denies("network.subnets", {
    ["addresses of others"] = network({ IPAM = { Config = { { Subnet = "203.0.113.0/24" } } } }),
  }, policy)
  engine.denies("container.log-driver", {
    ["words in the host's own log"] = create({ LogConfig = { Type = "journald" } }),
  }, policy)
  engine.denies("container.log-target", {
    ["words into a socket of the host"] = create({ LogConfig = { Config = {
      ["syslog-address"] = "unix:///run/docker.sock" } } }),
  }, policy)
  engine.denies("request.unknown-route", {
    ["what is not known"] = job(engine.call("GET", "/nothing")),
  }, policy)

  engine.allows({
    ["a greeting without a certificate"] = engine.call("HEAD", "/_ping"),
    ["a container with all that is wanted"] = create(),
    ["the most that may be asked for"] = create({ Memory = 4 << 30, NanoCpus = 2000000000, PidsLimit = 1024 }),
    ["a named volume"] = create({ Binds = { "cache:/cache" } }),
    ["a volume of one's own"] = job(engine.volume({ Name = "cache", Labels = { owner = "web" } })),
    ["a network of one's own"] = network({}),
    ["one whose containers do not reach each other"] = network({ Driver = "bridge",
      Options = { ["com.docker.network.bridge.enable_icc"] = "false" } }),
    ["logs that are not kept for ever"] = create({
      LogConfig = { Type = "json-file", Config = { ["max-size"] = "10m" } },
    }),
    ["attaching to it"] = job(engine.call("POST", "/containers/c1/attach?stream=1&stdout=1&stderr=1")),
    ["waiting for it"] = job(engine.call("POST", "/containers/c1/wait?condition=next-exit")),
    ["starting it"] = job(engine.call("POST", "/containers/c1/start")),
    ["its logs"] = job(engine.call("GET", "/containers/c1/logs?stdout=1")),
    ["a command in it"] = job(engine.exec({ Cmd = { "make", "test" } })),
    ["deleting it"] = job(engine.call("DELETE", "/containers/c1?v=1&force=1")),
    ["a pull"] = job(engine.call("POST", "/images/create?fromImage=alpine&tag=3.20")),
    ["a build"] = job(engine.call("POST", "/build?t=registry.example.com%2Fweb%2Fapp%3A1")),
    ["a push into the project"] = job(engine.call("POST", "/images/registry.example.com/web/app/push?tag=1")),
  }, policy)

  it("pushes nowhere until a site says where", function()
    local verdict = engine.decide(job(engine.call("POST", "/images/registry.example.com/web/app/push?tag=1")),
      { ["policy.lua"] = [[return profile { id = "site", extends = "ci" }]] })
    assert.matches("[image.push-target]", verdict.msg, 1, true)
  end)

  it("takes BuildKit where a site wants it", function()
    local verdict = engine.decide(job(engine.call("POST", "/session")), { ["policy.lua"] = [[return profile {
      id = "site", extends = "ci", rules = { ["request.opaque"] = { params = { buildkit = "allow" } } } }]] })
    assert.is_true(verdict.allow, verdict.msg)
  end)
end)
