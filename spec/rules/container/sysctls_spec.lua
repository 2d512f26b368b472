local engine = require("engine")

local policy = { ["policy.lua"] = [[return profile { id = "site", extends = "baseline" }]] }

describe("container.sysctls", function()
  engine.denies("container.sysctls", {
    ["the core pattern"] = engine.create({ Sysctls = { ["kernel.core_pattern"] = "|/x" } }),
    ["with slashes"] = engine.create({ Sysctls = { ["kernel/core_pattern"] = "|/x" } }),
    ["forwarding"] = engine.create({ Sysctls = { ["net.ipv4.ip_forward"] = "1" } }),
  }, policy)

  engine.allows({
    ["none"] = engine.create({  }),
    ["a safe one"] = engine.create({ Sysctls = { ["net.ipv4.tcp_syncookies"] = "1" } }),
    ["another safe one"] = engine.create({ Sysctls = { ["net.ipv4.ping_group_range"] = "0 0" } }),
  }, policy)
end)
