local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.cgroup-parent", function()
  engine.denies("container.cgroup-parent", {
    ["a parent"] = engine.create({ CgroupParent = "system.slice" }),
    ["one that climbs"] = engine.create({ CgroupParent = "../.." }),
    ["the root"] = engine.create({ CgroupParent = "/" }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["an empty one"] = engine.create({ CgroupParent = "" }),
    ["another field"] = engine.create({ CpuShares = 10 }),
  }, policy)
end)
