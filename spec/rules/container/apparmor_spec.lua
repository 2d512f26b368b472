local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.apparmor", function()
  engine.denies("container.apparmor", {
    ["unconfined"] = engine.create({ SecurityOpt = { "apparmor=unconfined" } }),
    ["unconfined after a colon"] = engine.create({ SecurityOpt = { "apparmor:unconfined" } }),
    ["the last of two"] = engine.create({ SecurityOpt = { "apparmor=docker-default", "apparmor=unconfined" } }),
  }, policy)

  engine.allows({
    ["nothing said"] = engine.create({  }),
    ["the engine's profile"] = engine.create({ SecurityOpt = { "apparmor=docker-default" } }),
    ["an overridden unconfined"] = engine.create({ SecurityOpt = { "apparmor=unconfined",
      "apparmor=docker-default" } }),
  }, policy)
end)
