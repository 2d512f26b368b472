local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.capabilities", function()
  engine.denies("container.capabilities", {
    ["SYS_ADMIN"] = engine.create({ CapAdd = { "SYS_ADMIN" } }),
    ["small letters and the prefix"] = engine.create({ CapAdd = { "cap_sys_ptrace" } }),
    ["ALL"] = engine.create({ CapAdd = { "ALL" } }),
    ["a bare word in place of a list"] = engine.create({ CapAdd = "SYS_ADMIN" }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["one of the thirteen"] = engine.create({ CapAdd = { "CAP_CHOWN" } }),
    ["dropping all"] = engine.create({ CapDrop = { "ALL" } }),
  }, policy)
end)
