local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.ports", function()
  engine.denies("container.ports", {
    ["a port below 1024"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "80" } } } }),
    ["the last privileged port"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "1023" } } } }),
    ["a range that begins low"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "1000-1100" } } } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["the first free port"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "1024" } } } }),
    ["any free port"] = engine.create({ PortBindings = { ["80/tcp"] = { { HostPort = "0" } } } }),
  }, policy)
end)
