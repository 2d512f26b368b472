--- Keeps containers and services out of groups that open what belongs to root, or to the engine.
-- Source: Docker Engine API, HostConfig.GroupAdd; ContainerSpec.Groups. What a name stands for is in
-- the image; files of the host that are mounted know numbers only.

--- The entry of the list that a group is.
local function listed(gid, name, list)
  for _, entry in ipairs(list) do
    if name == entry or (gid and gid == tonumber(entry)) then
      return entry
    end
  end
  return nil
end

return rule {
  id = "container.groups",
  api = 1,
  title = "Containers must not join powerful groups",
  severity = "medium",
  refs = { "PSS-restricted/runAsNonRoot", "gatekeeper:fsgroup", "OWASP-R2", "T1611", "article-4.8" },
  on = { "container.create", "service.create", "service.update" },
  params = {
    -- names and numbers; the number of the engine's own group differs from host to host
    deny = list_of("string", { "0", "root", "docker" }),
    -- true: the group in --user USER:GROUP counts as well
    primary = bool(false),
  },

  check = function(req, p)
    local container, found = req.container, {}
    local at = req.service and "TaskTemplate.ContainerSpec." or ""
    for i, group in ipairs(container.groups) do
      if listed(group.gid, group.name, p.deny) then
        found[#found + 1] = deny(("group %s may not be added"):format(group.raw), {
          field = ("%s[%d]"):format(req.service and at .. "Groups" or "HostConfig.GroupAdd", i),
          fix = "leave out --group-add " .. group.raw,
        })
      end
    end
    local user = container.user
    local own = listed(user.gid, user.group, p.deny)
    if p.primary and own then
      found[#found + 1] = deny(("group %s may not be the container's own"):format(own), {
        field = at .. "User",
        fix = "name another group, such as --user 1000:1000",
      })
    end
    return found
  end,
}
