--- Bounds how often a container or a service that fails is started again.
-- Source: Docker Engine API, HostConfig.RestartPolicy; RestartPolicy of an update; TaskTemplate
-- .RestartPolicy. A service that says nothing is restarted for ever.

local list = require("lib.list")

local function tries(max, p)
  return max and max <= p.max_retries
end

local function judge_service(restart, p)
  if (restart and restart.condition == "none") or tries(restart and restart.max, p) then
    return
  end
  return deny(("the service may be restarted more than %d times"):format(p.max_retries), {
    field = "TaskTemplate.RestartPolicy.MaxAttempts",
    fix = ("add --restart-max-attempts %d, or --restart-condition none"):format(p.max_retries),
  })
end

local function judge_container(restart, field, p)
  local fix = ("use --restart on-failure:%d"):format(p.max_retries)
  if not restart then
    return
  elseif not list.has(p.allow, restart.name) then
    return deny(("restart policy %s is not allowed"):format(restart.name), { field = field .. ".Name", fix = fix })
  elseif restart.name == "on-failure" and not tries(restart.max, p) then
    return deny(("the container may be restarted more than %d times"):format(p.max_retries), {
      field = field .. ".MaximumRetryCount",
      fix = fix,
    })
  end
end

return rule {
  id = "container.restart-policy",
  api = 1,
  title = "Restarts must be bounded",
  severity = "low",
  refs = { "CIS-5.15", "T1053.007", "article-1.6" },
  on = { "container.create", "container.update", "service.create", "service.update" },
  params = {
    -- the engine's words: "no", "on-failure", "always", "unless-stopped"
    allow = list_of("string", { "no", "on-failure" }),
    -- how often may on-failure try again?
    max_retries = int(5),
    -- must services have such a bound too?
    services = one_of { "bounded", "any" },
  },

  check = function(req, p)
    if req.service then
      return p.services == "bounded" and judge_service(req.service.restart, p) or nil
    elseif req.update then
      return judge_container(req.update.restart, "RestartPolicy", p)
    end
    return judge_container(req.container.restart, "HostConfig.RestartPolicy", p)
  end,
}
