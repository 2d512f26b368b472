--- Keeps what containers and services write in logs that somebody reads.
-- Source: Docker Engine API, HostConfig.LogConfig; TaskTemplate.LogDriver. Without a driver the engine's
-- own counts.

local list = require("lib.list")

local function may_use(driver, p)
  return not list.has(p.deny, driver) and (#p.allow == 0 or list.has(p.allow, driver))
end

local function judge_options(log, p, at, found)
  for name in pairs(log.options) do
    if #p.options > 0 and not glob.any(p.options, name) then
      found[#found + 1] = deny(("log option %s is not allowed"):format(name), {
        field = at,
        fix = "leave out --log-opt " .. name,
      })
    end
  end
end

return rule {
  id = "container.log-driver",
  api = 1,
  title = "Logs of containers must be kept",
  severity = "medium",
  refs = { "CIS-2.13", "T1562.001", "article-1.4" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- drivers that may not be used
    deny = list_of("string", { "none" }),
    -- without any, all that are not denied
    allow = list_of("string", {}),
    -- names of options ("max-*"); without any, all
    options = list_of("glob", {}),
  },

  check = function(req, p)
    local log, found = req.container.log, {}
    local at = req.service and "TaskTemplate.LogDriver" or "HostConfig.LogConfig"
    if log.driver and not may_use(log.driver, p) then
      found[1] = deny(("log driver %s is not allowed"):format(log.driver), {
        field = at .. (req.service and ".Name" or ".Type"),
        fix = #p.allow > 0 and "use one of " .. table.concat(p.allow, ", ") or "leave out --log-driver",
      })
    end
    judge_options(log, p, at, found)
    return found
  end,
}
