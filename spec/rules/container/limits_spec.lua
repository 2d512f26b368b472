local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("container.limits", function()
  engine.denies("container.limits", {
    ["no limits"] = engine.create({  }),
    ["zero"] = engine.create({ Memory = 0, PidsLimit = 0 }),
    ["minus one"] = engine.create({ Memory = 100000000, PidsLimit = -1 }),
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
