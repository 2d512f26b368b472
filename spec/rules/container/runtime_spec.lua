local engine = require("engine")

local RULE = "container.runtime"

local function runtime(name)
  return engine.create({ Runtime = name })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a runtime that passes devices in"] = runtime("nvidia"),
    ["any shim of containerd"] = runtime("io.containerd.runsc.v1"),
    ["an older shim of runc"] = runtime("io.containerd.runc.v1"),
    ["capital letters"] = runtime("RUNC"),
    ["a path"] = runtime("/usr/bin/runc"),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["an empty name"] = runtime(""),
    ["runc"] = runtime("runc"),
    ["runc by its shim"] = runtime("io.containerd.runc.v2"),
  }, alone)

  it("says what may be used", function()
    assert.equal("[container.runtime] runtime nvidia is not allowed (HostConfig.Runtime). "
      .. "Fix: leave out --runtime, or use one of runc.", engine.decide(runtime("nvidia"), alone).msg)
  end)

  describe("with listed runtimes", function()
    local listed = engine.alone(RULE, [[allow = { "runsc", "kata-*" }]])

    engine.denies(RULE, { ["others"] = runtime("runc") }, listed)
    engine.allows({ ["these"] = runtime("runsc"), ["these by pattern"] = runtime("kata-qemu") }, listed)
  end)
end)
