local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("classroom")

local function run(host_config, image)
  local asked = { Memory = 1 << 29, NanoCpus = 500000000, PidsLimit = 100, SecurityOpt = { "no-new-privileges" } }
  for key, value in pairs(host_config or {}) do
    asked[key] = value ~= "" and value or nil
  end
  return engine.create(asked, { Image = image })
end

describe("the recipe for a classroom", function()
  engine.denies("container.limits", {
    ["no limits"] = engine.create({}),
    ["more memory than a share"] = run({ Memory = (1 << 30) + 1 }),
    ["more than a processor"] = run({ NanoCpus = 1500000000 }),
    ["a fork bomb's worth of processes"] = run({ PidsLimit = 257 }),
    ["unlimited later"] = engine.call("POST", "/containers/c1/update", { PidsLimit = -1 }),
  }, policy)
  engine.denies("container.bind-mounts", { ["files of the machine"] = run({ Binds = { "/home:/h" } }) }, policy)
  engine.denies("image.registry", { ["an image from anywhere"] = run({}, "somebody/miner:1") }, policy)
  engine.denies("container.restart-policy", {
    ["a container that always comes back"] = run({ RestartPolicy = { Name = "always" } }),
  }, policy)
  engine.denies("container.no-new-privileges", { ["set-user-id programs"] = run({ SecurityOpt = "" }) }, policy)
  engine.denies("protect.objects", {
    ["stopping what the teacher runs"] = engine.call("POST", "/containers/teacher-registry/stop"),
    ["deleting it by the beginning of its id"] = engine.call("DELETE", "/containers/ab1?force=1"),
  }, policy)
  engine.denies("container.log-driver", {
    ["words in the machine's own log"] = run({ LogConfig = { Type = "journald" } }),
  }, policy)
  engine.denies("container.log-target", {
    ["words into a socket of the machine"] = run({ LogConfig = { Config = {
      ["syslog-address"] = "unix:///run/docker.sock" } } }),
  }, policy)
  engine.denies("network.driver", {
    ["a place in the school's network"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "macvlan" }),
  }, policy)
  engine.denies("network.options", {
    ["a bridge of the machine"] = engine.call("POST", "/networks/create", { Name = "n",
      Options = { ["com.docker.network.bridge.name"] = "docker0" } }),
  }, policy)
  engine.denies("network.subnets", {
    ["addresses of others"] = engine.call("POST", "/networks/create", { Name = "n",
      IPAM = { Config = { { Subnet = "203.0.113.0/24" } } } }),
  }, policy)
  engine.denies("container.ports", {
    ["a port out of the range"] = run({ PortBindings = { ["80/tcp"] = { { HostPort = "9000" } } } }),
  }, policy)

  engine.allows({
    ["a small container"] = run(),
    ["the most of everything"] = run({ Memory = 1 << 30, NanoCpus = 1000000000, PidsLimit = 256 }),
    ["an image of the course"] = run({}, "registry.example.com/course/lab:3"),
    ["a port of the range"] = run({ PortBindings = { ["80/tcp"] = { { HostPort = "8123" } } } }),
    ["logs that are not kept for ever"] = run({
      LogConfig = { Type = "json-file", Config = { ["max-size"] = "10m" } },
    }),
    ["a network of one's own"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "bridge",
      IPAM = { Config = { { Subnet = "10.7.0.0/24" } } } }),
    ["a pull"] = engine.call("POST", "/images/create?fromImage=python&tag=3.12"),
    ["a build"] = engine.call("POST", "/build?t=mine"),
    ["stopping one's own"] = engine.call("POST", "/containers/my-lab/stop"),
  }, policy)
end)
