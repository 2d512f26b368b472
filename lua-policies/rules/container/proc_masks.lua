--- Keeps the protection of /proc, /sys and the control groups as the engine sets it.
-- Source: Docker Engine API, HostConfig.MaskedPaths and ReadonlyPaths; SecurityOpt
-- "writable-cgroups". The docker command turns --security-opt systempaths=unconfined into two empty
-- lists.

local list = require("lib.list")

-- What every engine protects by itself (moby oci/defaults.go, version 20.10); newer ones protect more.
local MASKED = {
  "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
  "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/firmware",
}
local READONLY = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" }

local function holds_all(paths, wanted)
  for _, path in ipairs(wanted) do
    if not list.has(paths, path) then
      return false
    end
  end
  return true
end

--- Do the paths take protection away, as far as can be told?
local function weakens(paths, wanted, p)
  return paths ~= nil and not (p.lists == "as_engine" and holds_all(paths, wanted))
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
