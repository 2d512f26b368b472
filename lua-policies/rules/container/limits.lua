--- Requires limits on what a container, a service or an update may use, and caps them.
-- Source: Docker Engine API, HostConfig.Memory, NanoCpus, CpuQuota, PidsLimit, ShmSize, Ulimits,
-- OomKillDisable, OomScoreAdj; TaskTemplate.Resources.Limits; ContainerUpdate.
--
-- 0, -1 and null are no limit, as for the engine. An update leaves alone what it does not name; it may
-- not take away what is required.

local function bytes(n)
  for _, unit in ipairs({ { "g", 1 << 30 }, { "m", 1 << 20 }, { "k", 1 << 10 } }) do
    if n > 0 and n % unit[2] == 0 then
      return (n // unit[2]) .. unit[1]
    end
  end
  return tostring(n)
end

--- Each limit: its key in the view, words, how to write it down, where it stands in the three kinds of
-- requests, and the options of the docker command for them.
local LIMITS = {
  { key = "memory", words = "memory", write = bytes,
    create = { "HostConfig.Memory", "--memory" }, update = { "Memory", "--memory" },
    service = { "TaskTemplate.Resources.Limits.MemoryBytes", "--limit-memory" } },
  { key = "cpus", words = "processor", write = tostring,
    create = { "HostConfig.NanoCpus", "--cpus" }, update = { "NanoCpus", "--cpus" },
    service = { "TaskTemplate.Resources.Limits.NanoCPUs", "--limit-cpu" } },
  { key = "pids", words = "process", write = tostring,
    create = { "HostConfig.PidsLimit", "--pids-limit" }, update = { "PidsLimit", "--pids-limit" },
    service = { "TaskTemplate.Resources.Limits.Pids", "--limit-pids" } },
}

--- What is wrong with one limit, if anything.
local function fault(kind, limit, value, bound, lifts)
  if bound.require and kind == "update" and lifts[limit.key] then
    return ("the %s limit may not be taken away"):format(limit.words)
  elseif bound.require and kind ~= "update" and not value then
    return ("a %s limit is required"):format(limit.words)
  elseif bound.max and value and value > bound.max then
    return ("a %s limit of %s is too much"):format(limit.words, limit.write(value))
  end
end

local function judge_limits(kind, limits, lifts, p, found)
  for _, limit in ipairs(LIMITS) do
    local bound = p[limit.key]
    local what = fault(kind, limit, limits[limit.key], bound, lifts)
    if what then
      local field, option = limit[kind][1], limit[kind][2]
      local most = bound.max and "of at most " .. limit.write(bound.max) or "above 0"
      found[#found + 1] = deny(what, { field = field, fix = ("set %s to a value %s"):format(option, most) })
    end
  end
end

--- Where the settings of the kernel's out-of-memory killer stand.
local OOM_AT = { create = "HostConfig.", update = "", service = "TaskTemplate.ContainerSpec." }

--- An update has no OomScoreAdj that engines know of; who sends one means to be spared.
local function is_spared(limits, unknown_fields)
  for _, field in ipairs(unknown_fields) do
    if field:lower() == "oomscoreadj" then
      return true
    end
  end
  return limits.oom_score_adj < 0
end

local function judge_oom(kind, limits, unknown_fields, found)
  if limits.oom_kill_off then
    found[#found + 1] = deny("the out-of-memory killer may not be switched off", {
      field = OOM_AT[kind] .. "OomKillDisable",
      fix = "leave out --oom-kill-disable",
    })
  end
  if is_spared(limits, unknown_fields) then
    found[#found + 1] = deny("a container may not be spared by the out-of-memory killer", {
      field = OOM_AT[kind] .. "OomScoreAdj",
      fix = "leave out --oom-score-adj, or use a value from 0 up",
    })
  end
end

local function judge_sizes(limits, p, found)
  if p.shm.max and limits.shm and limits.shm > p.shm.max then
    found[#found + 1] = deny(("%s of shared memory is too much"):format(bytes(limits.shm)), {
      field = "HostConfig.ShmSize",
      fix = "set --shm-size to at most " .. bytes(p.shm.max),
    })
  end
  for name, most in pairs(p.ulimits) do
    local limit = limits.ulimits[name]
    if limit and (limit.hard < 0 or limit.hard > most or limit.soft < 0 or limit.soft > most) then
      found[#found + 1] = deny(("ulimit %s is above %d"):format(name, most), {
        field = "Ulimits",
        fix = ("set --ulimit %s to at most %d"):format(name, most),
      })
    end
  end
end

return rule {
  id = "container.limits",
  api = 1,
  title = "Containers must have limits",
  severity = "medium",
  refs = {
    "CIS-5.11", "CIS-5.12", "CIS-5.19", "CIS-5.29", "OWASP-R7", "gatekeeper:containerlimits", "T1496", "T1499",
    "article-1.6", "article-2.13", "article-4.2",
  },
  on = { "container.create", "container.update", "service.create", "service.update" },
  params = {
    -- must a limit be set, and how high may it be: "512m"?
    memory = { require = bool(false), max = size() },
    -- the same for processors: 1.5
    cpus = { require = bool(false), max = number() },
    -- the same for processes
    pids = { require = bool(false), max = int() },
    -- how large may /dev/shm be?
    shm = { max = size() },
    -- { nofile = 65536 }: the most that may be asked for
    ulimits = map_of("int", {}),
    -- "on": OomKillDisable and a negative OomScoreAdj are refused
    oom_killer = one_of { "any", "on" },
  },

  check = function(req, p)
    local found = {}
    local kind = req.update and "update" or req.service and "service" or "create"
    local limits = (req.update or req.container).limits
    judge_limits(kind, limits, req.update and req.update.lifts, p, found)
    if p.oom_killer == "on" then
      judge_oom(kind, limits, req.unknown_fields, found)
    end
    judge_sizes(limits, p, found)
    return found
  end,
}
