--- Requires a health check: without one the engine sees only that a process is there.
-- Source: Docker Engine API, Healthcheck of a container; ContainerSpec.Healthcheck. Its first word says
-- what it is; the engine runs none whose word it does not know (moby daemon/health.go, getProbe).

--- "none" and "inherit" are settled before.
local function is_run(test)
  return (test[1] == "CMD" or test[1] == "CMD-SHELL") and #test > 1
end

local function fault(health, p)
  if not health or health.kind == "inherit" then
    return not p.use_image and "a health check is required" or nil
  elseif health.kind == "none" then
    return "the health check may not be switched off"
  elseif not is_run(health.test) then
    return "the engine would not run this health check"
  end
end

return rule {
  id = "container.healthcheck",
  api = 1,
  title = "Containers must have a health check",
  severity = "low",
  refs = { "CIS-4.6", "CIS-5.27", "kyverno:require-probes", "gatekeeper:requiredprobes", "article-1.6" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- true: where the request says nothing, the image's own is trusted to be there
    use_image = bool(false),
  },

  check = function(req, p)
    local what = fault(req.container.health, p)
    if what then
      return deny(what, {
        field = req.service and "TaskTemplate.ContainerSpec.Healthcheck" or "Healthcheck",
        fix = "add --health-cmd with a command that fails when the service does",
      })
    end
  end,
}
