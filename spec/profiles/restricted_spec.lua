local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("restricted, beyond single containers", function()
  engine.denies("volume.drivers", {
    ["another volume driver"] = engine.volume({ Driver = "rexray" }),
    ["a network file system"] = engine.volume({ DriverOpts = { type = "nfs", o = "addr=a", device = ":/x" } }),
  }, policy)

  engine.denies("network.driver", {
    ["a network in the LAN"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "macvlan" }),
  }, policy)

  engine.denies("network.encrypted", {
    ["a plain overlay"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "overlay" }),
  }, policy)

  engine.denies("request.opaque", {
    ["a BuildKit session"] = engine.call("POST", "/session"),
    ["a BuildKit build"] = engine.call("POST", "/build?version=2"),
  }, policy)

  engine.denies("service.rollback", {
    ["a step back"] = engine.call("POST", "/services/web/update?version=1&rollback=previous", { Name = "web" }),
  }, policy)

  engine.allows({
    ["a local volume"] = engine.volume({ Name = "data" }),
    ["a bridge"] = engine.call("POST", "/networks/create", { Name = "n" }),
    ["a list of containers"] = engine.call("GET", "/containers/json"),
  }, policy)
end)
