local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.devices", function()
  engine.denies("container.devices", {
    ["a device"] = engine.create({ Devices = { { PathOnHost = "/dev/kmsg",
      PathInContainer = "/dev/kmsg",
      CgroupPermissions = "rwm" } } }),
    ["a device rule"] = engine.create({ DeviceCgroupRules = { "a *:* rwm" } }),
    ["a relative path"] = engine.create({ Devices = { { PathOnHost = "dev/sda",
      PathInContainer = "/dev/x",
      CgroupPermissions = "r" } } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["a dropped capability"] = engine.create({ CapDrop = { "MKNOD" } }),
    ["other settings"] = engine.create({ ShmSize = 1000 }),
  }, policy)
end)
