local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.update", function()
  engine.denies("container.update", {
    ["a device"] = engine.call("POST", "/containers/web/update", { Devices = { { PathOnHost = "/dev/sda",
      PathInContainer = "/dev/sda",
      CgroupPermissions = "r" } } }),
    ["a device rule"] = engine.call("POST", "/containers/web/update", { DeviceCgroupRules = { "a *:* rwm" } }),
    ["a device request"] = engine.call("POST", "/containers/web/update", { DeviceRequests = { { Count = -1 } } }),
  }, policy)

  engine.allows({
    ["memory"] = engine.call("POST", "/containers/web/update", { Memory = 100000000 }),
    ["a restart policy"] = engine.call("POST", "/containers/web/update", { RestartPolicy = { Name = "always" } }),
    ["a key that the engine ignores"] = engine.call("POST", "/containers/web/update", { Privileged = true }),
  }, policy)
end)
