local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("container.non-root", function()
  engine.denies("container.non-root", {
    ["no user"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } }),
    ["root"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } },
      { User = "0" }),
    ["root with zeros"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } },
      { User = "00" }),
    ["a name"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" } },
      { User = "app" }),
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
