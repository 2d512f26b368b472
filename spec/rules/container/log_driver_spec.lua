local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("container.log-driver", function()
  engine.denies("container.log-driver", {
    ["none"] = engine.create({ LogConfig = { Type = "none" } }),
    ["none with options"] = engine.create({ LogConfig = { Type = "none", Config = { a = "b" } } }),
    ["none beside the rest"] = engine.create({ Memory = 100000000, PidsLimit = 100,
      CapDrop = { "ALL" }, SecurityOpt = { "no-new-privileges" },
      LogConfig = { Type = "none" } },
      { User = "1000" }),
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
