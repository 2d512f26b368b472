local engine = require("engine")

local RULE = "container.proc-masks"

local function raw(host_config)
  return engine.call("POST", "/containers/create", ([[{"Image":"alpine","HostConfig":%s}]]):format(host_config))
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["no hidden paths"] = raw([[{"MaskedPaths":[]}]]),
    ["no read-only paths"] = raw([[{"ReadonlyPaths":[]}]]),
    ["hidden paths of one's own"] = engine.create({ MaskedPaths = { "/proc/kcore" } }),
    ["read-only paths of one's own"] = engine.create({ ReadonlyPaths = { "/proc/sys" } }),
    ["writable control groups"] = engine.create({ SecurityOpt = { "writable-cgroups" } }),
    ["writable control groups by a word for true"] = engine.create({ SecurityOpt = { "writable-cgroups=T" } }),
  }, alone)

  engine.allows({
    ["nothing said"] = engine.create({}),
    ["null"] = raw([[{"MaskedPaths":null,"ReadonlyPaths":null}]]),
    ["control groups that are not writable"] = engine.create({ SecurityOpt = { "writable-cgroups=false" } }),
    ["a build"] = engine.call("POST", "/build?t=x"),
  }, alone)

  it("tells both lists of systempaths=unconfined", function()
    assert.equal("[container.proc-masks] the hidden paths of /proc may not be changed (HostConfig.MaskedPaths). "
      .. "Fix: leave out --security-opt systempaths=unconfined.\n"
      .. "[container.proc-masks] the read-only paths of /proc may not be changed (HostConfig.ReadonlyPaths). "
      .. "Fix: leave out --security-opt systempaths=unconfined.",
      engine.decide(raw([[{"MaskedPaths":[],"ReadonlyPaths":[]}]]), alone).msg)
  end)
end)
