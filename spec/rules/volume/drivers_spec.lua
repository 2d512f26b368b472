local engine = require("engine")

local RULE = "volume.drivers"

local function nfs(extra)
  local options = { type = "nfs", o = "addr=10.0.0.1", device = ":/export" }
  for key, value in pairs(extra or {}) do
    options[key] = value
  end
  return options
end

local function mounted(driver, options)
  return engine.create({ Mounts = { { Type = "volume", Source = "v", Target = "/v",
    VolumeOptions = { DriverConfig = { Name = driver, Options = options } } } } })
end

describe(RULE, function()
  local policy = engine.alone(RULE)

  engine.denies(RULE, {
    ["a volume of another driver"] = engine.volume({ Driver = "rexray" }),
    ["the word in another case"] = engine.volume({ Driver = "Local" }),
    ["a container whose volumes are of another driver"] =
      engine.create({ VolumeDriver = "rexray", Binds = { "data:/data" } }),
    ["such a container without a volume, for its image may have one"] = engine.create({ VolumeDriver = "rexray" }),
    ["such a container with memory only"] =
      engine.create({ VolumeDriver = "rexray", Tmpfs = { ["/run"] = "" } }),
    ["such a container with a local mount"] = engine.create({ VolumeDriver = "rexray",
      Mounts = { { Type = "volume", Source = "v", Target = "/v" } } }),
    ["a mount of another driver"] = mounted("rexray"),
    ["a mount of a service"] = engine.service({ Mounts = { { Type = "volume", Source = "v", Target = "/v",
      VolumeOptions = { DriverConfig = { Name = "rexray" } } } } }),
    ["a network file system"] = engine.volume({ DriverOpts = nfs() }),
    ["another one"] = engine.volume({ DriverOpts = nfs({ type = "cifs" }) }),
    ["a network file system in a mount"] = mounted("local", nfs()),
    ["a cluster volume"] = engine.volume({ Name = "v", ClusterVolumeSpec = {} }),
    ["a change to a cluster volume"] = engine.call("PUT", "/volumes/v?version=1", { Spec = {} }),
    ["a mount of a cluster volume"] =
      engine.service({ Mounts = { { Type = "cluster", Source = "v", Target = "/v" } } }),
  }, policy)

  engine.allows({
    ["a local volume"] = engine.volume({ Name = "v", Driver = "local" }),
    ["a volume of no driver"] = engine.volume({ Name = "v" }),
    ["a volume in memory"] = engine.volume({ DriverOpts = { type = "tmpfs", device = "tmpfs" } }),
    ["a container with named volumes"] = engine.create({ Binds = { "data:/data" } }),
    ["a mount"] = mounted("local"),
    ["memory"] = engine.create({ Mounts = { { Type = "tmpfs", Target = "/t" } } }),
    ["a host path, which another rule judges"] = engine.create({ Binds = { "/srv:/srv" } }),
  }, policy)

  it("says which driver may be", function()
    assert.equal("[volume.drivers] volume driver rexray is not allowed (HostConfig.VolumeDriver). Fix: use local.",
      engine.decide(engine.create({ VolumeDriver = "rexray" }), policy).msg)
  end)

  describe("with other drivers and network file systems", function()
    local wide = engine.alone(RULE, [[allow = { "local", "rexray/*", "csi" }, network_file_systems = "allow"]])

    engine.denies(RULE, {
      ["one that is not listed"] = engine.volume({ Driver = "flocker" }),
      ["one that only starts alike"] = engine.volume({ Driver = "rexray" }),
      ["the empty rest of a pattern in another case"] = engine.volume({ Driver = "REXRAY/efs" }),
    }, wide)
    engine.allows({
      ["a listed driver"] = engine.volume({ Driver = "rexray/efs" }),
      ["a network file system"] = engine.volume({ DriverOpts = nfs() }),
      ["a cluster volume"] = engine.volume({ Name = "v", ClusterVolumeSpec = {} }),
    }, wide)
  end)
end)
