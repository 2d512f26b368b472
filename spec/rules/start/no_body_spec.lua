local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("start.no-body", function()
  engine.denies("start.no-body", {
    ["settings"] = engine.call("POST", "/containers/web/start", { Privileged = true }),
    ["binds"] = engine.call("POST", "/containers/web/start", { Binds = { "/etc:/x" } }),
    ["an unknown field"] = engine.call("POST", "/containers/web/start", { Shiny = 1 }),
  }, policy)

  engine.allows({
    ["no body"] = engine.call("POST", "/containers/web/start"),
    ["an empty object"] = engine.call("POST", "/containers/web/start", {}),
    ["null"] = engine.call("POST", "/containers/web/start", "null"),
  }, policy)
end)
