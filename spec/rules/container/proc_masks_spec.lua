local engine = require("engine")

local RULE = "container.proc-masks"

local function raw(host_config)
  return engine.call("POST", "/containers/create", ([[{"Image":"alpine","HostConfig":%s}]]):format(host_config))
end

-- As inspect tells them on an engine 20.10, and one that protects more.
local MASKED = {
  "/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
  "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
}
local READONLY = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" }

local function without(list, left_out)
  local rest = {}
  for _, item in ipairs(list) do
    rest[#rest + 1] = item ~= left_out and item or nil
  end
  return rest
end

local function with(list, more)
  local all = { more }
  for _, item in ipairs(list) do
    all[#all + 1] = item
  end
  return all
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["no hidden paths"] = raw([[{"MaskedPaths":[]}]]),
    ["no read-only paths"] = raw([[{"ReadonlyPaths":[]}]]),
    ["hidden paths of one's own"] = engine.create({ MaskedPaths = { "/proc/kcore" } }),
    ["read-only paths of one's own"] = engine.create({ ReadonlyPaths = { "/proc/sys" } }),
    ["the engine's own lists"] = engine.create({ MaskedPaths = MASKED, ReadonlyPaths = READONLY }),
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

  describe("told to let the engine's own lists pass,", function()
    local told = engine.alone(RULE, [[lists = "as_engine"]])
    local unmasked = {}
    for _, path in ipairs(MASKED) do
      unmasked["hidden paths without " .. path] = engine.create({ MaskedPaths = without(MASKED, path) })
    end
    for _, path in ipairs(READONLY) do
      unmasked["read-only paths without " .. path] = engine.create({ ReadonlyPaths = without(READONLY, path) })
    end
    unmasked["no hidden paths"] = raw([[{"MaskedPaths":[]}]])
    unmasked["a path in another spelling"] = engine.create(
      { MaskedPaths = with(without(MASKED, "/proc/kcore"), "/proc/KCORE") })
    unmasked["writable control groups"] = engine.create({ SecurityOpt = { "writable-cgroups" } })

    engine.denies(RULE, unmasked, told)

    engine.allows({
      ["nothing said"] = engine.create({}),
      ["the engine's own lists"] = engine.create({ MaskedPaths = MASKED, ReadonlyPaths = READONLY }),
      ["more than that"] = engine.create(
        { MaskedPaths = with(MASKED, "/sys/devices/virtual/powercap"), ReadonlyPaths = with(READONLY, "/proc/x") }),
    }, told)
  end)
end)
