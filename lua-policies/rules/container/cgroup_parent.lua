--- Keeps containers, updates and builds under the engine's own control group.
-- Source: Docker Engine API, HostConfig.CgroupParent and Annotations; the parameter cgroupparent of a
-- build.
--
-- Where the engine leaves control groups to systemd, runc hands annotations of this kind on as
-- properties of the container's unit (runc docs/systemd.md): another slice, or no limit of memory.

local list = require("lib.list")

local PROPERTY = "org.systemd.property."

local function judge_annotations(annotations)
  local found = {}
  for name in pairs(annotations) do
    if text.starts(name, PROPERTY) then
      found[#found + 1] = deny(("annotation %s would change the container's control group"):format(name), {
        field = "HostConfig.Annotations",
        fix = "leave out --annotation " .. name,
      })
    end
  end
  return found
end

local function field_of(req)
  if req.container then
    return "HostConfig.CgroupParent"
  end
  return req.update and "CgroupParent" or "cgroupparent"
end

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
    local found = req.container and judge_annotations(req.container.annotations) or {}
    local parent = (req.container or req.update or req.build).cgroup_parent
    if not parent or list.has(p.allow, parent) then
      return found
    end
    found[#found + 1] = deny(("cgroup parent %s is not allowed"):format(parent), {
      field = field_of(req),
      fix = "leave out --cgroup-parent",
    })
    return found
  end,
}
