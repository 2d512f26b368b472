local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "restricted" }]] }

describe("exec.user", function()
  engine.denies("exec.user", {
    ["root"] = engine.exec({ Cmd = { "id" }, User = "root" }),
    ["zero"] = engine.exec({ Cmd = { "id" }, User = "0" }),
    ["zeros"] = engine.exec({ Cmd = { "id" }, User = "00" }),
    ["zero with a group"] = engine.exec({ Cmd = { "id" }, User = "0:1000" }),
  }, policy)

  engine.allows({
    ["no user"] = engine.exec({ Cmd = { "id" } }),
    ["a number"] = engine.exec({ Cmd = { "id" }, User = "1000" }),
    ["a name"] = engine.exec({ Cmd = { "id" }, User = "app" }),
  }, policy)
end)
