local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.proc-masks", function()
  engine.denies("container.proc-masks", {
    ["masked paths of its own"] = engine.create({ MaskedPaths = { "/proc/kcore" } }),
    ["readonly paths of its own"] = engine.create({ ReadonlyPaths = { "/proc/sys" } }),
    ["both"] = engine.create({ MaskedPaths = { "/x" }, ReadonlyPaths = { "/y" } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["a read-only root"] = engine.create({ ReadonlyRootfs = true }),
    ["tmpfs"] = engine.create({ Tmpfs = { ["/tmp"] = "" } }),
  }, policy)
end)
