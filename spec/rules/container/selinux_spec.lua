local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.selinux", function()
  engine.denies("container.selinux", {
    ["disable"] = engine.create({ SecurityOpt = { "label=disable" } }),
    ["a user"] = engine.create({ SecurityOpt = { "label=user:root" } }),
    ["a type outside the list"] = engine.create({ SecurityOpt = { "label=type:spc_t" } }),
    ["the bare word"] = engine.create({ SecurityOpt = { "disable" } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["a listed type"] = engine.create({ SecurityOpt = { "label=type:container_t" } }),
    ["a level"] = engine.create({ SecurityOpt = { "label=level:s0:c1,c2" } }),
  }, policy)
end)
