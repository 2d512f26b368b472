local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("container.no-new-privileges", function()
  engine.denies("container.no-new-privileges", {
    ["nothing said"] = engine.create({  }),
    ["false"] = engine.create({ SecurityOpt = { "no-new-privileges=false" } }),
    ["the last of two"] = engine.create({ SecurityOpt = { "no-new-privileges", "no-new-privileges=false" } }),
  }, policy)

  engine.allows({
    ["a plain hardened container"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } },
      { User = "1000" }),
    ["a group as well"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } },
      { User = "1000:1000" }),
    ["a named volume"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" },
      Binds = { "data:/data" } },
      { User = "1000" }),
  }, policy)
end)
