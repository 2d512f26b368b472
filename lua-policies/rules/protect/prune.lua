--- Denies deleting all that is unused at once: it is often more than was meant.
-- Source: Docker Engine API, the prune calls and their parameter filters.

return rule {
  id = "protect.prune",
  api = 1,
  title = "A prune must say what it is for",
  severity = "low",
  refs = { "T1485" },
  on = { "container.prune", "image.prune", "network.prune", "volume.prune", "build.prune" },
  params = {
    -- one of these must be there; none: no prune passes
    filters = list_of("string", { "label" }),
    -- values that the filter must have one of, "team=web": any will do when there are none
    values = list_of("glob", {}),
  },

  check = function(req, p)
    for _, name in ipairs(p.filters) do
      for _, value in ipairs(req.filters and req.filters[name] or {}) do
        if #p.values == 0 or glob.any(p.values, value) then
          return
        end
      end
    end
    local fix = "delete each by name"
    if #p.filters > 0 then
      fix = ("add --filter %s=%s"):format(p.filters[1], p.values[1] or "NAME")
    end
    return deny(("this prune deletes whatever is unused, of kind %s"):format(req.category), {
      field = "filters",
      fix = fix,
    })
  end,
}
