local engine = require("engine")

local RULE = "container.limits"

local function raw(host_config)
  return engine.call("POST", "/containers/create", ([[{"Image":"alpine","HostConfig":%s}]]):format(host_config))
end

local function update(body)
  return engine.call("POST", "/containers/web/update", body)
end

local function service(limits, container)
  return engine.service(container or {}, { TaskTemplate = { Resources = { Limits = limits } } })
end

local GIB = 1 << 30

describe(RULE, function()
  engine.allows({
    ["whatever comes, when nothing is asked for"] = engine.create({}),
    ["the out-of-memory killer off, when nothing is asked for"] = engine.create({ OomKillDisable = true }),
    ["an update that lifts, when nothing is asked for"] = update({ Memory = -1, MemorySwap = -1 }),
  }, engine.alone(RULE))

  describe("with limits required", function()
    local required = engine.alone(RULE, "memory = { require = true }, pids = { require = true }")

    engine.denies(RULE, {
      ["nothing said"] = engine.create({}),
      ["memory alone"] = engine.create({ Memory = GIB }),
      ["processes alone"] = engine.create({ PidsLimit = 100 }),
      ["0 for memory"] = engine.create({ Memory = 0, PidsLimit = 100 }),
      ["-1 for memory"] = engine.create({ Memory = -1, PidsLimit = 100 }),
      ["null for memory"] = raw([[{"Memory":null,"PidsLimit":100}]]),
      ["0 for processes"] = engine.create({ Memory = GIB, PidsLimit = 0 }),
      ["-1 for processes"] = engine.create({ Memory = GIB, PidsLimit = -1 }),
      ["null for processes"] = raw([[{"Memory":1073741824,"PidsLimit":null}]]),
      ["memory that is only reserved"] = engine.create({ MemoryReservation = GIB, PidsLimit = 100 }),
      ["an update that lifts memory"] = update({ Memory = -1 }),
      ["an update that lifts processes by -1"] = update({ PidsLimit = -1 }),
      ["an update that lifts processes by 0"] = update({ PidsLimit = 0 }),
      ["a service without limits"] = engine.service({}),
      ["a service without a limit on processes"] = service({ MemoryBytes = GIB }),
      ["a service with 0"] = service({ MemoryBytes = 0, Pids = 10 }),
    }, required)

    engine.allows({
      ["both"] = engine.create({ Memory = GIB, PidsLimit = 100 }),
      ["the least of both"] = engine.create({ Memory = 1, PidsLimit = 1 }),
      ["an update that leaves both alone"] = update({ CpuShares = 512 }),
      ["an update with 0 for memory, which leaves it alone"] = update({ Memory = 0 }),
      ["an update with null"] = update([[{"Memory":null,"PidsLimit":null}]]),
      ["an update with new limits"] = update({ Memory = GIB, PidsLimit = 5 }),
      ["a service with both"] = service({ MemoryBytes = GIB, Pids = 10 }),
    }, required)

    it("tells each limit that is missing", function()
      assert.equal("[container.limits] a memory limit is required (HostConfig.Memory). "
        .. "Fix: set --memory to a value above 0.\n"
        .. "[container.limits] a process limit is required (HostConfig.PidsLimit). "
        .. "Fix: set --pids-limit to a value above 0.", engine.decide(engine.create({}), required).msg)
    end)

    it("says what an update may not do", function()
      assert.equal("[container.limits] the memory limit may not be taken away (Memory). "
        .. "Fix: set --memory to a value above 0.", engine.decide(update({ Memory = -1 }), required).msg)
    end)
  end)

  describe("with limits capped", function()
    local capped = engine.alone(RULE, [[memory = { max = "4g" }, cpus = { require = true, max = 2 },
      pids = { max = 512 }, shm = { max = "64m" }, ulimits = { nofile = 1024 }]])

    engine.denies(RULE, {
      ["one byte of memory too much"] = engine.create({ NanoCpus = 1000000000, Memory = 4 * GIB + 1 }),
      ["too many processors"] = engine.create({ NanoCpus = 2000000001 }),
      ["too many processors by quota and period"] = engine.create({ CpuQuota = 200001, CpuPeriod = 100000 }),
      ["no limit on processors"] = engine.create({}),
      ["one process too many"] = engine.create({ NanoCpus = 1, PidsLimit = 513 }),
      ["too much shared memory"] = engine.create({ NanoCpus = 1, ShmSize = 64 * 1024 * 1024 + 1 }),
      ["a hard limit on files that is too high"] =
        engine.create({ NanoCpus = 1, Ulimits = { { Name = "nofile", Soft = 1, Hard = 1025 } } }),
      ["files without limit"] =
        engine.create({ NanoCpus = 1, Ulimits = { { Name = "nofile", Soft = -1, Hard = -1 } } }),
      ["an update beyond the cap"] = update({ Memory = 5 * GIB }),
      ["an update that lifts processors"] = update({ CpuQuota = -1 }),
      ["a service beyond the cap"] = service({ NanoCPUs = 1, MemoryBytes = 5 * GIB }),
    }, capped)

    engine.allows({
      ["the most of all"] = engine.create({
        Memory = 4 * GIB, NanoCpus = 2000000000, PidsLimit = 512, ShmSize = 64 * 1024 * 1024,
        Ulimits = { { Name = "nofile", Soft = 1024, Hard = 1024 } },
      }),
      ["processors by quota"] = engine.create({ CpuQuota = 200000, CpuPeriod = 100000 }),
      ["a limit on something else"] = engine.create({ NanoCpus = 1, Ulimits = { { Name = "nproc", Hard = 9999 } } }),
      ["an update up to the cap"] = update({ Memory = 4 * GIB }),
      ["a service up to the cap"] = service({ NanoCPUs = 2000000000, MemoryBytes = 4 * GIB }),
    }, capped)

    it("says how much is too much", function()
      assert.equal("[container.limits] a memory limit of 5g is too much (HostConfig.Memory). "
        .. "Fix: set --memory to a value of at most 4g.",
        engine.decide(engine.create({ NanoCpus = 1, Memory = 5 * GIB }), capped).msg)
    end)
  end)

  describe("with oom_killer = on", function()
    local on = engine.alone(RULE, [[oom_killer = "on"]])

    engine.denies(RULE, {
      ["switching it off"] = engine.create({ OomKillDisable = true }),
      ["sparing the container"] = engine.create({ OomScoreAdj = -1 }),
      ["switching it off in an update"] = update({ OomKillDisable = true }),
      ["sparing the container in an update"] = update({ OomScoreAdj = -500 }),
      ["sparing a service"] = engine.service({ OomScoreAdj = -1000 }),
    }, on)
    engine.allows({
      ["nothing said"] = engine.create({}),
      ["leaving it on"] = raw([[{"OomKillDisable":false,"OomScoreAdj":0}]]),
      ["null"] = raw([[{"OomKillDisable":null}]]),
      ["offering the container first"] = engine.create({ OomScoreAdj = 1 }),
      ["an update of something else"] = update({ Memory = GIB }),
      ["an update with null"] = update([[{"OomKillDisable":null}]]),
      ["a service"] = engine.service({ OomScoreAdj = 100 }),
    }, on)
  end)
end)
