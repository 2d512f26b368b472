--- Keeps containers, updates and builds under the engine's own control group.
-- Source: Docker Engine API, HostConfig.CgroupParent; the parameter cgroupparent of a build.

return rule {
  id = "container.cgroup-parent",
  api = 1,
  title = "Containers must stay in the engine's control group",
  severity = "medium",
  refs = { "CIS-2.10", "CIS-5.25", "T1499", "article-2.13", "article-4.2" },
  on = { "container.create", "container.update", "build.run" },
  params = {
    -- whole names, such as "batch.slice"
    allow = list_of("string", {}),
  },

  check = function(req, p)
    local parent = (req.container or req.update or req.build).cgroup_parent
    if not parent then
      return
    end
    for _, name in ipairs(p.allow) do
      if parent == name then
        return
      end
    end
    return deny(("cgroup parent %s is not allowed"):format(parent), {
      field = req.container and "HostConfig.CgroupParent" or req.update and "CgroupParent" or "cgroupparent",
      fix = "leave out --cgroup-parent",
    })
  end,
}
