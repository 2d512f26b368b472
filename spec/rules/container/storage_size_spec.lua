local engine = require("engine")

local RULE = "container.storage-size"

local function sized(size)
  return engine.create({ StorageOpt = { size = size } })
end

local function tmpfs(options)
  return engine.create({ ReadonlyRootfs = true, Tmpfs = { ["/run"] = options } })
end

local function mounted(bytes)
  return { Type = "tmpfs", Target = "/run", TmpfsOptions = { SizeBytes = bytes } }
end

describe(RULE, function()
  local policy = engine.alone(RULE, [[max = "1g"]])

  engine.denies(RULE, {
    ["nothing said"] = engine.create({}),
    ["a size above the line"] = sized("1073741825"),
    ["a size above the line in units"] = sized("2G"),
    ["a size of 0"] = sized("0"),
    ["what is no size"] = sized("much"),
    ["an option in another letter case"] = engine.create({ StorageOpt = { size = "1g", Size = "1t" } }),
    ["memory without a size"] = tmpfs(""),
    ["memory with other options"] = tmpfs("noexec"),
    ["memory of a share of the host's"] = tmpfs("size=50%"),
    ["memory without a bound"] = tmpfs("size=0"),
    ["memory above the line"] = tmpfs("size=1073741825"),
    ["memory of a mount without a size"] =
      engine.create({ ReadonlyRootfs = true, Mounts = { { Type = "tmpfs", Target = "/run" } } }),
    ["memory of a mount above the line"] = engine.create({ ReadonlyRootfs = true, Mounts = { mounted(1073741825) } }),
    ["a service that may write"] = engine.service({}),
    ["a service's memory"] = engine.service({ ReadOnly = true, Mounts = { { Type = "tmpfs", Target = "/run" } } }),
  }, policy)

  engine.allows({
    ["the largest size"] = sized("1073741824"),
    ["the same in units"] = sized("1G"),
    ["a smaller size"] = sized("512m"),
    ["a root that cannot be written"] = engine.create({ ReadonlyRootfs = true }),
    ["memory of the largest size"] = tmpfs("size=1073741824"),
    ["memory in units among other options"] = tmpfs("noexec,size=64m"),
    ["memory of a mount"] = engine.create({ ReadonlyRootfs = true, Mounts = { mounted(1073741824) } }),
    ["a service that cannot write"] = engine.service({ ReadOnly = true }),
    ["a service's memory"] = engine.service({ ReadOnly = true, Mounts = { mounted(1048576) } }),
    ["a volume, which is not the container's"] = engine.create({ ReadonlyRootfs = true, Binds = { "data:/data" } }),
  }, policy)

  it("says how large it may be", function()
    assert.equal("[container.storage-size] writable storage must be limited (HostConfig.StorageOpt). "
      .. "Fix: add --storage-opt size=... of at most 1073741824 bytes, or --read-only.",
      engine.decide(engine.create({}), policy).msg)
    assert.equal("[container.storage-size] the file system in memory at /run must be limited "
      .. "(HostConfig.Tmpfs[\"/run\"]). Fix: give it a size of at most 1073741824 bytes, "
      .. "such as --tmpfs /run:size=64m.", engine.decide(tmpfs(""), policy).msg)
  end)

  describe("without a line", function()
    local alone = engine.alone(RULE)

    engine.denies(RULE, { ["no size"] = engine.create({}), ["memory without one"] = tmpfs("") }, alone)
    engine.allows({ ["any size"] = sized("100T"), ["memory of any size"] = tmpfs("size=100g") }, alone)
  end)

  describe("with layer = any", function()
    local memory = engine.alone(RULE, [[layer = "any"]])

    engine.denies(RULE, { ["memory without a size"] = tmpfs("") }, memory)
    engine.allows({ ["nothing said"] = engine.create({}), ["a service"] = engine.service({}) }, memory)
  end)

  describe("with tmpfs = any", function()
    local layer = engine.alone(RULE, [[tmpfs = "any"]])

    engine.denies(RULE, { ["nothing said"] = engine.create({}) }, layer)
    engine.allows({ ["memory without a size"] = tmpfs("") }, layer)
  end)
end)
