local engine = require("engine")
local recipe = require("recipe")

local policy = recipe.policy("workstation")

describe("the recipe for a shared workstation", function()
  engine.denies("container.bind-mounts", {
    ["the host"] = engine.create({ Binds = { "/:/host" } }),
    ["what lies beside the homes"] = engine.create({ Binds = { "/home2/x:/x" } }),
    ["a way out of a home"] = engine.create({ Binds = { "/home/alice/../../etc:/x" } }),
    ["accounts, read-only"] = engine.create({ Binds = { "/etc/shadow:/s:ro" } }),
    ["a volume over the host"] = engine.volume({ DriverOpts = { type = "none", o = "bind", device = "/root" } }),
    ["mounts that appear on the host"] = engine.create({ Mounts = {
      { Type = "bind", Source = "/srv/projects/web", Target = "/w", BindOptions = { Propagation = "rshared" } },
    } }),
  }, policy)
  engine.denies("container.engine-socket", {
    ["the socket"] = engine.create({ Binds = { "/run/docker.sock:/s" } }),
    ["the directory that it is in"] = engine.create({ Binds = { "/var/run:/r" } }),
    ["the socket of another engine, from a home"] = engine.create({ Binds = { "/home/alice/podman.sock:/s" } }),
  }, policy)
  engine.denies("container.no-privileged", { ["privileges"] = engine.create({ Privileged = true }) }, policy)
  engine.denies("container.ports", {
    ["a port for the whole network"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "8080" } } } }),
  }, policy)
  engine.denies("protect.prune", { ["deleting everybody's volumes"] = engine.call("POST", "/volumes/prune") }, policy)

  engine.allows({
    ["a home"] = engine.create({ Binds = { "/home/alice/src:/src" } }),
    ["all homes"] = engine.create({ Binds = { "/home:/home:ro" } }),
    ["a project"] = engine.create({ Mounts = { { Type = "bind", Source = "/srv/projects/web", Target = "/w" } } }),
    ["a volume over a project"] = engine.volume(
      { DriverOpts = { type = "none", o = "bind", device = "/srv/projects/web" } }),
    ["a named volume"] = engine.create({ Binds = { "data:/data" } }),
    ["a port for oneself"] = engine.create(
      { PortBindings = { ["80/tcp"] = { { HostIp = "127.0.0.1", HostPort = "8080" } } } }),
    ["a prune of one's own"] = engine.call("POST",
      "/containers/prune?filters=%7B%22label%22%3A%7B%22owner%3Dalice%22%3Atrue%7D%7D"),
  }, policy)
end)
