--- Denies settings that come with a start.
-- Source: Docker Engine API before 1.24, POST /containers/{id}/start: older engines take a HostConfig
-- there, after the container was checked when it was created.

return rule {
  id = "start.no-body",
  api = 1,
  title = "Starting a container must not change its settings",
  severity = "critical",
  refs = { "T1611", "article-4.9" },
  on = { "container.start" },

  check = function(req)
    -- A start has no fields, so whatever is there is not known.
    local field = req.unknown_fields[1]
    if field then
      return deny("a start request may not change settings", {
        field = field,
        fix = "create the container with these settings, and start it without a body",
      })
    end
  end,
}
