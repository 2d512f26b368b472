--- Denies going back to a service's last settings, which the request does not show.
-- Source: Docker Engine API, the parameter rollback of POST /services/{id}/update.

return rule {
  id = "service.rollback",
  api = 1,
  title = "A service must not go back to settings that are not seen",
  severity = "medium",
  refs = { "T1543.005" },
  on = { "service.update" },

  check = function(req)
    local rollback = req.service.rollback
    if rollback and rollback ~= "none" then
      return deny("the settings that a rollback brings back cannot be checked", {
        field = "rollback",
        fix = "send the earlier settings as an update of their own",
      })
    end
  end,
}
