--- Bounds how many tasks a service may have.
-- Source: Docker Engine API, Mode of a service: Replicated, Global, ReplicatedJob, GlobalJob.

local GLOBAL = { ["global"] = true, ["global-job"] = true }

return rule {
  id = "service.replicas",
  api = 1,
  title = "Services must not have more tasks than is set",
  severity = "low",
  refs = { "gatekeeper:replicalimits", "kyverno:restrict-scale", "T1496" },
  on = { "service.create", "service.update" },
  params = {
    -- services with a task on every node
    global = one_of { "deny", "allow" },
    -- the most tasks of one service
    max = int(10),
  },

  check = function(req, p)
    local service = req.service
    if GLOBAL[service.mode] then
      if p.global == "deny" then
        return deny("a service with a task on every node is not allowed", {
          field = "Mode",
          fix = ("use --mode replicated, with at most %d replicas"):format(p.max),
        })
      end
      return
    end
    if service.replicas < 0 or service.replicas > p.max then
      return deny(("%d tasks are more than the %d that are allowed"):format(service.replicas, p.max), {
        field = "Mode",
        fix = ("use at most --replicas %d"):format(p.max),
      })
    end
  end,
}
