local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.runtime", function()
  engine.denies("container.runtime", {
    ["another runtime"] = engine.create({ Runtime = "kata" }),
    ["a shim by name"] = engine.create({ Runtime = "io.containerd.kata.v2" }),
    ["capital letters"] = engine.create({ Runtime = "RUNC" }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["runc"] = engine.create({ Runtime = "runc" }),
    ["runc by its shim"] = engine.create({ Runtime = "io.containerd.runc.v2" }),
  }, policy)
end)
