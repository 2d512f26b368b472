--- Decides on which nodes services may run.
-- Source: Docker Engine API, TaskTemplate.Placement.Constraints, such as "node.labels.zone==dmz".

--- The engine takes blanks around the operator.
local function plain(constraint)
  return (constraint:gsub("%s", ""))
end

local function any_matches(constraints, pattern)
  for _, constraint in ipairs(constraints) do
    if glob.match(pattern, plain(constraint)) then
      return true
    end
  end
  return false
end

return rule {
  id = "service.placement",
  api = 1,
  title = "Services must run on the nodes that are meant for them",
  severity = "medium",
  refs = { "NIST-4.3.4" },
  on = { "service.create", "service.update" },
  params = {
    -- written without blanks: "node.labels.zone==dmz"; each must match a constraint of the service
    require = list_of("glob", { "node.role==worker" }),
    -- none may match: "node.role==manager"
    deny = list_of("glob", {}),
  },

  check = function(req, p)
    local constraints, found = req.service.constraints, {}
    for _, pattern in ipairs(p.require) do
      if not any_matches(constraints, pattern) then
        found[#found + 1] = deny(("the service is not bound to nodes with %s"):format(pattern), {
          field = "TaskTemplate.Placement.Constraints",
          fix = ("add --constraint %s"):format(pattern),
        })
      end
    end
    for i, constraint in ipairs(constraints) do
      if glob.any(p.deny, plain(constraint)) then
        found[#found + 1] = deny(("the service may not be bound by %s"):format(constraint), {
          field = ("TaskTemplate.Placement.Constraints[%d]"):format(i),
          fix = "leave the constraint out",
        })
      end
    end
    return found
  end,
}
