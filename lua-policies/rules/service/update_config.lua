--- Requires updates of services to stop when they go wrong, and not to reach all tasks at once.
-- Source: Docker Engine API, UpdateConfig of a service. Without one the engine updates a task at a
-- time and pauses on failure; a parallelism of 0 is all at once.

return rule {
  id = "service.update-config",
  api = 1,
  title = "Updates of services must be able to stop",
  severity = "low",
  refs = { "NIST-4.3.5" },
  on = { "service.create", "service.update" },
  params = {
    -- what may happen when an update fails
    failure_actions = list_of("string", { "pause", "rollback" }),
    -- the most tasks that are updated at once; 0 would be all
    max_parallelism = int(2),
  },

  check = function(req, p)
    local update = req.service.update_config
    local action = update and update.failure_action or "pause"
    local parallelism = update and update.parallelism or 1
    local found = {}
    if not glob.any(p.failure_actions, action) then
      found[1] = deny(("a failed update may not lead to '%s'"):format(action), {
        field = "UpdateConfig.FailureAction",
        fix = "use --update-failure-action " .. table.concat(p.failure_actions, " or "),
      })
    end
    if parallelism == 0 or parallelism > p.max_parallelism then
      found[#found + 1] = deny("an update reaches too many tasks at once", {
        field = "UpdateConfig.Parallelism",
        fix = ("use --update-parallelism 1 to %d"):format(p.max_parallelism),
      })
    end
    return found
  end,
}
