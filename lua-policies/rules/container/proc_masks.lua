--- Keeps the protection of /proc, /sys and the control groups as the engine sets it.
-- Source: Docker Engine API, HostConfig.MaskedPaths and ReadonlyPaths; SecurityOpt
-- "writable-cgroups". The docker command turns --security-opt systempaths=unconfined into two empty
-- lists.

-- What every engine protects by itself (moby oci/defaults.go, version 20.10); newer ones protect more.
local MASKED = {
  "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
  "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware",
}
local READONLY = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" }

local function has(list, path)
  for _, item in ipairs(list) do
    if item == path then
      return true
    end
  end
  return false
end

local function holds_all(list, wanted)
  for _, path in ipairs(wanted) do
    if not has(list, path) then
      return false
    end
  end
  return true
end

--- Does the list take protection away, as far as can be told?
local function weakens(list, wanted, p)
  return list ~= nil and not (p.lists == "as_engine" and holds_all(list, wanted))
end

local function denial(what, field, fix)
  return deny(what, { field = field, fix = fix })
end

return rule {
  id = "container.proc-masks",
  api = 1,
  title = "Protected paths of /proc and /sys must stay protected",
  severity = "high",
  refs = { "PSS-baseline/procMount", "T1611", "article-1.1" },
  on = { "container.create", "build.run" },
  params = {
    -- "as_engine": lists pass that hold what every engine protects by itself. Programs that create a
    -- container from what inspect says of another one send them.
    lists = one_of { "deny", "as_engine" },
  },

  check = function(req, p)
    local security, found = (req.container or req.build).security, {}
    if weakens(security.masked_paths, MASKED, p) then
      found[1] = denial("the hidden paths of /proc may not be changed", "HostConfig.MaskedPaths",
        "leave out --security-opt systempaths=unconfined")
    end
    if weakens(security.readonly_paths, READONLY, p) then
      found[#found + 1] = denial("the read-only paths of /proc may not be changed", "HostConfig.ReadonlyPaths",
        "leave out --security-opt systempaths=unconfined")
    end
    if security.writable_cgroups then
      found[#found + 1] = denial("control groups may not be made writable",
        req.build and "securityopt" or "HostConfig.SecurityOpt", "leave out --security-opt writable-cgroups")
    end
    return found
  end,
}
