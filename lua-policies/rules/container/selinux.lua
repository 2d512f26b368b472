--- Keeps the SELinux label of containers, services and builds confined.
-- Source: Docker Engine API, HostConfig.SecurityOpt "label="; ContainerSpec.Privileges.SELinuxContext;
-- parameter securityopt of POST /build; the types of Kubernetes Pod Security Standards.

local list = require("lib.list")

local FIELDS = {
  ["service.create"] = "TaskTemplate.ContainerSpec.Privileges.SELinuxContext",
  ["service.update"] = "TaskTemplate.ContainerSpec.Privileges.SELinuxContext",
  ["build.run"] = "securityopt",
}

--- What is set that may not be, each with what to do instead.
local function faults(selinux, p)
  local found = {}
  if selinux.disable then
    found[1] = { "SELinux may not be switched off", "leave out --security-opt label=disable" }
  end
  if selinux.nested then
    found[#found + 1] = { "nested SELinux may not be switched on", "leave out --security-opt label=nested" }
  end
  for _, part in ipairs({ "user", "role", "filetype" }) do
    if selinux[part] then
      found[#found + 1] = {
        ("SELinux %s may not be set"):format(part),
        ("leave out --security-opt label=%s:%s"):format(part, selinux[part]),
      }
    end
  end
  if selinux.type and selinux.type ~= "" and not list.has(p.types, selinux.type) then
    found[#found + 1] = {
      ("SELinux type %s may not be set"):format(selinux.type),
      "leave it out, or use one of " .. table.concat(p.types, ", "),
    }
  end
  return found
end

return rule {
  id = "container.selinux",
  api = 1,
  title = "SELinux must confine containers",
  severity = "high",
  refs = { "CIS-5.3", "PSS-baseline/seLinuxOptions", "OWASP-R6", "T1611", "article-2.15", "article-4.3" },
  on = { "container.create", "service.create", "service.update", "build.run" },
  params = {
    -- types that may be set
    types = list_of("string", { "container_t", "container_init_t", "container_kvm_t", "container_engine_t" }),
  },

  check = function(req, p)
    local found = {}
    local field = FIELDS[req.action] or "HostConfig.SecurityOpt"
    for i, fault in ipairs(faults((req.container or req.build).security.selinux, p)) do
      found[i] = deny(fault[1], { field = field, fix = fault[2] })
    end
    return found
  end,
}
