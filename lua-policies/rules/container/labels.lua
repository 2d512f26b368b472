--- Requires labels on containers and services, such as who looks after them.
-- Source: Docker Engine API, Labels of a container; Labels of a service. A plugin cannot add one.

return rule {
  id = "container.labels",
  api = 1,
  title = "Containers and services must carry their labels",
  severity = "low",
  refs = { "NIST-4.4.5", "kyverno:require-labels", "gatekeeper:requiredlabels", "article-2.9" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- what each label must look like: { team = "*", stage = "dev-*" }; never empty
    require = map_of("glob", {}),
  },

  check = function(req, p)
    local labels, found = (req.service or req.container).labels, {}
    for name, pattern in pairs(p.require) do
      local value = labels[name]
      if not value or value == "" then
        found[#found + 1] = deny(("label %s is required"):format(name), {
          field = "Labels",
          fix = ("add --label %s=%s"):format(name, pattern == "*" and "VALUE" or pattern),
        })
      elseif not glob.match(pattern, value) then
        found[#found + 1] = deny(("label %s is '%s'"):format(name, value), {
          field = "Labels",
          fix = ("give it a value like %s"):format(pattern),
        })
      end
    end
    return found
  end,
}
