local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.security-options", function()
  engine.denies("container.security-options", {
    ["an unknown option"] = engine.create({ SecurityOpt = { "shiny=true" } }),
    ["an unknown bare word"] = engine.create({ SecurityOpt = { "shiny" } }),
    ["a known one in capitals"] = engine.create({ SecurityOpt = { "SECCOMP=builtin" } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["no-new-privileges"] = engine.create({ SecurityOpt = { "no-new-privileges" } }),
    ["no-new-privileges with a value"] = engine.create({ SecurityOpt = { "no-new-privileges:true" } }),
  }, policy)
end)
