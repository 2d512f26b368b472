local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.seccomp", function()
  engine.denies("container.seccomp", {
    ["unconfined"] = engine.create({ SecurityOpt = { "seccomp=unconfined" } }),
    ["an empty profile"] = engine.create({ SecurityOpt = { "seccomp={}" } }),
    ["a profile that allows all"] = engine.create({ SecurityOpt = { [[seccomp={"defaultAction":"SCMP_ACT_ALLOW"}]] } }),
    ["a profile that logs only"] = engine.create({ SecurityOpt = { [[seccomp={"defaultAction":"SCMP_ACT_LOG"}]] } }),
  }, policy)

  engine.allows({
    ["nothing said"] = engine.create({  }),
    ["the builtin profile"] = engine.create({ SecurityOpt = { "seccomp=builtin" } }),
    ["a profile that refuses"] = engine.create({ SecurityOpt = { [[seccomp={"defaultAction":"SCMP_ACT_ERRNO"}]] } }),
  }, policy)
end)
