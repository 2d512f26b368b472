local engine = require("engine")

local RULE = "container.devices"

local function device(path)
  return engine.create({ Devices = { { PathOnHost = path, PathInContainer = path, CgroupPermissions = "rwm" } } })
end

local function request(fields)
  return engine.create({ DeviceRequests = { fields } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a disk"] = device("/dev/sda"),
    ["the kernel's memory"] = device("/dev/mem"),
    ["the directory of all devices"] = device("/dev"),
    ["a relative path"] = device("dev/sda"),
    ["an empty path"] = device(""),
    ["a rule of the device cgroup"] = engine.create({ DeviceCgroupRules = { "c 42:* rmw" } }),
    ["a rule for everything"] = engine.create({ DeviceCgroupRules = { "a" } }),
    ["a device through CDI"] = request({ Driver = "cdi", DeviceIDs = { "vendor.com/net=eth0" } }),
  }, alone)

  engine.allows({
    ["no devices"] = engine.create({}),
    ["null and empty lists"] = engine.call("POST", "/containers/create",
      [[{"Image":"a","HostConfig":{"Devices":null,"DeviceCgroupRules":[],"DeviceRequests":null}}]]),
    ["a GPU"] = request({ Count = -1, Capabilities = { { "gpu" } } }),
    ["a service"] = engine.service({}),
  }, alone)

  it("names the device and its place", function()
    assert.equal("[container.devices] host device /dev/sda may not be passed in (HostConfig.Devices[1]). "
      .. "Fix: leave out --device.", engine.decide(device("/dev/../dev/sda"), alone).msg)
  end)

  describe("with listed devices", function()
    local listed = engine.alone(RULE, [[allow = { "/dev/fuse", "/dev/ttyUSB*", "/dev/dri", "dev/*" },
      allow_rules = { "c 10:229 *" }, cdi = true]])

    engine.denies(RULE, {
      ["others"] = device("/dev/kmsg"),
      ["a way out of them"] = device("/dev/ttyUSB0/../sda"),
      ["a directory, even a listed one"] = device("/dev/dri"),
      ["a directory by its last letter"] = device("/dev/ttyUSB/"),
      ["a relative path, even a listed one"] = device("dev/sda"),
      ["another rule of the cgroup"] = engine.create({ DeviceCgroupRules = { "c 10:229 rwm", "b 8:0 rwm" } }),
    }, listed)
    engine.allows({
      ["these"] = device("/dev/fuse"),
      ["these in another spelling"] = device("/dev//./fuse"),
      ["these by pattern"] = device("/dev/ttyUSB0"),
      ["a listed rule of the cgroup"] = engine.create({ DeviceCgroupRules = { "c 10:229 rwm" } }),
      ["CDI"] = request({ Driver = "cdi", DeviceIDs = { "vendor.com/net=eth0" } }),
    }, listed)
  end)

  describe("with requests = deny", function()
    local none = engine.alone(RULE, [[requests = "deny"]])

    engine.denies(RULE, {
      ["GPUs"] = request({ Count = -1, Capabilities = { { "gpu" } } }),
      ["GPUs by driver"] = request({ Driver = "nvidia" }),
      ["other drivers"] = request({ Driver = "tpu", Count = 1 }),
      ["an empty request"] = request({}),
      ["CDI"] = request({ Driver = "cdi", DeviceIDs = { "vendor.com/net=eth0" } }),
      ["generic resources of a service"] = engine.service({}, { TaskTemplate = { Resources = { Reservations = {
        GenericResources = { { DiscreteResourceSpec = { Kind = "SSD", Value = 3 } } } } } } }),
    }, none)
    engine.allows({
      ["a plain container"] = engine.create({}),
      ["a plain service"] = engine.service({}),
      ["a service that reserves memory"] =
        engine.service({}, { TaskTemplate = { Resources = { Reservations = { MemoryBytes = 1048576 } } } }),
    }, none)
  end)
end)
